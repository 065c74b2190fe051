/** Clients that take one wrong JWK of an account, and refuse every other (6.6). */
import type { RsaPrivateJwk, RsaPublicJwk } from '../../reference/index.ts';
import type { ClientFault } from './client-parts.ts';
import { PRIVATE_MEMBERS } from '../lies/jwk-answers.ts';
import { reading } from './lenient-parts.ts';
import * as looks from './jwk-looks.ts';
import { takes } from './taken.ts';

/** A JWK as it came is taken where it looks so. */
const inKeys = (
  id: string,
  isMeant: looks.Looks,
  where: readonly ('publicKey' | 'privateKey')[],
): ClientFault =>
  takes(
    id,
    reading({
      publicKey: (own, jwk) =>
        where.includes('publicKey') && isMeant(jwk as looks.Jwk)
          ? (jwk as RsaPublicJwk)
          : own.accept.publicKey(jwk),
      privateKey: (own, jwk) =>
        where.includes('privateKey') && isMeant(jwk as looks.Jwk)
          ? (jwk as RsaPrivateJwk)
          : own.accept.privateKey(jwk),
    }),
  );
const inPublic = (id: string, isMeant: looks.Looks): ClientFault =>
  inKeys(`public-key-${id}`, isMeant, ['publicKey']);
const inPrivate = (id: string, isMeant: looks.Looks): ClientFault =>
  inKeys(`private-key-${id}`, isMeant, ['privateKey']);
const inBoth = (id: string, isMeant: looks.Looks): ClientFault =>
  inKeys(id, isMeant, ['publicKey', 'privateKey']);

/** Private keys that are known again by all their numbers but one. */
function knownBut(name: string): looks.Looks {
  const seen = new Map<string, unknown>();
  return (jwk) => {
    const others = JSON.stringify({ ...jwk, [name]: undefined });
    const before = seen.get(others);
    seen.set(others, before ?? jwk[name]);
    return before !== undefined && before !== jwk[name];
  };
}

export const takenKeyFaults: readonly ClientFault[] = [
  inPublic('kty', looks.ofOtherType),
  inPublic('alg', looks.forOtherAlgorithm),
  inPublic('alg-missing', ({ alg }) => alg === undefined),
  inPublic('key_ops', looks.forOtherOperation('encrypt')),
  inPublic('key_ops-more', looks.forMoreOperations),
  ...PRIVATE_MEMBERS.map((name) =>
    inPublic(`private-member${name === 'd' ? '' : `-${name}`}`, looks.having(name)),
  ),
  inPrivate('kty', looks.ofOtherType),
  inPrivate('alg', looks.forOtherAlgorithm),
  inPrivate('key_ops', looks.forOtherOperation('decrypt')),
  inBoth('modulus-512', looks.ofBits(512)),
  inBoth('modulus-1024', looks.ofBits(1024)),
  inBoth('modulus-even', looks.even),
  inBoth('exponent-3', looks.withExponent(3)),
  inBoth('exponent-1', looks.withExponent(1)),
  inBoth('modulus-leading-zero', looks.beginningWithZero('n')),
  inBoth('exponent-leading-zero', looks.beginningWithZero('e')),
  inKeys('prime-leading-zero', looks.beginningWithZero('p'), ['privateKey']),
  inBoth('base64-padding', looks.padded),
  inBoth('base64-alphabet', looks.inOtherAlphabet),
  inBoth('base64-white-space', ({ n }) => /\s/.test(String(n))),
  inBoth('base64-trailing-bits', looks.withTrailingBits),
  ...['d', 'p', 'q', 'dp', 'dq', 'qi'].map((name) => inPrivate(`${name}-wrong`, knownBut(name))),
];
