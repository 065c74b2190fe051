/** What a JWK looks like that is not as it must be (6.6), for clients that take it. */

/** A JWK, whatever is in it. */
export type Jwk = Readonly<Record<string, unknown>>;
export type Looks = (jwk: Jwk) => boolean;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const bytesOf = (value: unknown): Buffer => Buffer.from(textOf(value), 'base64url');
const operationsOf = (jwk: Jwk): readonly unknown[] => jwk['key_ops'] as readonly unknown[];

export const ofOtherType: Looks = ({ kty }) => kty !== 'RSA';
export const forOtherAlgorithm: Looks = ({ alg = 'RSA-OAEP-256' }) => alg !== 'RSA-OAEP-256';
export const forOtherOperation =
  (operation: string): Looks =>
  (jwk) =>
    operationsOf(jwk).length === 1 && operationsOf(jwk)[0] !== operation;
export const forMoreOperations: Looks = (jwk) => operationsOf(jwk).length > 1;
export const having =
  (name: string): Looks =>
  (jwk) =>
    name in jwk;
/** The modulus has so many bytes as a number of so many bits fills, a multiple of 8. */
export const ofBits =
  (bits: number): Looks =>
  ({ n }) =>
    bytesOf(n).length === bits / 8;
/** 256 bytes, and the first bit of them is not set. */
export const short: Looks = ({ n }) => {
  const bytes = bytesOf(n);
  return bytes.length === 256 && (bytes[0] ?? 0) > 0 && (bytes[0] ?? 0) < 0x80;
};
export const even: Looks = ({ n }) => ((bytesOf(n).at(-1) ?? 1) & 1) === 0;
export const withExponent =
  (value: number): Looks =>
  ({ e }) =>
    bytesOf(e).equals(Buffer.of(value));
export const beginningWithZero =
  (name: string): Looks =>
  (jwk) =>
    bytesOf(jwk[name])[0] === 0;
export const padded: Looks = ({ n }) => textOf(n).includes('=');
export const inOtherAlphabet: Looks = ({ n }) => /[+/]/.test(textOf(n));
export const withTrailingBits: Looks = ({ n }) =>
  /^[\w-]+$/.test(textOf(n)) && bytesOf(n).toString('base64url') !== n;
