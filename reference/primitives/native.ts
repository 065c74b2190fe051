/** Primitives through OpenSSL (`node:crypto`). */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createDiffieHellman,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  hkdfSync,
  pbkdf2,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  type DiffieHellman,
  type JsonWebKey,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { Primitives, RsaPrivateJwk, RsaPublicJwk } from './primitives.ts';

const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };

/** The provider to use on a server and in Node. */
export const native: Primitives = {
  name: 'native',
  random: (length) => Uint8Array.from(randomBytes(length)),
  sha256: (data) => Uint8Array.from(createHash('sha256').update(data).digest()),
  hkdfSha256: ({ salt, ikm, info, length }) => new Uint8Array(hkdfSync('sha256', ikm, salt, info, length)),
  pbkdf2Sha256: async ({ password, salt, iterations, length }) =>
    Uint8Array.from(await promisify(pbkdf2)(password, salt, iterations, length, 'sha256')),
  modExp,
  aes256GcmSeal(key, iv, plaintext, additionalData) {
    const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
    cipher.setAAD(additionalData);
    const ciphertext = Uint8Array.from(Buffer.concat([cipher.update(plaintext), cipher.final()]));
    return { ciphertext, tag: Uint8Array.from(cipher.getAuthTag()) };
  },
  aes256GcmOpen(key, iv, { ciphertext, tag }, additionalData) {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
    decipher.setAAD(additionalData);
    decipher.setAuthTag(tag);
    const plaintext = decipher.update(ciphertext);
    return unlessRefused(() => Uint8Array.from(Buffer.concat([plaintext, decipher.final()])));
  },
  rsaOaepEncrypt: (key, plaintext) =>
    Uint8Array.from(
      publicEncrypt(
        { key: createPublicKey({ key: { ...key } as JsonWebKey, format: 'jwk' }), ...OAEP },
        plaintext,
      ),
    ),
  rsaOaepDecrypt: (key, ciphertext) =>
    unlessRefused(() =>
      Uint8Array.from(
        privateDecrypt(
          { key: createPrivateKey({ key: { ...key } as JsonWebKey, format: 'jwk' }), ...OAEP },
          ciphertext,
        ),
      ),
    ),
  async generateRsaKeyPair() {
    const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048, publicExponent: 65537 });
    const { n, e } = pair.publicKey.export({ format: 'jwk' });
    const { kty: _, ...parts } = pair.privateKey.export({ format: 'jwk' });
    const shared = { kty: 'RSA', alg: 'RSA-OAEP-256', ext: true } as const;
    return {
      publicKey: { ...shared, key_ops: ['encrypt'], n, e } as RsaPublicJwk,
      privateKey: { ...shared, key_ops: ['decrypt'], ...parts } as RsaPrivateJwk,
    };
  },
};

function unlessRefused<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}

/**
 * Diffie-Hellman in OpenSSL is a modular exponentiation; it takes bases from 2 to modulus - 2, exponents above 0. It
 * also refuses to give out 1 and modulus - 1: those come from the exponent below.
 */
function modExp(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const reduced = base % modulus;
  if (exponent === 0n) return 1n;
  if (reduced <= 1n) return reduced;
  if (reduced === modulus - 1n) return exponent % 2n === 0n ? 1n : reduced;
  const group = groupOf(modulus);
  const power = (exponent: bigint): bigint => {
    group.setPrivateKey(bytesOf(exponent));
    return integerOf(group.computeSecret(bytesOf(reduced)));
  };
  try {
    return power(exponent);
  } catch {
    return (power(exponent - 1n) * reduced) % modulus;
  }
}

/** OpenSSL checks a modulus when a group is made, which takes a third of a second: made once. */
function groupOf(modulus: bigint): DiffieHellman {
  const group = groups.get(modulus) ?? createDiffieHellman(bytesOf(modulus), 2);
  groups.set(modulus, group);
  return group;
}
const groups = new Map<bigint, DiffieHellman>();

/** Through a Buffer: done digit by digit, the conversions would take a tenth of the time of an exponentiation. */
function bytesOf(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

const integerOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
