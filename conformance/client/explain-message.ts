/** Why an AES message does not open, or holds something else than it must: a wrong key, a wrong text, or a wrong form. */
import { fromHex, native, toHex, type AesMessage } from '../../reference/index.ts';
import type { Diagnosed } from '../../spec/diagnose/explanation.ts';
import type { Tells } from '../../spec/diagnose/observed.ts';
import type { Explained, Oracle } from '../oracle.ts';
import { explainForm, HOLDS, jsonIn, keysIn, type Beside } from './explain-form.ts';

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

/** Whether a key opens a message. */
export const opensWith =
  (message: string): Tells =>
  (key) =>
    key.length === 32 && decrypted(key, message) !== undefined;

/** Keys and the address, by symbol, as they belong to an account. */
export const besideAccount = (expected: Explained): Beside => ({
  'normalized.email': new TextDecoder().decode(expected('normalized.email')),
  SEC_PWD_Auth: toHex(expected('SEC_PWD_Auth')),
  SEC_PWD_Enc: toHex(expected('SEC_PWD_Enc')),
});

/**
 * The mistake that explains how encSymmetricKey is sealed or written.
 *
 * @param beside - what else is known: the keys that it may be under by mistake
 */
export const explainSealedKey = (
  oracle: Oracle,
  expected: Explained,
  message: string,
  beside: Beside = {},
): Diagnosed | undefined =>
  explainForm(oracle, 'encSymmetricKey', message, { ...beside, ...besideAccount(expected) });

/**
 * The mistake that explains an encSymmetricKey which the right key does not open, or which holds no key.
 *
 * @param beside - as `explainSealedKey` has it
 */
export async function explainWrappedKey(
  oracle: Oracle,
  expected: Explained,
  message: string,
  beside: Beside = {},
): Promise<Diagnosed | undefined> {
  const plaintext = decrypted(expected('SEC_PWD_Enc'), message);
  if (plaintext === undefined)
    return (
      explainSealedKey(oracle, expected, message, beside) ??
      expected.explain({ SEC_PWD_Enc: opensWith(message) })
    );
  const observed = { 'encSymmetricKey.plaintext': toHex(plaintext) };
  return (
    (await firstOf(keysIn(plaintext), (SYM_Account) => oracle.values({ SYM_Account }).explain(observed))) ??
    explainSealedKey(oracle, expected, message, beside)
  );
}

/**
 * The mistake that explains a message which holds something else than the text that its profile says.
 *
 * @param beside - what else is known: the keys that it may be under by mistake, and what it should hold
 */
export async function explainWrappedJson(
  oracle: Oracle,
  member: 'encPrivateKey' | 'encContent',
  key: Uint8Array,
  message: string,
  beside: Beside = {},
): Promise<Diagnosed | undefined> {
  const own = { [member === 'encContent' ? 'SYM_ResourceGroup' : 'SYM_Account']: toHex(key) };
  const plaintext = decrypted(key, message);
  const observed = plaintext && { [`${member}.plaintext`]: toHex(plaintext) };
  const of = async (json: unknown) =>
    observed && (await oracle.inputs({ [HOLDS[member]]: json }).explain(observed));
  return (
    (plaintext && (await firstOf(jsonIn(plaintext), of))) ??
    explainForm(oracle, member, message, { ...beside, ...own })
  );
}

async function firstOf<T>(
  list: readonly T[],
  find: (item: T) => Promise<Diagnosed | undefined>,
): Promise<Diagnosed | undefined> {
  for (const item of list) {
    const found = await find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
