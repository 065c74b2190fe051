/** The cryptographic operators of the graph, through OpenSSL. All lengths in bytes. */
import {
  constants,
  createCipheriv,
  createHash,
  createPublicKey,
  hkdfSync,
  pbkdf2 as pbkdf2Callback,
  pbkdf2Sync,
  publicEncrypt,
  type JsonWebKey,
} from 'node:crypto';
import { promisify } from 'node:util';

/** `sha-256` is `sha256` to OpenSSL. */
const opensslName = (hash: string): string => hash.replace('-', '');

export const digest = (hash: string, data: Uint8Array): Uint8Array =>
  Uint8Array.from(createHash(opensslName(hash)).update(data).digest());

export const hkdf = (hash: string, salt: Uint8Array, ikm: Uint8Array, info: Uint8Array, length: number) =>
  new Uint8Array(hkdfSync(opensslName(hash), ikm, salt, info, length));

export const pbkdf2 = (
  hash: string,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
) => Uint8Array.from(pbkdf2Sync(password, salt, iterations, length, opensslName(hash)));

/** The same without making the caller's thread wait: several at once take several cores. */
export const pbkdf2InBackground = async (
  hash: string,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Promise<Uint8Array> =>
  Uint8Array.from(await promisify(pbkdf2Callback)(password, salt, iterations, length, opensslName(hash)));

/**
 * RSA without padding is a modular exponentiation. OpenSSL takes exponents below the modulus; larger ones are
 * taken apart. Its time depends on the exponent: this is for computing what is known, not for keeping secrets.
 */
export function modExp(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (exponent >= modulus) {
    const half = modExp(base, exponent / 2n, modulus);
    return (half * half * (exponent % 2n === 0n ? 1n : base)) % modulus;
  }
  const n = unsignedBytes(modulus);
  const jwk = { kty: 'RSA', n: n.toString('base64url'), e: unsignedBytes(exponent).toString('base64url') };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const message = Buffer.from((base % modulus).toString(16).padStart(2 * n.length, '0'), 'hex');
  return BigInt(`0x${publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, message).toString('hex')}`);
}

function unsignedBytes(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

/** Ciphertext followed by the 16-byte tag. */
export function aes256Gcm(
  key: Uint8Array,
  iv: Uint8Array,
  plaintext: Uint8Array,
  ad: Uint8Array,
): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
  cipher.setAAD(ad);
  return Uint8Array.from(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
}

/** What RSA-OAEP takes besides the plaintext. */
export interface OaepParameters {
  readonly hash: string;
  readonly mgf: string;
  readonly label: Uint8Array;
  readonly seed: Uint8Array;
}

/**
 * EM = 00 | seed xor MGF1(maskedDB) | DB xor MGF1(seed), where DB = H(label) | 00… | 01 | plaintext
 * (RFC 8017 section 7.1.1), then the bare RSA operation.
 */
export function rsaOaep(parameters: OaepParameters, jwk: JsonWebKey, plaintext: Uint8Array): Uint8Array {
  const { hash, mgf, label, seed } = parameters;
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const modulusBytes = Buffer.from(jwk.n ?? '', 'base64url').length;
  const labelHash = digest(hash, label);
  const room = modulusBytes - 2 * labelHash.length - 2;
  if (plaintext.length > room)
    throw new Error(`is ${plaintext.length} bytes long, RSA-OAEP takes at most ${room}`);
  const db = Buffer.concat([labelHash, Buffer.alloc(room - plaintext.length), Buffer.of(1), plaintext]);
  const maskedDb = xor(db, mgf1(mgf, seed, db.length));
  const maskedSeed = xor(seed, mgf1(mgf, maskedDb, seed.length));
  const em = Buffer.concat([Buffer.of(0), maskedSeed, maskedDb]);
  return Uint8Array.from(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, em));
}

function mgf1(hash: string, seed: Uint8Array, length: number): Uint8Array {
  let mask = new Uint8Array();
  for (let counter = 0; mask.length < length; counter++)
    mask = Uint8Array.from([
      ...mask,
      ...digest(hash, Uint8Array.from([...seed, 0, 0, counter >> 8, counter & 255])),
    ]);
  return mask.slice(0, length);
}

/** @throws Error for lengths that differ, which the graph's type check finds only where they are fixed. */
export function xor(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== right.length)
    throw new Error(`xor of unequal lengths: ${left.length} and ${right.length} bytes`);
  return Uint8Array.from(left, (byte, i) => byte ^ (right[i] ?? 0));
}
