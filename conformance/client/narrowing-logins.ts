/** Which of several mistakes fit further logins of a client: what M1 it sends, what M2 it takes, and with what session id it goes on (5.4 to 5.6). */
import type { Mistake } from '../../spec/mutate.ts';
import { Blocked } from '../check.ts';
import { LOGIN_M1 } from '../peer/calls.ts';
import type { Exchange } from '../peer/exchange.ts';
import type { ClientBench, Login, Signup } from './bench.ts';
import { loginWith } from './chosen-b.ts';
import { hexOf, loginIn, valuesUnderWay, viewOf, yieldsM1 } from './login-seen.ts';

type LogIn = (bench: ClientBench, account: Signup) => Promise<Login>;

/** A login as they come, and two in which a value begins with a zero byte that a mistake may lose. */
const LOGINS: readonly LogIn[] = [
  (bench, { typed }) => bench.login(typed),
  (bench, account) => loginWith(bench, account, 'S'),
  (bench, account) => loginWith(bench, account, 'K'),
];

/** Those that fit what the client does in some more logins, with accounts that nothing else needs. */
export async function fittingLogins(
  bench: ClientBench,
  mistakes: readonly Mistake[],
): Promise<readonly Mistake[]> {
  let left = mistakes;
  try {
    for (const logIn of LOGINS) {
      if (left.length < 2) break;
      const account = await bench.someone(bench.fresh('narrowing'));
      left = byProof(bench, account, (await logIn(bench, account)).exchanges, left);
      if (left.length > 1) left = await byProofOfServer(bench, account, logIn, left);
    }
  } catch (error) {
    if (!(error instanceof Blocked)) throw error; // without an account there is nothing to try
  }
  return left;
}

/** Those that may have made of a login what the client made of it; all where none may, or it did not come to a proof. */
function byProof(
  bench: ClientBench,
  account: Signup,
  exchanges: readonly Exchange[],
  mistakes: readonly Mistake[],
): readonly Mistake[] {
  const seen = loginIn(bench, exchanges);
  if (seen === undefined) return mistakes;
  const view = viewOf(bench, account, seen);
  // With another B than was sent, nobody knows the M1 of a mistake.
  const told = mistakes.filter((mistake) => hexOf(view.B(mistake)) === seen.B);
  const yielding = told.filter((mistake) => yieldsM1(view, mistake, seen));
  if (yielding.length > 0) return yielding;
  const untold = mistakes.filter((mistake) => !told.includes(mistake));
  return untold.length > 0 ? untold : mistakes;
}

/** Whatever M1 is, the client is answered with the M2 of one mistake after the other, until it takes one and goes on. */
async function byProofOfServer(
  bench: ClientBench,
  account: Signup,
  logIn: LogIn,
  mistakes: readonly Mistake[],
): Promise<readonly Mistake[]> {
  let left = mistakes;
  for (const mistake of mistakes) {
    if (!left.includes(mistake)) continue;
    let alike = left;
    let sessionOf = (_: Mistake): string | undefined => undefined;
    const tell = () => {
      const valueOf = valuesUnderWay(bench, account);
      const srpM2 = valueOf('srp.M2', mistake);
      if (srpM2 !== undefined) alike = left.filter((one) => valueOf('srp.M2', one) === srpM2);
      sessionOf = (one) => valueOf('session.id', one);
      return { body: JSON.stringify({ srpM2 }) };
    };
    const { outcome } = await bench.peer.lying({ call: LOGIN_M1, tell }, () => logIn(bench, account));
    const asked = outcome.exchanges.find(
      ({ requestHeaders }) => requestHeaders['x-session-id'] !== undefined,
    );
    if (asked !== undefined) {
      const fitting = alike.filter((one) => sessionOf(one) === asked.requestHeaders['x-session-id']);
      return fitting.length > 0 ? fitting : alike;
    }
    if (alike.length === left.length) return left;
    left = left.filter((one) => !alike.includes(one));
    if (left.length === 1) return left;
  }
  return left;
}
