/** The cryptography that the protocol stands on, behind one interface. Two providers: `native` and `portable`. */

/** `length` random bytes from a cryptographic source. */
export type Random = (length: number) => Uint8Array;

/** An RSA key pair as JWK, members as WebCrypto exports them. */
export interface RsaKeyPair {
  readonly publicKey: RsaPublicJwk;
  readonly privateKey: RsaPrivateJwk;
}

/** The public key of an account (PUB_Account, 6.6). Integers are base64url, most significant byte first. */
export interface RsaPublicJwk {
  readonly kty: 'RSA';
  readonly alg: 'RSA-OAEP-256';
  readonly n: string;
  readonly e: string;
  readonly key_ops: readonly string[];
  readonly ext?: boolean;
}

/** The private key of an account (PRV_Account, 6.6). */
export interface RsaPrivateJwk extends RsaPublicJwk {
  readonly d: string;
  readonly p: string;
  readonly q: string;
  readonly dp: string;
  readonly dq: string;
  readonly qi: string;
}

/** Ciphertext and tag (16 bytes) of AES-256-GCM. */
export interface Sealed {
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** Inputs of HKDF (RFC 5869). */
export interface HkdfInput {
  readonly salt: Uint8Array;
  readonly ikm: Uint8Array;
  readonly info: Uint8Array;
  readonly length: number;
}

/** Inputs of PBKDF2 (RFC 8018). */
export interface Pbkdf2Input {
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly length: number;
}

/** What a provider offers. All lengths are in bytes. */
export interface Primitives {
  readonly name: string;
  readonly random: Random;
  /** 32 bytes. */
  sha256(data: Uint8Array): Uint8Array;
  hkdfSha256(input: HkdfInput): Uint8Array;
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
