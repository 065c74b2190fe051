/**
 * What the operators of `operators.json` do. Only wrong readings use them: an implementation of the protocol
 * needs none.
 */
import type { JsonWebKey } from 'node:crypto';
import { aes128Gcm, hmac, interleavedHash, rsaPkcs1, wideModExp } from './crypto.ts';
import { aes256Gcm } from '../crypto.ts';
import { fromHex, hex, operations, type Json, type Operations } from '../operations.ts';

const options =
  (table: Readonly<Record<string, (text: string) => string>>) => (style: unknown, text: string) => {
    const written = table[style as string];
    if (written === undefined)
      throw new Error(`${String(style)} is none of ${Object.keys(table).join(', ')}`);
    return written(text);
  };

const lowerCaseAs = options({
  ascii: (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  each: (text) => Array.from(text, (character) => character.toLowerCase()).join(''),
  turkish: (text) => text.replaceAll('\u0130', 'i').replaceAll('I', '\u0131').toLowerCase(),
});

const percentEncodeAs = options({
  uri: encodeURI,
  form: (text) => encodeURIComponent(text).replaceAll('%20', '+'),
  rfc3986: (text) => encodeURIComponent(text).replace(/[!'()*]/g, percent),
  lower: (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  escape: (text) => text.replace(/[^\w@*+./-]/g, (unit) => escaped(unit.charCodeAt(0))),
});
const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
const escaped = (unit: number): string => {
  const digits = unit.toString(16).toUpperCase();
  return unit < 256 ? `%${digits.padStart(2, '0')}` : `%u${digits.padStart(4, '0')}`;
};

/** Each takes the compact text, for example to space it out; a string literal within it stays as it is. */
const jsonAs = options({
  spaced: (text) =>
    text.replace(/"(?:[^"\\]|\\.)*"|[,:]/g, (token) => (/^[,:]$/.test(token) ? `${token} ` : token)),
  indented: (text) => JSON.stringify(JSON.parse(text), null, 2),
  ascii: (text) =>
    text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  slashes: (text) => text.replaceAll('/', '\\/'),
  sorted: (text) => JSON.stringify(sorted(JSON.parse(text))),
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

/** Code units of text → bytes. */
const charsets: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'latin-1': (text) =>
    Uint8Array.from(Array.from(text, (c) => ((c.codePointAt(0) ?? 0) > 255 ? 63 : c.charCodeAt(0)))),
  'low-bytes': (text) => Uint8Array.from(Buffer.from(text, 'latin1')),
  'utf-16le': (text) => Uint8Array.from(Buffer.from(text, 'utf16le')),
  'utf-16be': (text) => Uint8Array.from(Buffer.from(text, 'utf16le').swap16()),
  'cesu-8': (text) =>
    Uint8Array.from(Array.from({ length: text.length }, (_, i) => cesu8(text.charCodeAt(i))).flat()),
};
const cesu8 = (unit: number): number[] =>
  unit >= 0xd800 && unit < 0xe000
    ? [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]
    : [...Buffer.from(String.fromCharCode(unit))];

function encode(charset: unknown, text: string): Uint8Array {
  const encoded = charsets[charset as string];
  if (encoded === undefined) throw new Error(`${String(charset)} is not a charset`);
  return encoded(text);
}

function trimCharacters(characters: string, text: string): string {
  const all = Array.from(text);
  const kept = (character: string): boolean => !characters.includes(character);
  return all
    .slice(all.findIndex(kept) < 0 ? all.length : all.findIndex(kept), all.findLastIndex(kept) + 1)
    .join('');
}

const shortHex = (bytes: Uint8Array): string => hex(bytes).replace(/^0+/, '');
const evenHex = (digits: string): Uint8Array => fromHex(digits.length % 2 === 0 ? digits : `0${digits}`);
const stripZeros = (bytes: Uint8Array): Uint8Array => evenHex(shortHex(bytes));

/** The operators of the protocol and of its wrong readings. */
export const allOperations: Operations = {
  ...operations,
  // As most libraries do, which take the cipher from the length of the key.
  'aes-256-gcm': (_, key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array, ad: Uint8Array) =>
    (key.length === 16 ? aes128Gcm : aes256Gcm)(key, iv, plaintext, ad),
  'mod-exp': (_, base: bigint, exponent: bigint, modulus: bigint) => wideModExp(base, exponent, modulus),
  'upper-case': (_, text: string) => text.toUpperCase(),
  'lower-case-as': (call, text: string) => lowerCaseAs(call['style'], text),
  'trim-characters': (call, text: string) => trimCharacters(call['characters'] as string, text),
  'remove-white-space': (_, text: string) => text.replace(/\s/g, ''),
  encode: (call, text: string) => encode(call['charset'], text),
  decode: (call, bytes: Uint8Array) =>
    Buffer.from(bytes).toString(call['charset'] === 'utf-8' ? 'utf8' : 'latin1'),
  base64: (_, bytes: Uint8Array) => Buffer.from(bytes).toString('base64'),
  'short-hex': (_, bytes: Uint8Array) => shortHex(bytes),
  decimal: (_, value: bigint) => value.toString(),
  'strip-zeros': (_, bytes: Uint8Array) => stripZeros(bytes),
  'twos-complement': (_, bytes: Uint8Array) => {
    const short = stripZeros(bytes);
    return (short[0] ?? 128) >= 128 ? Uint8Array.of(0, ...short) : short;
  },
  'cut-hex': (_, bytes: Uint8Array) => fromHex(shortHex(bytes)),
  reverse: (_, bytes: Uint8Array) => bytes.toReversed(),
  unpadded: (_, value: bigint) => evenHex(value.toString(16)),
  distance: (_, left: bigint, right: bigint) => (left > right ? left - right : right - left),
  hmac: (call, key: Uint8Array, bytes: Uint8Array) => hmac(call['hash'] as string, key, bytes),
  'interleaved-hash': (call, bytes: Uint8Array) => interleavedHash(call['hash'] as string, stripZeros(bytes)),
  'percent-encode-as': (call, text: string) => percentEncodeAs(call['style'], text),
  'json-as': (call, value: Json) => jsonAs(call['style'], JSON.stringify(value.json)),
  'json-quoted': (_, text: string) => JSON.stringify(text),
  'aes-128-gcm': (_, key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array, ad: Uint8Array) =>
    aes128Gcm(key, iv, plaintext, ad),
  'rsa-pkcs1': (_, seed: Uint8Array, publicKey: Json, plaintext: Uint8Array) =>
    rsaPkcs1(seed, publicKey.json as JsonWebKey, plaintext),
};
