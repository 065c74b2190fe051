/** What a dishonest server answers to `whoami`: messages that open, and hold what they must not (6.3). */
import { keyText, sealedKey, sealedPrivate, type Alter, type Unlock } from './answers.ts';

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** The JWK of the right key with other members, as `deployed` writes it. */
const keyJwk = (change: (SYM_Account: Uint8Array) => object): Alter =>
  sealedKey((owner) => {
    const { decodeText, encodeText } = owner.steps.profile;
    const jwk = JSON.parse(decodeText(keyText(owner))) as object;
    return encodeText(JSON.stringify({ ...jwk, ...change(owner.SYM_Account) }));
  });

const bytesAndOne = (bytes: Uint8Array): Uint8Array => Uint8Array.from([...bytes, 0]);

export const plaintextAnswers: readonly Unlock[] = [
  {
    id: 'key-of-31-bytes',
    title: 'A client refuses a wrapped key of 31 bytes.',
    requirements: ['WRAP-05', 'LOGIN-12'],
    profile: 'documented',
    stages: ['decrypt'],
    alter: sealedKey(({ SYM_Account }) => SYM_Account.slice(0, 31)),
  },
  {
    id: 'key-of-33-bytes',
    title: 'A client refuses a wrapped key of 33 bytes.',
    requirements: ['WRAP-05', 'LOGIN-12'],
    profile: 'documented',
    stages: ['decrypt'],
    alter: sealedKey(({ SYM_Account }) => bytesAndOne(SYM_Account)),
  },
  {
    id: 'key-of-other-form',
    title: 'A client refuses a wrapped key in the form of the other profile.',
    requirements: ['WRAP-05', 'LOGIN-12', 'PROFILE-01'],
    stages: ['decrypt'],
    alter: sealedKey(({ otherSteps, SYM_Account }) => otherSteps.profile.encodeKey(SYM_Account)),
  },
  {
    id: 'key-jwk-k-long',
    title: 'A client refuses a wrapped JWK whose k has 33 bytes.',
    requirements: ['WRAP-05', 'LOGIN-12'],
    profile: 'deployed',
    stages: ['decrypt'],
    alter: keyJwk((SYM_Account) => ({ k: base64url(bytesAndOne(SYM_Account)) })),
  },
  {
    id: 'key-jwk-kty',
    title: 'A client refuses a wrapped JWK whose kty is not oct.',
    requirements: ['WRAP-05', 'LOGIN-12'],
    profile: 'deployed',
    stages: ['decrypt'],
    alter: keyJwk(() => ({ kty: 'RSA' })),
  },
  {
    id: 'key-jwk-alg',
    title: 'A client refuses a wrapped JWK whose alg is not A256GCM.',
    requirements: ['WRAP-05', 'LOGIN-12'],
    profile: 'deployed',
    stages: ['decrypt'],
    alter: keyJwk(() => ({ alg: 'A256CBC' })),
  },
  {
    id: 'key-jwk-key_ops',
    title: 'A client refuses a wrapped JWK that is for encrypting alone.',
    requirements: ['WRAP-05', 'LOGIN-12'],
    profile: 'deployed',
    stages: ['decrypt'],
    alter: keyJwk(() => ({ key_ops: ['encrypt'] })),
  },
  {
    id: 'private-key-object-Object',
    title: 'A client refuses a private key that is the text of an object.',
    requirements: ['WRAP-06', 'LOGIN-12'],
    stages: ['decrypt'],
    alter: sealedPrivate(({ steps }) => steps.profile.encodeText('[object Object]')),
  },
  {
    id: 'private-key-percent-encoded',
    title: 'A client refuses a private key in percent-encoded JSON.',
    requirements: ['WRAP-06', 'LOGIN-12'],
    profile: 'documented',
    stages: ['decrypt'],
    alter: sealedPrivate(({ otherSteps, PRV_Account }) =>
      otherSteps.profile.encodeText(JSON.stringify(PRV_Account)),
    ),
  },
  {
    id: 'private-key-not-UTF-8',
    title: 'A client refuses a private key in JSON that is not UTF-8.',
    requirements: ['WRAP-06', 'LOGIN-12'],
    stages: ['decrypt'],
    alter: sealedPrivate(({ steps, PRV_Account }) => {
      const json = steps.profile.encodeText(JSON.stringify({ note: 'x', ...PRV_Account }));
      // The x of the note becomes the byte ff.
      return json.map((byte, i) => (i === json.indexOf(0x78) ? 0xff : byte));
    }),
  },
];
