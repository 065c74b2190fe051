/**
 * Why a client refuses a right M2 (5.5): it logs in again, and is answered with the M2 that each known mistake makes of the
 * login, until it takes one.
 */
import { createDerivation } from '../../spec/diagnose/derivation.ts';
import { oneOf, type Diagnosed } from '../../spec/diagnose/explanation.ts';
import { namedMistakes, type Mistake } from '../../spec/mutate.ts';
import type { Answer } from '../lies/answers.ts';
import { LOGIN_M1 } from '../peer/calls.ts';
import type { ClientBench, Login, Signup } from './bench.ts';
import { valuesUnderWay } from './login-seen.ts';
import { narrowed } from './narrowing.ts';
import { probe } from './probing.ts';

/** Lets the client log in. */
type LogIn = (account: Signup) => Promise<Login>;

/** The mistake by which a client takes another M2; undefined where it takes none that is known. */
export async function explainRefusedM2(
  bench: ClientBench,
  logIn: LogIn = ({ typed }) => bench.login(typed),
): Promise<Diagnosed | undefined> {
  if (!bench.oracle.explains) return undefined;
  const { touches } = createDerivation(bench.profile, { 'srp.B': new Uint8Array() });
  // M1 is right: it is a mistake that has no part in it.
  const suspects = namedMistakes(bench.profile).filter(
    (mistake) => touches(mistake, 'srp.M2') && !touches(mistake, 'srp.M1'),
  );
  const taken = await probe(bench, suspects, (account, mistake) =>
    attempt(bench, account, mistake, suspects, logIn),
  );
  const diagnosed = oneOf(['srp.M2'], taken ?? []);
  return diagnosed && (await narrowed(bench, diagnosed));
}

/** The mistake, and others that come to the same M2, where the client takes it; those that come to the same session id, where any do. */
async function attempt(
  bench: ClientBench,
  account: Signup,
  mistake: Mistake,
  suspects: readonly Mistake[],
  logIn: LogIn,
): Promise<readonly Mistake[] | undefined> {
  let alike: readonly Mistake[] = [];
  let sessionOf: (mistake: Mistake) => string | undefined = () => undefined;
  const alter = (own: Answer): Answer => {
    const valueOf = valuesUnderWay(bench, account);
    const srpM2 = valueOf('srp.M2', mistake);
    if (srpM2 === undefined || srpM2 === own['srpM2']) return own;
    const isAlike = (other: Mistake): boolean => other !== mistake && valueOf('srp.M2', other) === srpM2;
    alike = [mistake, ...suspects.filter(isAlike)];
    sessionOf = (one) => valueOf('session.id', one);
    return { ...own, srpM2 };
  };
  const { exchanges } = await bench.peer.withFault([{ call: LOGIN_M1, alter }], () => logIn(account));
  const taken = exchanges.find(({ requestHeaders }) => requestHeaders['x-session-id'] !== undefined);
  if (taken === undefined || alike.length === 0) return undefined;
  const fitting = alike.filter((one) => sessionOf(one) === taken.requestHeaders['x-session-id']);
  return fitting.length > 0 ? fitting : alike;
}
