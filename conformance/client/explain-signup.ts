/** Why what a client sends at signup is wrong: every value of it that can be judged, looked at together (chapters 4 to 6). */
import { findFault, toHex, utf8 } from '../../reference/index.ts';
import type { Question } from '../../spec/diagnose/diagnose.ts';
import { jsonOf, textOf } from '../peer/exchange.ts';
import { known, type ClientBench, type Signup } from './bench.ts';
import { explainSealedKey, explainWrappedKey, opensWith } from './explain-message.ts';

/** What of a signup follows from what was typed: the address, the verifier, and the key that opens encSymmetricKey. */
function seenIn(body: Signup['body'], withKey: boolean): Question['observed'] {
  const [verifier, message] = [textOf(body, 'verifier'), textOf(body, 'encSymmetricKey')];
  return {
    'normalized.email': toHex(utf8(textOf(body, 'email').toWellFormed())),
    ...(/^[0-9a-f]+$/i.test(verifier) && { SRP_Verifier: verifier }),
    ...(withKey && { SEC_PWD_Enc: opensWith(message) }),
  };
}

const SALTS = ['saltKey', 'saltAuth', 'saltEnc'] as const;

/**
 * The mistake that explains what is wrong with a signup; undefined where none does. What one mistake does to several
 * values tells it from others that do the same to one of them.
 */
export async function explainSignup(
  { oracle }: ClientBench,
  account: Pick<Signup, 'typed' | 'body'>,
): Promise<string | undefined> {
  const { body } = account;
  if (SALTS.some((name) => !/^[0-9a-f]{64}$/.test(textOf(body, name)))) return undefined;
  const expected = oracle.account(known(account));
  const message = textOf(body, 'encSymmetricKey');
  const sealing = explainSealedKey(oracle, expected, message);
  const isMessage = findFault('aes-message', jsonOf(message)) === undefined;
  const derived = await expected.explain(seenIn(body, isMessage), { pairs: sealing === undefined });
  // What was sealed with another key may be sealed wrongly, or the key derived wrongly.
  const both = [derived, sealing].filter((one) => one !== undefined);
  return both.length > 0 ? both.join(' ') : explainWrappedKey(oracle, expected, message);
}
