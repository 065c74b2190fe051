/** Why an AES message does not open, or holds something else than it must: a wrong key, or a wrong text. */
import { fromHex, native, toHex, type AesMessage } from '../../reference/index.ts';
import type { Explained, Oracle } from '../oracle.ts';

/** What a message encrypts, whatever it is; undefined where the key does not open it. */
function decrypted(key: Uint8Array, message: string): Uint8Array | undefined {
  try {
    const { iv, t, d, ad } = JSON.parse(message) as AesMessage;
    const sealed = { ciphertext: fromHex(d, 'd'), tag: fromHex(t, 't') };
    return native.aes256GcmOpen(key, fromHex(iv, 'iv'), sealed, fromHex(ad, 'ad'));
  } catch {
    return undefined; // not such a message: its form is judged elsewhere
  }
}

/** The mistake that explains an encSymmetricKey which the right key does not open, or which holds no key. */
export function explainWrappedKey(oracle: Oracle, expected: Explained, message: string): string | undefined {
  const plaintext = decrypted(expected('SEC_PWD_Enc'), message);
  if (plaintext === undefined)
    return expected.explain({
      SEC_PWD_Enc: (key) => key.length === 32 && decrypted(key, message) !== undefined,
    });
  const observed = { 'encSymmetricKey.plaintext': toHex(plaintext) };
  return firstOf(keysIn(plaintext), (SYM_Account) => oracle.values({ SYM_Account }).explain(observed));
}

/** What a message encrypts, by its name: JSON. */
const HOLDS = { encPrivateKey: 'PRV_Account', encContent: 'M_Resource' } as const;

/** The mistake that explains a message which holds something else than the text that its profile says. */
export function explainWrappedJson(
  oracle: Oracle,
  member: keyof typeof HOLDS,
  key: Uint8Array,
  message: string,
): string | undefined {
  const plaintext = decrypted(key, message);
  if (plaintext === undefined) return undefined;
  const observed = { [`${member}.plaintext`]: toHex(plaintext) };
  return firstOf(jsonIn(plaintext), (json) => oracle.values({ [HOLDS[member]]: { json } }).explain(observed));
}

function firstOf<T>(list: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of list) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The keys of 32 bytes that may be meant by a text: itself, as hex or base64, or as the `k` of a JWK. */
function keysIn(plaintext: Uint8Array): Uint8Array[] {
  const text = new TextDecoder().decode(plaintext);
  const members = jsonIn(plaintext).map((json) => (json as { k?: unknown } | null)?.k);
  const texts = [text, ...members.filter((k) => typeof k === 'string')];
  const read = texts.flatMap((one) => [Buffer.from(one, 'hex'), Buffer.from(one, 'base64url')]);
  return [plaintext, ...read].map((key) => Uint8Array.from(key)).filter(({ length }) => length === 32);
}

/** The JSON value that may be meant by a text: as it is, or percent-decoded once or twice; none or one. */
function jsonIn(plaintext: Uint8Array): unknown[] {
  let text = new TextDecoder().decode(plaintext);
  for (let layer = 0; layer < 3; layer++)
    try {
      const json: unknown = JSON.parse(text);
      if (typeof json === 'string') text = json;
      else return [json];
    } catch {
      text = percentDecoded(text);
    }
  return [];
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
