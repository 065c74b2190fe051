/**
 * The part of `@getinsomnia/srp-js` 1.0.0-alpha.1 that the adapter calls. The types in the package name their modules
 * without extensions, which `nodenext` does not resolve.
 */
declare module '@getinsomnia/srp-js' {
  /** The package brings its own Buffer, and accepts no other. */
  interface PackageBuffer extends Uint8Array {
    toString(encoding?: 'hex' | 'utf8'): string;
  }
  export const Buffer: { from(text: string, encoding: 'hex' | 'utf8'): PackageBuffer };

  /** A group and a hash, by the length of the modulus in bits. */
  interface Params {
    readonly hash: string;
  }
  export const params: Readonly<Record<2048, Params>>;

  export function computeVerifier(
    params: Params,
    salt: PackageBuffer,
    identity: PackageBuffer,
    password: PackageBuffer,
  ): PackageBuffer;

  export class Client {
    constructor(
      params: Params,
      salt: PackageBuffer,
      identity: PackageBuffer,
      password: PackageBuffer,
      secret1: PackageBuffer,
    );
    computeA(): PackageBuffer;
    setB(B: PackageBuffer): void;
    computeM1(): PackageBuffer;
    checkM2(serverM2: PackageBuffer): void;
    computeK(): PackageBuffer;
  }

  interface AESMessage {
    readonly iv: string;
    readonly t: string;
    readonly d: string;
    readonly ad: string;
  }
  interface Jwk {
    readonly kty: string;
  }

  export function srpGenKey(): Promise<string>;
  export function getRandomHex(bytes?: number): string;
  export function generateAccountId(): string;
  export function generateAES256Key(): Promise<Jwk>;
  export function generateKeyPairJWK(): Promise<{ publicKey: Jwk; privateKey: Jwk }>;
  export function deriveKey(passphrase: string, email: string, salt: string): Promise<string>;
  /** @returns hex */
  export function encryptRSAWithJWK(publicKey: Jwk, plaintext: string): string;
  export function decryptRSAWithJWK(privateKey: Jwk, encrypted: string): string;
  /** @param key - a JWK, or hex */
  export function encryptAES(key: string | Jwk, plaintext: string, additionalData?: string): AESMessage;
  export function decryptAES(key: string | Jwk, message: AESMessage): string;
}
