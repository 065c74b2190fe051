/** The forms in which a secret could travel (3.5), each as the bytes to look for. */
import { createHash } from 'node:crypto';

/** What must not leave the client. */
export interface Secret {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Whether its hash is a secret as well; that of S is K. */
  readonly hashIsSecret?: boolean;
}

/** Bytes that give a secret away. */
export interface Needle {
  /** Of the secret. */
  readonly name: string;
  /** `as hex`, `reversed`, … */
  readonly form: string;
  readonly bytes: Buffer;
}

/** Shorter secrets would be found by chance, all but their hashes; bytes. */
export const SHORTEST = 6;
/** The same of what encodes them. */
const SHORTEST_ENCODED = 8;
/** The same of nothing but hex digits, since ciphertext is sent as millions of them. */
const SHORTEST_HEX = 16;

const isLong = (text: string): boolean =>
  text.length >= (/^[0-9a-f]*$/i.test(text) ? SHORTEST_HEX : SHORTEST_ENCODED);

/** Every form of a secret; of one that is too short its hashes alone. */
export function needlesOf({ name, bytes, hashIsSecret = true }: Secret): readonly Needle[] {
  const buffer = Buffer.from(bytes);
  const hashed = hashIsSecret && bytes.length > 0 ? hashesOf(name, buffer) : [];
  if (bytes.length < SHORTEST) return hashed;
  const reversed = Buffer.from(buffer).reverse();
  const encoded: (readonly [form: string, text: string])[] = [
    ['as hex', buffer.toString('hex')],
    ['as upper-case hex', buffer.toString('hex').toUpperCase()],
    ...inBase64(buffer).map((text) => ['as base64', text] as const),
    ...inBase64(buffer).map((text) => ['as base64url', toUrlAlphabet(text)] as const),
    ['percent-encoded', percent(buffer)],
    ['percent-encoded', percent(buffer).replace(/%../g, (byte) => byte.toLowerCase())],
    ['as of a form', percent(buffer).replaceAll('%20', '+')],
    ['as a decimal number', BigInt(`0x${buffer.toString('hex')}`).toString()],
    ...inJson(buffer).map((text) => ['JSON-escaped', text] as const),
    ['reversed, as hex', reversed.toString('hex')],
    ['reversed, as base64', reversed.toString('base64').replace(/=+$/, '')],
  ];
  const texts = encoded
    .filter(([, text]) => isLong(text))
    .map(([form, text]) => ({ name, form, bytes: Buffer.from(text) }));
  return [
    { name, form: 'as it is', bytes: buffer },
    { name, form: 'reversed', bytes: reversed },
    ...texts,
    ...hashed,
  ];
}

function hashesOf(name: string, secret: Buffer): readonly Needle[] {
  const hash = createHash('sha256').update(secret).digest();
  const form = 'hashed with SHA-256';
  return [
    { name, form, bytes: hash },
    { name, form: `${form}, as hex`, bytes: Buffer.from(hash.toString('hex')) },
    { name, form: `${form}, as base64`, bytes: Buffer.from(hash.toString('base64').replace(/=+$/, '')) },
    { name, form: `${form}, as base64url`, bytes: Buffer.from(hash.toString('base64url')) },
  ];
}

/** Base64 of bytes that begin anywhere in a longer text: what of it depends on them alone, for each of the three places. */
function inBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
  });
}

const toUrlAlphabet = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');

/** As `encodeURIComponent` does, for any bytes. */
const percent = (bytes: Buffer): string =>
  Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9\-_.!~*'()]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');

/** Inside of a JSON string, as it is and with nothing but ASCII; nothing for what is not text. */
function inJson(bytes: Buffer): readonly string[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return [];
  }
  const escaped = JSON.stringify(text).slice(1, -1);
  const ascii = escaped.replace(
    /[^\u0000-\u007f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [escaped, ascii, ascii.replace(/\\u..../g, (unit) => unit.toUpperCase().replace('\\U', '\\u'))];
}
