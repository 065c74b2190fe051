/** Clients that take keys whose JWK is not as it must be (6.6). */
import { answerChanged, withOverrides, type ClientFault } from './client-parts.ts';
import { PRIVATE_MEMBERS } from '../lies/jwk-answers.ts';
import { anyKeys, bringingKeys, rewritten } from './lenient-parts.ts';

/** Zero bytes in front are dropped. */
const withoutZeros = (bytes: Buffer): Buffer => {
  const first = bytes.findIndex((byte) => byte !== 0);
  return bytes.subarray(Math.max(first, 0));
};

export const jwkFaults: readonly ClientFault[] = [
  {
    id: 'jwk-names-unchecked',
    title: 'does not look at kty, alg and key_ops of a key',
    requirement: 'JWK-04',
    create: bringingKeys((jwk, operation) => ({
      ...jwk,
      ...{ kty: 'RSA', alg: 'RSA-OAEP-256', key_ops: [operation] },
    })),
  },
  {
    id: 'jwk-modulus-unchecked',
    title: 'does not look at the modulus of a key',
    requirement: 'JWK-05',
    create: anyKeys,
  },
  {
    id: 'jwk-exponent-unchecked',
    title: 'does not look at the exponent of a key',
    requirement: 'JWK-06',
    create: anyKeys,
  },
  {
    id: 'jwk-leading-zero-taken',
    title: 'takes numbers with zero bytes in front',
    requirement: 'JWK-07',
    create: bringingKeys(rewritten(withoutZeros)),
  },
  {
    id: 'jwk-private-members-taken',
    title: 'takes a public key with members of a private one',
    requirement: 'JWK-08',
    create: bringingKeys((jwk, operation) =>
      operation === 'decrypt'
        ? jwk
        : Object.fromEntries(Object.entries(jwk).filter(([name]) => !PRIVATE_MEMBERS.includes(name))),
    ),
  },
  {
    id: 'jwk-numbers-unchecked',
    title: 'does not look whether the numbers of a private key belong together',
    requirement: 'JWK-09',
    create: anyKeys,
  },
  {
    id: 'jwk-any-base64',
    title: 'takes base64 of every kind in a key',
    requirement: 'ENC-03',
    create: bringingKeys(rewritten((bytes) => bytes)),
  },
  {
    id: 'jwk-in-order',
    title: 'takes public keys in the order of members of the first one alone',
    requirement: 'JWK-03',
    create: withOverrides(() => {
      let order: string | undefined;
      return {
        fetch: (request) =>
          answerChanged(request, '/auth/whoami', (body) => {
            const names = Object.keys(JSON.parse(String(body['publicKey'])) as object).join();
            order ??= names;
            return names === order ? body : { ...body, publicKey: '{}' };
          }),
      };
    }),
  },
];
