/** RSA keys out of primes, in the forms of 6.6, for well-formed key pairs and for those that must be refused. */

/** A JWK, its members in alphabetical order. */
export type Jwk = Readonly<Record<string, unknown>>;

export interface KeyPair {
  readonly publicKey: Jwk;
  readonly privateKey: Jwk;
}

/** The numbers of a private key. */
export interface Numbers {
  readonly n: bigint;
  readonly e: bigint;
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  readonly dp: bigint;
  readonly dq: bigint;
  readonly qi: bigint;
}

/** The numbers that belong to two primes; d is the inverse of e modulo lcm(p - 1, q - 1). */
export function numbersOf(p: bigint, q: bigint, e = 65537n): Numbers {
  const d = inverse(e, ((p - 1n) * (q - 1n)) / gcd(p - 1n, q - 1n));
  return { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
}

/** The key pair with these numbers. */
export function keyPairOf({ n, e, ...secret }: Numbers): KeyPair {
  const shared = { alg: 'RSA-OAEP-256', e: toBase64url(e), ext: true, kty: 'RSA', n: toBase64url(n) };
  const { d, p, q, dp, dq, qi } = secret;
  const numbers: Jwk = Object.fromEntries(
    Object.entries({ d, p, q, dp, dq, qi }).map(([name, value]) => [name, toBase64url(value)]),
  );
  return {
    publicKey: sorted({ ...shared, key_ops: ['encrypt'] }),
    privateKey: sorted({ ...shared, key_ops: ['decrypt'], ...numbers }),
  };
}

const sorted = (jwk: Jwk): Jwk =>
  Object.fromEntries(Object.entries(jwk).sort(([a], [b]) => (a < b ? -1 : 1)));

/** base64url of the big-endian bytes, without leading zero bytes (6.6). */
export const toBase64url = (value: bigint): string => bytesOf(value).toString('base64url');

export const fromBase64url = (text: string): bigint =>
  BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`);

/** The big-endian bytes, without leading zero bytes. */
export function bytesOf(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

export function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

/** The inverse modulo a number, by the extended algorithm of Euclid. */
export function inverse(value: bigint, modulus: bigint): bigint {
  let [r, next] = [modulus, value % modulus];
  let [t, following] = [0n, 1n];
  while (next !== 0n) {
    const quotient = r / next;
    [r, next] = [next, r - quotient * next];
    [t, following] = [following, t - quotient * following];
  }
  return t < 0n ? t + modulus : t;
}
