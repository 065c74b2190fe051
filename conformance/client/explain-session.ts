/** Why a session id is not K (5.6): the mistake that yields it, and with it the verifier, M1 and M2 of the login. */
import { oneOf, type Diagnosed } from '../../spec/diagnose/explanation.ts';
import { namedMistakes, type Mistake } from '../../spec/mutate.ts';
import { LOGIN_M1 } from '../peer/calls.ts';
import { callOf, jsonOf, textOf, type Exchange } from '../peer/exchange.ts';
import type { ClientBench } from './bench.ts';
import { hexOf, loginIn, rightOf, viewOf, type Account } from './login-seen.ts';
import { narrowed } from './narrowing.ts';

/**
 * The mistake that explains a session id; undefined where none does.
 *
 * @param exchanges - those of a login whose M2 the client has taken
 */
export async function explainSession(
  bench: ClientBench,
  account: Account,
  exchanges: readonly Exchange[],
  sessionId: string,
): Promise<Diagnosed | undefined> {
  const seen = loginIn(bench, exchanges);
  if (!bench.oracle.explains || seen === undefined) return undefined;
  const proof = exchanges.findLast((exchange) => callOf(exchange) === LOGIN_M1);
  const observed = {
    SRP_Verifier: textOf(account.body, 'verifier'),
    'srp.M1': seen.M1,
    'srp.M2': textOf(jsonOf(proof?.responseBody ?? ''), 'srpM2'),
    'session.id': sessionId,
  };
  const view = viewOf(bench, account, seen);
  const yields = (mistake: Mistake): boolean =>
    Object.entries(observed).every(([name, value]) => hexOf(view.value(name, mistake)) === value);
  const suspects = namedMistakes(bench.profile).filter((mistake) => view.isQuick(mistake, 'session.id'));
  const diagnosed =
    oneOf(['session.id'], suspects.filter(yields)) ?? (await rightOf(bench, account, seen).explain(observed));
  return diagnosed && (await narrowed(bench, diagnosed));
}
