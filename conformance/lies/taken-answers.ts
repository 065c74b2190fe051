/** Answers that look odd and are allowed: a client takes them, and goes on as if what is new to it were not there. */
import { utf8 } from '../../reference/index.ts';
import { LOGIN_A, LOGIN_M1, LOGIN_S, WHOAMI } from '../peer/calls.ts';
import {
  keyText,
  sealedKey,
  storedPrivate,
  text,
  type Alter,
  type AlteredAnswer,
  type Answer,
} from './answers.ts';

/** Parameters that are fixed, and that a server or a library may propose all the same. */
const PARAMETERS = {
  ...{ iterations: 1000, kdf: 'PBKDF2-HMAC-SHA-1', hash: 'SHA-1', keyLength: 16 },
  ...{ group: 1024, N: '17', g: '05', k: '03' },
};

const adding =
  (members: Answer): Alter =>
  (own) => ({ ...own, ...members });

const reversed = (value: object): object => Object.fromEntries(Object.entries(value).reverse());

const otherProfile = ({ profile }: { readonly profile: { readonly name: string } }): string =>
  profile.name === 'documented' ? 'deployed' : 'documented';

const namingTheOther: Alter = (own, { owner }) => ({ ...own, profile: otherProfile(owner.steps) });

/** Those that a client must take. */
export const takenAnswers: readonly AlteredAnswer[] = [
  {
    id: 'parameters-with-salts',
    title: 'Fewer iterations, another hash or another group, proposed with the salts, change nothing.',
    requirements: ['PWD-07', 'HTTP-10'],
    call: LOGIN_S,
    alter: adding(PARAMETERS),
  },
  {
    id: 'parameters-with-B',
    title: 'Fewer iterations, another hash or another group, proposed with B, change nothing.',
    requirements: ['PWD-07', 'HTTP-10'],
    call: LOGIN_A,
    alter: adding(PARAMETERS),
  },
  {
    id: 'parameters-with-account',
    title: 'Fewer iterations or another hash, proposed with the account, change nothing.',
    requirements: ['PWD-07', 'HTTP-10'],
    call: WHOAMI,
    alter: adding(PARAMETERS),
  },
  {
    id: 'session-id-with-M2',
    title: 'A session id that the server proposes is not used: it is K.',
    requirements: ['SRP-34', 'HTTP-10'],
    call: LOGIN_M1,
    alter: adding({ sessionId: '00'.repeat(32), K: '00'.repeat(32) }),
  },
  {
    id: 'profile-named',
    title: 'A profile that the server names does not change that of the client.',
    requirements: ['PROFILE-01', 'HTTP-10'],
    call: WHOAMI,
    alter: namingTheOther,
    earlier: { call: LOGIN_S, alter: namingTheOther },
  },
  {
    id: 'jwk-reordered',
    title: 'A client takes keys whose members are in another order.',
    requirements: ['JWK-03'],
    call: WHOAMI,
    alter: (own, { owner }) => ({
      ...own,
      publicKey: JSON.stringify(reversed(JSON.parse(text(own, 'publicKey')) as object)),
      ...storedPrivate(owner, reversed(owner.PRV_Account)),
    }),
  },
  {
    id: 'ad-taken',
    title: 'A client takes a wrapped key with additional data that its tag fits.',
    requirements: ['AES-06'],
    profile: 'deployed',
    call: WHOAMI,
    alter: sealedKey(keyText, { ad: utf8('additional') }),
  },
];
