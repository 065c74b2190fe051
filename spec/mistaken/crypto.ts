/** The cryptographic operators that only wrong readings use, through OpenSSL. */
import {
  constants,
  createCipheriv,
  createHmac,
  createPublicKey,
  publicEncrypt,
  type JsonWebKey,
} from 'node:crypto';
import { digest, modExp } from '../crypto.ts';

export const hmac = (hash: string, key: Uint8Array, data: Uint8Array): Uint8Array =>
  Uint8Array.from(createHmac(hash.replace('-', ''), key).update(data).digest());

/** RFC 2945 section 3.1; `stripped` has no leading zero bytes. */
export function interleavedHash(hash: string, stripped: Uint8Array): Uint8Array {
  const even = stripped.length % 2 === 0 ? stripped : stripped.slice(1);
  const half = (first: number): Uint8Array =>
    digest(
      hash,
      even.filter((_, i) => i % 2 === first),
    );
  const [left, right] = [half(0), half(1)];
  return Uint8Array.from(Array.from(left, (byte, i) => [byte, right[i] ?? 0]).flat());
}

/** Ciphertext followed by the 16-byte tag. */
export function aes128Gcm(
  key: Uint8Array,
  iv: Uint8Array,
  plaintext: Uint8Array,
  ad: Uint8Array,
): Uint8Array {
  const cipher = createCipheriv('aes-128-gcm', key, iv, { authTagLength: 16 });
  cipher.setAAD(ad);
  return Uint8Array.from(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
}

/** EM = 00 | 02 | padding | 00 | plaintext (RFC 8017 section 7.2.1), then the bare RSA operation. */
export function rsaPkcs1(seed: Uint8Array, jwk: JsonWebKey, plaintext: Uint8Array): Uint8Array {
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const length = Buffer.from(jwk.n ?? '', 'base64url').length - 3 - plaintext.length;
  const padding = Buffer.alloc(length, seed).map((byte) => (byte === 0 ? 0xff : byte));
  const em = Buffer.concat([Buffer.of(0, 2), padding, Buffer.of(0), plaintext]);
  return Uint8Array.from(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, em));
}

/** OpenSSL takes exponents of any length up to a modulus of 3072 bits; beyond it, square and multiply. */
export function wideModExp(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (modulus >> 3072n === 0n) return modExp(base, exponent, modulus);
  if (exponent === 0n) return 1n;
  const half = wideModExp(base, exponent / 2n, modulus);
  return (half * half * (exponent % 2n === 0n ? 1n : base)) % modulus;
}
