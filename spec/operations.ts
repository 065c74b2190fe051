/**
 * What each operator of `operators.json` does, with `node:crypto` and nothing else. Operands come in the order of the
 * operator table and with the types stated there: the graph was checked when it was built. Sections 1.6 and 6.1.
 */
import type { JsonWebKey } from 'node:crypto';
import { aes256Gcm, digest, hkdf, modExp, pbkdf2, rsaOaep, xor } from './crypto.ts';
import type { Call } from './graph.ts';

/** A value of the graph: text, bytes, an integer, or a JSON value in a box of its own. */
export type Value = string | Uint8Array | bigint | Json;

/** A JSON value, boxed so that it is never mistaken for text. */
export interface Json {
  /** The value. */
  readonly json: unknown;
}

/** Operator → what it does with its operands. */
export type Operations = Readonly<Record<string, (call: Call, ...operand: never[]) => Value>>;

export const operations: Operations = {
  text: (call) => call['value'] as string,
  bytes: (call) => fromHex(call['hex'] as string),
  value: (call) => ({ json: call['json'] }),
  trim: (_, text: string) => text.trim(),
  'lower-case': (_, text: string) => text.toLowerCase(),
  normalize: (call, text: string) => text.normalize(call['form'] as string),
  utf8: (_, text: string) => utf8(text),
  hex: (_, bytes: Uint8Array) => hex(bytes),
  base64url: (_, bytes: Uint8Array) => Buffer.from(bytes).toString('base64url'),
  'percent-encode': (_, text: string) => encodeURIComponent(text),
  json: (_, value: Json) => JSON.stringify(value.json),
  'parse-json': (_, text: string) => ({ json: JSON.parse(text) as unknown }),
  object: (call, ...members: Value[]) => ({
    json: objectOf(Object.keys(call['members'] as object), members),
  }),
  concat: (_, ...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts)),
  xor: (_, left: Uint8Array, right: Uint8Array) => xor(left, right),
  slice: (call, bytes: Uint8Array) =>
    bytes.slice(call['start'] as number | undefined, call['end'] as number | undefined),
  hash: (call, bytes: Uint8Array) => digest(call['hash'] as string, bytes),
  hkdf: (call, salt: Uint8Array, ikm: Uint8Array, info: Uint8Array) =>
    hkdf(call['hash'] as string, salt, ikm, info, call['length'] as number),
  pbkdf2: (call, password: Uint8Array, salt: Uint8Array) =>
    pbkdf2(call['hash'] as string, password, salt, call['iterations'] as number, call['length'] as number),
  integer: (_, bytes: Uint8Array) => BigInt(`0x0${hex(bytes)}`),
  pad: (call, value: bigint) => pad(value, call['length'] as number),
  add: (_, ...terms: bigint[]) => terms.reduce((sum, term) => sum + term),
  mul: (_, ...factors: bigint[]) => factors.reduce((product, factor) => product * factor),
  'mod-add': (_, left: bigint, right: bigint, modulus: bigint) => (left + right) % modulus,
  'mod-sub': (_, left: bigint, right: bigint, modulus: bigint) =>
    (((left - right) % modulus) + modulus) % modulus,
  'mod-mul': (_, left: bigint, right: bigint, modulus: bigint) => (left * right) % modulus,
  'mod-exp': (_, base: bigint, exponent: bigint, modulus: bigint) => modExp(base, exponent, modulus),
  'aes-256-gcm': (_, key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array, ad: Uint8Array) =>
    aes256Gcm(key, iv, plaintext, ad),
  'rsa-oaep': (call, label: Uint8Array, seed: Uint8Array, publicKey: Json, plaintext: Uint8Array) =>
    rsaOaep(
      { hash: call['hash'] as string, mgf: call['mgf'] as string, label, seed },
      publicKey.json as JsonWebKey,
      plaintext,
    ),
};

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

export function utf8(text: string): Uint8Array {
  if (!text.isWellFormed())
    throw new Error('text is not well-formed Unicode: it holds half of a surrogate pair');
  return new TextEncoder().encode(text);
}

function pad(value: bigint, length: number): Uint8Array {
  const digits = value.toString(16).padStart(2 * length, '0');
  if (digits.length > 2 * length) throw new Error(`the integer does not fit ${length} bytes`);
  return fromHex(digits);
}

const objectOf = (names: readonly string[], members: readonly Value[]): unknown =>
  Object.fromEntries(names.map((name, i) => [name, plain(members[i])]));
const plain = (value: Value | undefined): unknown =>
  typeof value === 'object' && 'json' in value ? value.json : value;
