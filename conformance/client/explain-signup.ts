/** Why what a client sends at signup is wrong: every value of it that can be judged, looked at together (chapters 4 to 6). */
import { together, type Diagnosed } from '../../spec/diagnose/explanation.ts';
import { textOf } from '../peer/exchange.ts';
import { known, type ClientBench, type Signup } from './bench.ts';
import { explainSealedKey, explainWrappedKey } from './explain-message.ts';
import { hasSalts, narrowed, seenIn } from './narrowing.ts';

/**
 * The mistake that explains what is wrong with a signup; undefined where none does. What one mistake does to several
 * values tells it from others that do the same to one of them.
 */
export async function explainSignup(
  bench: ClientBench,
  account: Pick<Signup, 'typed' | 'body'>,
): Promise<Diagnosed | undefined> {
  const { oracle } = bench;
  const { body } = account;
  if (!hasSalts(body)) return undefined;
  const expected = oracle.account(known(account));
  const message = textOf(body, 'encSymmetricKey');
  const sealing = explainSealedKey(oracle, expected, message);
  const found = await expected.explain(seenIn(body), { pairs: sealing === undefined });
  const derived = found && (await narrowed(bench, found));
  // What was sealed with another key may be sealed wrongly, or the key derived wrongly.
  if (derived !== undefined && sealing !== undefined && !isOfBothKeys(derived))
    return together([derived, sealing]);
  return derived ?? sealing ?? (await explainWrappedKey(oracle, expected, message));
}

/** Whether it explains the other verifier too, and so the key is not the one that is right for something else. */
const isOfBothKeys = ({ explains }: Diagnosed): boolean =>
  ['SRP_Verifier', 'SEC_PWD_Enc'].every((name) => explains.includes(name));
