/**
 * Why a client refuses a right M2 (5.5): it logs in again, and is answered with the M2 that each known mistake makes of the
 * login, until it takes one.
 */
import { toHex } from '../../reference/index.ts';
import { createDerivation } from '../../spec/diagnose/derivation.ts';
import { loginSeen } from '../../spec/diagnose/client.ts';
import { alsoOf, byMistakes } from '../../spec/diagnose/explanation.ts';
import { namedMistakes, type Mistake } from '../../spec/mutate.ts';
import type { Answer } from '../faults/answers.ts';
import { callOf, jsonOf, textOf } from '../peer/exchange.ts';
import { known, type ClientBench, type Login, type Signup } from './bench.ts';
import { probe } from './probing.ts';

const [LOGIN_A, LOGIN_M1] = ['POST /auth/login-a', 'POST /auth/login-m1'] as const;

/** A value of the login that is under way, as a client with a mistake has it; undefined where it cannot be known. */
type ValueOf = (name: string, mistake: Mistake) => string | undefined;

/** Lets the client log in. */
type LogIn = (account: Signup) => Promise<Login>;

/** The mistake by which a client takes another M2; undefined where it takes none that is known. */
export async function explainRefusedM2(
  bench: ClientBench,
  logIn: LogIn = ({ typed }) => bench.login(typed),
): Promise<string | undefined> {
  if (!bench.oracle.explains) return undefined;
  const { touches } = createDerivation(bench.profile, { 'srp.B': new Uint8Array() });
  // M1 is right: it is a mistake that has no part in it.
  const suspects = namedMistakes(bench.profile).filter(
    (mistake) => touches(mistake, 'srp.M2') && !touches(mistake, 'srp.M1'),
  );
  const taken = await probe(bench, suspects, (account, mistake) =>
    attempt(bench, account, mistake, suspects, logIn),
  );
  return taken && byMistakes(['srp.M2'], taken.slice(0, 1)).sentence + alsoOf(taken.slice(1));
}

/** The mistake, and others that come to the same M2, where the client takes it. */
async function attempt(
  bench: ClientBench,
  account: Signup,
  mistake: Mistake,
  suspects: readonly Mistake[],
  logIn: LogIn,
): Promise<readonly Mistake[] | undefined> {
  let alike: readonly Mistake[] = [];
  const alter = (own: Answer): Answer => {
    const valueOf = valuesOf(bench, account);
    const srpM2 = valueOf('srp.M2', mistake);
    if (srpM2 === undefined || srpM2 === own['srpM2']) return own;
    const isAlike = (other: Mistake): boolean => other !== mistake && valueOf('srp.M2', other) === srpM2;
    alike = [mistake, ...suspects.filter(isAlike)];
    return { ...own, srpM2 };
  };
  const { exchanges } = await bench.peer.withFault([{ call: LOGIN_M1, alter }], () => logIn(account));
  const isTaken = exchanges.some(({ requestHeaders }) => requestHeaders['x-session-id'] !== undefined);
  return isTaken && alike.length > 0 ? alike : undefined;
}

function valuesOf({ profile, oracle, peer }: ClientBench, account: Signup): ValueOf {
  const begun = peer.exchanges.findLast((exchange) => callOf(exchange) === LOGIN_A);
  const B = textOf(jsonOf(begun?.responseBody ?? ''), 'srpB');
  const A = textOf(jsonOf(begun?.requestBody ?? ''), 'srpA');
  const b = peer.secretOf(B);
  if (b === undefined) return () => undefined;
  const { email, passphrase, saltKey, saltAuth } = known(account);
  const typed = { email, passphrase, SLT_Auth_1: bytes(saltKey), SLT_Auth_2: bytes(saltAuth), b };
  const seen = loginSeen(profile, { ...typed, 'srp.A': bytes(A), 'srp.B': bytes(B) }, oracle.cache);
  return (name, mistake) => {
    const value = seen.value(name, mistake);
    return value && toHex(value);
  };
}

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
