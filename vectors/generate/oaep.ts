/** RSA ciphertexts of every padding that must be refused, beside the right one (RFC 8017 section 7.1). */
import { digest, modExp, xor } from '../../spec/crypto.ts';
import { fromBase64url, type Jwk } from './rsa.ts';

const BYTES = 256;

export interface Padding {
  readonly seed: Uint8Array;
  readonly label?: Uint8Array;
  readonly hash?: string;
  readonly mgf?: string;
  /** The first octet; 0 where it is right. */
  readonly first?: number;
  /** What stands between the zero bytes and the plaintext; 1 where it is right. */
  readonly separator?: number;
}

/** EM = first | seed xor MGF1(maskedDB) | DB xor MGF1(seed), DB = H(label) | 00… | separator | plaintext */
export function oaepEncoding(plaintext: Uint8Array, padding: Padding): Uint8Array {
  const { seed, label = new Uint8Array(), hash = 'sha-256', mgf = hash, first = 0, separator = 1 } = padding;
  const labelHash = digest(hash, label);
  const zeros = Buffer.alloc(BYTES - 2 * labelHash.length - 2 - plaintext.length);
  const db = Buffer.concat([labelHash, zeros, Buffer.of(separator), plaintext]);
  const masked = xor(db, mask(mgf, seed, db.length));
  return Buffer.concat([Buffer.of(first), xor(seed, mask(mgf, masked, seed.length)), masked]);
}

/** MGF1 (RFC 8017, B.2.1). */
export function mask(hash: string, seed: Uint8Array, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 20) }, (_, i) =>
    digest(hash, Buffer.concat([seed, Buffer.of(0, 0, 0, i)])),
  );
  return Uint8Array.from(Buffer.concat(blocks).subarray(0, length));
}

/** EM = 00 | 02 | nonzero bytes | 00 | plaintext (RFC 8017 section 7.2.1) */
export function pkcs1Encoding(plaintext: Uint8Array, random: Uint8Array): Uint8Array {
  const filling = Array.from({ length: BYTES - 3 - plaintext.length }, (_, i) =>
    Math.max(1, random[i % random.length] ?? 1),
  );
  return Buffer.concat([Buffer.of(0, 2, ...filling, 0), plaintext]);
}

/** Zero bytes and the plaintext: no padding at all. */
export const noEncoding = (plaintext: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.alloc(BYTES - plaintext.length), plaintext]);

/** EM^e mod n, 512 hex digits. */
export function rsaEncrypt(publicKey: Jwk, em: Uint8Array): string {
  const [n, e] = ['n', 'e'].map((name) => fromBase64url(String(publicKey[name]))) as [bigint, bigint];
  return modExp(BigInt(`0x${Buffer.from(em).toString('hex')}`), e, n)
    .toString(16)
    .padStart(2 * BYTES, '0');
}
