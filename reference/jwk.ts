/** Keys as JWK: written with exactly the members of 6.6, and checked when they are read. */
import { checkLength, fromBase64url, toBase64url, toInteger, utf8 } from './bytes.ts';
import { KEY_BYTES, RSA_EXPONENT, RSA_MODULUS_BITS } from './constants.ts';
import { ProtocolError } from './errors.ts';
import type { RsaPrivateJwk, RsaPublicJwk } from './primitives/primitives.ts';

/** A symmetric key as JWK, members in the order in which Chromium's WebCrypto writes them. */
export interface SymmetricJwk {
  readonly alg: 'A256GCM';
  readonly ext: true;
  readonly k: string;
  readonly key_ops: readonly string[];
  readonly kty: 'oct';
}

/** @param key - 32 bytes */
export function symmetricKeyToJwk(key: Uint8Array): SymmetricJwk {
  return { alg: 'A256GCM', ext: true, k: toBase64url(key), key_ops: ['encrypt', 'decrypt'], kty: 'oct' };
}

/** @returns the 32 bytes of the key. @throws ProtocolError `schema/jwk` */
export function symmetricKeyFromJwk(jwk: unknown): Uint8Array {
  const { kty, alg, k, key_ops: operations } = members(jwk);
  require(kty === 'oct', 'kty', 'oct');
  require(alg === 'A256GCM', 'alg', 'A256GCM');
  const both =
    Array.isArray(operations) &&
    operations.length === 2 &&
    ['encrypt', 'decrypt'].every((name) => operations.includes(name));
  require(both, 'key_ops', 'encrypt and decrypt');
  return checkLength(fromBase64url(text(k, 'k'), 'k'), 'k', KEY_BYTES);
}

/**
 * Reads the public key of an account: RSA-OAEP-256, an odd modulus of exactly 2048 bits, e = 65537.
 *
 * @throws ProtocolError `schema/jwk`, `encoding/base64url`
 */
export function readPublicKey(jwk: unknown): RsaPublicJwk {
  const key = members(jwk);
  checkRsa(key, 'encrypt');
  const secret = PRIVATE_MEMBERS.find((name) => name in key);
  require(secret === undefined, secret ?? '', 'no private member in a public key');
  return jwk as RsaPublicJwk;
}

/**
 * Reads the private key of an account and checks that its parts belong together.
 *
 * @throws ProtocolError `schema/jwk`, `encoding/base64url`, `decrypt/key-pair`
 */
export function readPrivateKey(jwk: unknown): RsaPrivateJwk {
  const key = members(jwk);
  checkRsa(key, 'decrypt');
  const [n, e, d, p, q] = ['n', 'e', 'd', 'p', 'q'].map((name) => integer(key, name)) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const [dp, dq, qi] = ['dp', 'dq', 'qi'].map((name) => integer(key, name)) as [bigint, bigint, bigint];
  const whole =
    p > 1n &&
    q > 1n &&
    p * q === n &&
    (e * d) % (p - 1n) === 1n &&
    (e * d) % (q - 1n) === 1n &&
    d % (p - 1n) === dp &&
    d % (q - 1n) === dq &&
    (q * qi) % p === 1n;
  if (!whole)
    throw new ProtocolError('decrypt/key-pair', 'the parts of the private key do not belong together');
  return jwk as RsaPrivateJwk;
}

/** @throws ProtocolError `decrypt/key-pair` where the two are not one pair. */
export function checkKeyPair(publicKey: RsaPublicJwk, privateKey: RsaPrivateJwk): void {
  if (publicKey.n !== privateKey.n || publicKey.e !== privateKey.e)
    throw new ProtocolError(
      'decrypt/key-pair',
      'publicKey does not belong to the private key of the account',
    );
}

/**
 * The thumbprint of a public key, for two people to compare by another channel (12.4, RFC 7638).
 *
 * @returns SHA-256 of the members that make the key, as base64url: 43 characters
 */
export function thumbprint({ e, kty, n }: RsaPublicJwk, H: (data: Uint8Array) => Uint8Array): string {
  // H(JSON({"e", "kty", "n"})), members in alphabetical order
  return toBase64url(H(utf8(JSON.stringify({ e, kty, n }))));
}

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

function checkRsa(key: Readonly<Record<string, unknown>>, operation: 'encrypt' | 'decrypt'): void {
  require(key['kty'] === 'RSA', 'kty', 'RSA');
  require(key['alg'] === 'RSA-OAEP-256', 'alg', 'RSA-OAEP-256');
  const operations = key['key_ops'];
  require(Array.isArray(operations) &&
    operations.length === 1 &&
    operations[0] === operation, 'key_ops', operation);
  const n = integer(key, 'n');
  require(n.toString(2).length === RSA_MODULUS_BITS &&
    n % 2n === 1n, 'n', `odd and ${RSA_MODULUS_BITS} bits long`);
  require(integer(key, 'e') === RSA_EXPONENT, 'e', String(RSA_EXPONENT));
}

function integer(key: Readonly<Record<string, unknown>>, name: string): bigint {
  const bytes = fromBase64url(text(key[name], name), name);
  require(bytes.length > 0 && bytes[0] !== 0, name, 'without a leading zero byte');
  return toInteger(bytes);
}

function members(jwk: unknown): Readonly<Record<string, unknown>> {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk))
    throw new ProtocolError('schema/jwk', 'JWK is not an object');
  return jwk as Record<string, unknown>;
}

function text(value: unknown, name: string): string {
  if (typeof value !== 'string')
    throw new ProtocolError('schema/jwk', `${name} of the JWK is missing or not a string`);
  return value;
}

function require(holds: boolean, name: string, expected: string): void {
  if (!holds)
    throw new ProtocolError('schema/jwk', `${name} of the JWK is not as required: expected ${expected}`);
}
