/** Why an AES message is not written as it must be (6.1, 6.2, 6.6): from what it holds, the mistake that yields its very text. */
import { randomBytes } from 'node:crypto';
import { fromHex, toHex, utf8 } from '../../reference/index.ts';
import { createDerivation } from '../../spec/diagnose/derivation.ts';
import { oneOf, type Diagnosed } from '../../spec/diagnose/explanation.ts';
import { textsIn, type MessageName } from '../../spec/diagnose/sealed.ts';
import { valueToHex } from '../../spec/encode.ts';
import { namedMistakes, type Mistake } from '../../spec/mutate.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import type { Oracle } from '../oracle.ts';
import { textOf } from '../peer/exchange.ts';

/** What a message encrypts, by its name. */
export const HOLDS = {
  encSymmetricKey: 'SYM_Account',
  encPrivateKey: 'PRV_Account',
  encContent: 'M_Resource',
} as const;

/** What is known beside a message, in the form of `readGiven`: the keys that it may be under, and the address. */
export type Beside = Readonly<Record<string, unknown>>;

const { KEY_BYTES: KEY, IV_BYTES: IV, TAG_BYTES: TAG } = protocol.constants;
const [KEY_BYTES, IV_BYTES, TAG_BYTES] = [KEY.value, IV.value, TAG.value];
/** Zero bytes that a key may have lost. */
const MOST_ZEROS = 4;

/** The mistakes that explain the text of a message, whatever it opens with; undefined where none does. */
export function explainForm(
  oracle: Oracle,
  name: MessageName,
  message: string,
  beside: Beside,
): Diagnosed | undefined {
  if (!oracle.explains) return undefined;
  const text = toHex(utf8(message.toWellFormed()));
  for (const iv of ivsOf(message)) {
    const given = { ...beside, [`${name}.iv`]: iv };
    for (const held of HOLDS[name] in beside ? [{}] : heldIn(oracle, name, message, given)) {
      const found = mistakesIn(oracle, name, { ...given, ...held }, text);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The named mistakes that yield a text; undefined where none does, or where it is right. */
function mistakesIn({ profile, read }: Oracle, name: MessageName, given: Beside, text: string) {
  const derivation = createDerivation(profile, read(given));
  const yields = (...mistakes: readonly Mistake[]): boolean => {
    const value = derivation.value(name, mistakes);
    return value !== undefined && valueToHex(value) === text;
  };
  if (yields()) return undefined;
  const suspects = namedMistakes(profile).filter((mistake) => derivation.touches(mistake, name));
  return oneOf(
    [name],
    suspects.filter((mistake) => yields(mistake)),
  );
}

/** The members of a message, also of one that was made JSON or percent-encoded once more. */
const membersOf = (message: string): unknown => jsonOfText(message)?.json;

/** The IV that was drawn may be longer where it is sent; of one that was never drawn any will do. */
function ivsOf(message: string): readonly string[] {
  const sent = bytesOf(message, 'iv').subarray(0, IV_BYTES);
  if (sent.length < IV_BYTES) return [];
  return sent.every((byte) => byte === 0) ? [toHex(randomBytes(IV_BYTES))] : [toHex(sent)];
}

/** What the message may hold, in the form of `readGiven`. */
function heldIn(oracle: Oracle, name: MessageName, message: string, given: Beside): Beside[] {
  const [d, t] = [bytesOf(message, 'd'), bytesOf(message, 't')];
  const afterIv = d.subarray(IV_BYTES);
  const cut = (bytes: Uint8Array) => bytes.subarray(0, Math.max(0, bytes.length - TAG_BYTES));
  const ciphertexts = [d, cut(d), cut(Uint8Array.from([...t, ...d])), afterIv, cut(afterIv)];
  const texts = ciphertexts.flatMap((ciphertext) =>
    textsIn(oracle.profile, name, oracle.read(given), ciphertext),
  );
  // Where nothing of it is in the message, any will do.
  if (name === 'encSymmetricKey')
    return [...texts.flatMap(keysIn), randomBytes(KEY_BYTES)].map((key) => ({ [HOLDS[name]]: toHex(key) }));
  return [...texts.flatMap(jsonIn), {}].map((json) => ({ [HOLDS[name]]: json }));
}

/** A member of a message in hex of either case, or in base64; nothing where it is none. */
function bytesOf(message: string, member: 'iv' | 't' | 'd'): Uint8Array {
  const text = textOf(membersOf(message) as Beside, member);
  if (/^([0-9a-f]{2})*$/i.test(text)) return fromHex(text.toLowerCase(), member);
  return /^[\w+/-]*=*$/.test(text) ? Uint8Array.from(Buffer.from(text, 'base64url')) : new Uint8Array();
}

/** The keys of 32 bytes, or of fewer where zero bytes were lost, that may be meant by a text: itself, as hex or base64, or as the `k` of a JWK. */
export function keysIn(plaintext: Uint8Array): Uint8Array[] {
  const text = new TextDecoder().decode(plaintext);
  const members = jsonIn(plaintext).map((json) => (json as { k?: unknown } | null)?.k);
  const texts = [text, ...members.filter((k) => typeof k === 'string')];
  const read = texts.flatMap((one) => [Buffer.from(one, 'hex'), Buffer.from(one, 'base64url')]);
  return [plaintext, ...read]
    .filter(({ length }) => length <= KEY_BYTES && length > KEY_BYTES - MOST_ZEROS)
    .map((key) => Uint8Array.from([...new Uint8Array(KEY_BYTES - key.length), ...key]));
}

/** The JSON value that may be meant by a text: in another charset, as it is, or percent-decoded once or twice; none or one. */
export function jsonIn(plaintext: Uint8Array): unknown[] {
  const texts = [new TextDecoder().decode(plaintext), Buffer.from(plaintext).toString('utf16le')];
  for (const text of texts) {
    const found = jsonOfText(text.replace(/^\uFEFF|[\0\n]+$/g, ''));
    if (found !== undefined) return [found.json];
  }
  return [];
}

function jsonOfText(whole: string): { json: unknown } | undefined {
  let text = whole;
  for (let layer = 0; layer < 3; layer++)
    try {
      const json: unknown = JSON.parse(text);
      if (typeof json === 'string') text = json;
      else return { json };
    } catch {
      text = percentDecoded(text);
    }
  return undefined;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    const point = (_: string, wide: string | undefined, byte: string | undefined) =>
      String.fromCharCode(parseInt(wide ?? byte ?? '', 16));
    return text.replace(/%u([0-9a-f]{4})|%([0-9a-f]{2})/gi, point);
  }
}
