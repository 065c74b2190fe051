/** Answers to `share-a` that would have a client give a group's key away, or to a key that is none (8.2, 6.6). */
import type { Stage } from '../../reference/index.ts';
import type { Jwk } from '../../vectors/generate/rsa.ts';
import type { Answer } from '../peer/lies.ts';
import { PRIVATE_MEMBERS, trailingBits } from './jwk-answers.ts';

/** Whom a share is about. */
export interface ShareParties {
  /** Account id and address of somebody who was asked for. */
  readonly bob: { readonly id: string; readonly email: string };
  /** The public key of an account that nobody asked for, as JSON text. */
  readonly strangersKey: string;
}

export interface ShareLie {
  /** Unique; the last part of the check's id. */
  readonly id: string;
  /** What a client must do about it, as a sentence. */
  readonly title: string;
  /** The requirements that a client breaks by doing otherwise. */
  readonly requirements: readonly string[];
  /** The stages at which it may be refused; none where it is to be taken. */
  readonly stages: readonly Stage[];
  readonly alter: (own: Answer, parties: ShareParties) => Answer;
}

/** An account that does not exist. */
export const STRANGER = `act_${'e'.repeat(64)}`;

const keysOf = (own: Answer): Readonly<Record<string, string>> => own['keys'] as Record<string, string>;

/** Somebody whom nobody asked for, in one list of accounts. */
const withStranger = (own: Answer, { strangersKey }: ShareParties): Answer => ({
  ...own,
  keys: { ...keysOf(own), [STRANGER]: strangersKey },
});

/** The key of one account of several is another one. */
const badKey = (id: string, what: string, requirement: string, change: (jwk: Jwk) => string): ShareLie => ({
  id,
  title: `A client gives up a whole share when a public key ${what}.`,
  requirements: [requirement, 'SHARE-05'],
  stages: ['schema', 'encoding'],
  alter: (own, { bob }) => {
    const jwk = JSON.parse(keysOf(own)[bob.id] ?? '{}') as Jwk;
    return { ...own, keys: { ...keysOf(own), [bob.id]: change(jwk) } };
  },
});

const member = (name: string, value: unknown) => (jwk: Jwk) => JSON.stringify({ ...jwk, [name]: value });

/** The bytes of a modulus changed; 256 of them, the most significant first. */
const modulus = (change: (n: Buffer) => Buffer) => (jwk: Jwk) =>
  JSON.stringify({ ...jwk, n: change(Buffer.from(String(jwk['n']), 'base64url')).toString('base64url') });

/** The text of a modulus changed, and not the number that a lenient reader finds there. */
const written = (change: (n: string) => string) => (jwk: Jwk) =>
  JSON.stringify({ ...jwk, n: change(String(jwk['n'])) });

/** In base64; of a text that is the same in both alphabets, another number. */
function inOtherAlphabet(n: string): string {
  const text = n.replaceAll('-', '+').replaceAll('_', '/');
  return text === n ? n.replace(/^./, '/') : text;
}

/** For a share with a team, which needs no addresses. */
export const teamLies: readonly ShareLie[] = [
  {
    id: 'stranger',
    title: 'A client gives no key to an account that is not in the team it shares with.',
    requirements: ['TEAM-04', 'SHARE-04'],
    stages: ['state'],
    alter: withStranger,
  },
  badKey('key-alg', 'is for another algorithm', 'JWK-04', member('alg', 'RSA-OAEP')),
  badKey('key-kty', 'is of another type', 'JWK-04', member('kty', 'oct')),
  badKey('key-ops', 'is for another operation', 'JWK-04', member('key_ops', ['verify'])),
  badKey(
    'key-short',
    'has 2047 bits',
    'JWK-05',
    modulus((n) => Buffer.of(((n[0] ?? 0) & 0x7f) | 0x40, ...n.subarray(1))),
  ),
  badKey(
    'key-of-1024-bits',
    'has 1024 bits',
    'JWK-05',
    modulus((n) => n.subarray(128)),
  ),
  badKey('key-exponent', 'has the exponent 3', 'JWK-06', member('e', 'Aw')),
  badKey(
    'key-leading-zero',
    'has a leading zero byte',
    'JWK-07',
    modulus((n) => Buffer.of(0, ...n)),
  ),
  badKey(
    'key-even',
    'has an even modulus',
    'JWK-05',
    modulus((n) => Buffer.of(...n.subarray(0, -1), (n.at(-1) ?? 0) ^ 1)),
  ),
  badKey('key-exponent-leading-zero', 'has an e with a leading zero byte', 'JWK-07', member('e', 'AAEAAQ')),
  badKey(
    'key-base64-padding',
    'has padding in its base64url',
    'ENC-03',
    written((n) => `${n}==`),
  ),
  badKey(
    'key-base64-alphabet',
    'is in base64, with + and / in place of - and _',
    'ENC-03',
    written(inOtherAlphabet),
  ),
  badKey(
    'key-base64-trailing-bits',
    'has bits in its base64url that stand for nothing',
    'ENC-03',
    written(trailingBits),
  ),
  ...PRIVATE_MEMBERS.map((name) =>
    badKey(
      `key-private${name === 'd' ? '' : `-${name}`}`,
      `holds a member ${name}`,
      'JWK-08',
      member(name, name === 'oth' ? [] : 'AQAB'),
    ),
  ),
  badKey('key-no-json', 'is no JSON', 'HTTP-09', () => '{'),
  {
    id: 'key-reordered',
    title: 'A client takes a public key whose members come in another order.',
    requirements: ['JWK-03'],
    stages: [],
    alter: (own) => {
      const reordered = Object.entries(keysOf(own)).map(([id, jwk]) => [
        id,
        JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(jwk) as Jwk).reverse())),
      ]);
      return { ...own, keys: Object.fromEntries(reordered) as Answer };
    },
  },
];

/** For a share with one person, whom the answer names by address too. */
export const personLies: readonly ShareLie[] = [
  {
    id: 'person-stranger',
    title: 'A client gives no key to an account whose address nobody asked for.',
    requirements: ['SHARE-04'],
    stages: ['state'],
    alter: (own, parties) => ({
      ...withStranger(own, parties),
      accounts: { ...(own['accounts'] as object), [STRANGER]: 'eve@example.com' },
    }),
  },
  {
    id: 'person-unnamed',
    title: 'A client gives no key to an account that comes without the address asked for.',
    requirements: ['SHARE-04'],
    stages: ['state'],
    alter: withStranger,
  },
  {
    id: 'person-twice',
    title: 'A client does not take two accounts for one address.',
    requirements: ['SHARE-04'],
    stages: ['state'],
    alter: (own, parties) => ({
      ...withStranger(own, parties),
      accounts: { ...(own['accounts'] as object), [STRANGER]: parties.bob.email },
    }),
  },
  {
    id: 'key-changed',
    title: 'A client refuses a public key that is another than the account had before.',
    requirements: ['SHARE-10'],
    stages: ['state'],
    alter: (own, { bob, strangersKey }) => ({ ...own, keys: { [bob.id]: strangersKey } }),
  },
];
