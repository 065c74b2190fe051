/** What a client locked, opened the way its owner does, and told apart: what does not open, and what is not as written. */
import {
  fromHex,
  native,
  ProtocolError,
  readPrivateKey,
  type AesMessage,
  type RsaPrivateJwk,
} from '../../reference/index.ts';
import type { Diagnosed } from '../../spec/diagnose/explanation.ts';
import { Blocked, Failure, shorten, type Explain } from '../check.ts';
import { textOf } from '../peer/exchange.ts';
import type { ClientBench, Signup } from './bench.ts';
import { besideAccount, explainWrappedJson } from './explain-message.ts';
import { explainSignup } from './explain-signup.ts';

/** For a check that judges something else: what does not open blocks it. */
export function orBlocked<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw error instanceof Failure ? new Blocked(error.message) : error;
  }
}

/** What is locked in an account. */
export interface OpenedAccount {
  readonly SYM_Account: Uint8Array;
  readonly PRV_Account: RsaPrivateJwk;
}

const accounts = new WeakMap<Signup, OpenedAccount>();

/** What was locked in an account, opened the way its owner does. @throws Failure that names what does not open */
export function openAccount(bench: ClientBench, account: Signup): OpenedAccount {
  const known = accounts.get(account);
  if (known !== undefined) return known;
  const SYM_Account = orBlocked(() => openSymmetricKey(bench, account));
  const found = { SYM_Account, PRV_Account: openPrivateKey(bench, account, SYM_Account) };
  accounts.set(account, found);
  return found;
}

/** SYM_Account as it was sent at signup. @throws Failure where it does not open */
export function openSymmetricKey(bench: ClientBench, account: Signup): Uint8Array {
  const expected = bench.expected(account);
  const { wrap } = bench.steps;
  const message = textOf(account.body, 'encSymmetricKey');
  const open = () => wrap.openKey(expected('SEC_PWD_Enc'), message);
  return opened('encSymmetricKey', message, 'SEC_PWD_Enc', open, () => explainSignup(bench, account));
}

function openPrivateKey(bench: ClientBench, account: Signup, SYM_Account: Uint8Array): RsaPrivateJwk {
  const { wrap } = bench.steps;
  const message = textOf(account.body, 'encPrivateKey');
  const open = () => readPrivateKey(wrap.openJson(SYM_Account, message));
  return opened('encPrivateKey', message, 'SYM_Account', open, () =>
    explainPrivateKey(bench, account, SYM_Account),
  );
}

/** The mistake that explains how encPrivateKey is sealed or written. */
export const explainPrivateKey = (
  bench: ClientBench,
  account: Signup,
  SYM_Account: Uint8Array,
): Promise<Diagnosed | undefined> =>
  explainWrappedJson(
    bench.oracle,
    'encPrivateKey',
    SYM_Account,
    textOf(account.body, 'encPrivateKey'),
    besideAccount(bench.expected(account)),
  );

/** What a message of a client opens to. @throws Failure that names the member and the key */
export function opened<T>(member: string, message: string, key: string, open: () => T, explain?: Explain): T {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new Failure(`${member} does not open with ${key}`, {
      sent: shorten(message),
      expected: `${member} that opens with ${key}`,
      actual: error.message,
      explain,
    });
  }
}

/** What an AES message encrypts; it was opened before. */
export function plaintextOf(message: string, key: Uint8Array): string {
  const { iv, t, d, ad } = JSON.parse(message) as AesMessage;
  const sealed = { ciphertext: fromHex(d, 'd'), tag: fromHex(t, 't') };
  const plaintext = native.aes256GcmOpen(key, fromHex(iv, 'iv'), sealed, fromHex(ad, 'ad'));
  return new TextDecoder().decode(plaintext);
}

/** Compact JSON, percent-encoded in `deployed`: decoding alone would take other texts as well. */
export function expectCompactText(
  { profile }: ClientBench,
  member: string,
  plaintext: string,
  explain?: Explain,
): void {
  const json = profile === 'deployed' ? decodeURIComponent(plaintext) : plaintext;
  const compact = JSON.stringify(JSON.parse(json));
  const expected = profile === 'deployed' ? encodeURIComponent(compact) : compact;
  if (plaintext === expected) return;
  throw new Failure(`the plaintext of ${member} is not written as its profile says`, {
    expected: `${profile === 'deployed' ? 'percent-encoded ' : ''}compact JSON of ${expected.length} bytes`,
    actual: `${plaintext.length} bytes that begin ${plaintext.slice(0, 12)}`,
    explain,
  });
}
