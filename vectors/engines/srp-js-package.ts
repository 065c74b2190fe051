/** npm `@getinsomnia/srp-js` 1.0.0-alpha.1, typed as far as the tests use it. It wants a `window`, and prints. */

/** An AES message as the package has it. */
export interface Sealed {
  readonly iv: string;
  readonly t: string;
  readonly d: string;
  readonly ad: string;
}

/** The package brings its own Buffer, and accepts no other. */
export type VendorBuffer = Uint8Array & { readonly vendor: unique symbol };

/** A key as JWK. */
export interface Jwk {
  readonly kty: string;
  readonly k?: string;
  readonly [member: string]: unknown;
}

interface Client {
  computeA(): VendorBuffer;
  setB(B: VendorBuffer): void;
  computeM1(): VendorBuffer;
  /** Throws where M2 is wrong. */
  checkM2(M2: VendorBuffer): void;
  computeK(): VendorBuffer;
}

interface Server {
  computeB(): VendorBuffer;
  setA(A: VendorBuffer): void;
  /** Throws where M1 is wrong, else returns M2. */
  checkM1(M1: VendorBuffer): VendorBuffer;
  computeK(): VendorBuffer;
}

interface Package {
  readonly Buffer: { from(text: string, encoding: 'hex'): VendorBuffer };
  readonly params: Readonly<Record<2048, object>>;
  computeVerifier(params: object, s: VendorBuffer, I: VendorBuffer, P: VendorBuffer): VendorBuffer;
  readonly Client: new (
    params: object,
    ...inputs: readonly [s: VendorBuffer, I: VendorBuffer, P: VendorBuffer, a: VendorBuffer]
  ) => Client;
  readonly Server: new (params: object, v: VendorBuffer, b: VendorBuffer) => Server;
  /** PBKDF2 of the passphrase over HKDF of email and salt, the salt as hex; the answer as hex. */
  deriveKey(passphrase: string, email: string, salt: string): Promise<string>;
  /** @param key - a JWK, or hex */
  encryptAES(key: string | Jwk, plaintext: string, additionalData?: string): Sealed;
  decryptAES(key: string | Jwk, message: Sealed): string;
  encryptRSAWithJWK(publicKey: object, plaintext: string): string;
  decryptRSAWithJWK(privateKey: object, ciphertext: string): string;
  generateAES256Key(): Promise<Jwk>;
  generateKeyPairJWK(): Promise<{ publicKey: Jwk; privateKey: Jwk }>;
}

Object.assign(globalThis, { window: globalThis });
console.log = () => undefined;
console.warn = () => undefined;

export const vendor = (await import('@getinsomnia/srp-js')) as unknown as Package;

export const group = vendor.params[2048];

/** Bytes in the package's own form. */
export const toVendor = (bytes: Uint8Array): VendorBuffer =>
  vendor.Buffer.from(Buffer.from(bytes).toString('hex'), 'hex');

/** Runs the package as in a page without WebCrypto, which is what plain HTTP gives it. */
export async function withoutWebCrypto<T>(run: () => Promise<T>): Promise<T> {
  Object.assign(globalThis, { window: { crypto: {} } });
  try {
    return await run();
  } finally {
    Object.assign(globalThis, { window: globalThis });
  }
}
