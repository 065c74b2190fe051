/** The cryptography that the protocol stands on, behind one interface. Two providers: `native` and `portable`. */

/** `length` random bytes from a cryptographic source. */
export type Random = (length: number) => Uint8Array;

/** An RSA key pair as JWK, members as WebCrypto exports them. */
export interface RsaKeyPair {
  /** PUB_Account. */
  readonly publicKey: RsaPublicJwk;
  /** PRV_Account. */
  readonly privateKey: RsaPrivateJwk;
}

/** The public key of an account (PUB_Account, 6.6). Integers are base64url, most significant byte first. */
export interface RsaPublicJwk {
  /** The key type. */
  readonly kty: 'RSA';
  /** The one algorithm that the key is for. */
  readonly alg: 'RSA-OAEP-256';
  /** The modulus, 256 bytes. */
  readonly n: string;
  /** The public exponent, `AQAB`. */
  readonly e: string;
  /** `encrypt` in a public key, `decrypt` in a private one. */
  readonly key_ops: readonly string[];
  /** Written by WebCrypto; it may be missing. */
  readonly ext?: boolean;
}

/** The private key of an account (PRV_Account, 6.6). */
export interface RsaPrivateJwk extends RsaPublicJwk {
  /** The private exponent. */
  readonly d: string;
  /** The first prime. */
  readonly p: string;
  /** The second prime. */
  readonly q: string;
  /** d modulo p - 1. */
  readonly dp: string;
  /** d modulo q - 1. */
  readonly dq: string;
  /** The inverse of q modulo p. */
  readonly qi: string;
}

/** Ciphertext and tag (16 bytes) of AES-256-GCM. */
export interface Sealed {
  /** As long as the plaintext. */
  readonly ciphertext: Uint8Array;
  /** 16 bytes. */
  readonly tag: Uint8Array;
}

/** Inputs of HKDF (RFC 5869). */
export interface HkdfInput {
  /** Any length; empty counts as 32 zero bytes. */
  readonly salt: Uint8Array;
  /** Input keying material. */
  readonly ikm: Uint8Array;
  /** Context; the protocol leaves it empty. */
  readonly info: Uint8Array;
  /** How many bytes to derive. */
  readonly length: number;
}

/** Inputs of PBKDF2 (RFC 8018). */
export interface Pbkdf2Input {
  /** Any length. */
  readonly password: Uint8Array;
  /** Any length. */
  readonly salt: Uint8Array;
  /** How often HMAC is applied. */
  readonly iterations: number;
  /** How many bytes to derive. */
  readonly length: number;
}

/** What a provider offers. All lengths are in bytes. */
export interface Primitives {
  /** `native` or `portable`. */
  readonly name: string;
  /** The source of random bytes where none is given. */
  readonly random: Random;
  /** 32 bytes. */
  sha256(data: Uint8Array): Uint8Array;
  /** HKDF, extract then expand, with HMAC-SHA-256. */
  hkdfSha256(input: HkdfInput): Uint8Array;
  /** PBKDF2 with HMAC-SHA-256. */
  pbkdf2Sha256(input: Pbkdf2Input): Promise<Uint8Array>;
  /** base^exponent mod modulus, for an odd modulus. */
  modExp(base: bigint, exponent: bigint, modulus: bigint): bigint;
  /** Key 32, IV 12 bytes. */
  aes256GcmSeal(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array, additionalData: Uint8Array): Sealed;
  /** Key 32, IV 12, tag 16 bytes; undefined where the tag does not fit, with no plaintext released. */
  aes256GcmOpen(
    key: Uint8Array,
    iv: Uint8Array,
    sealed: Sealed,
    additionalData: Uint8Array,
  ): Uint8Array | undefined;
  /** SHA-256 as hash and in MGF1, empty label; 190 bytes at most under a modulus of 2048 bits. */
  rsaOaepEncrypt(key: RsaPublicJwk, plaintext: Uint8Array): Uint8Array;
  /** undefined where the padding does not fit. */
  rsaOaepDecrypt(key: RsaPrivateJwk, ciphertext: Uint8Array): Uint8Array | undefined;
  /** 2048 bits, e = 65537. */
  generateRsaKeyPair(): Promise<RsaKeyPair>;
}
