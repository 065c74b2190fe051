/**
 * Why M1 is wrong (5.3 to 5.5): what each known mistake of a client would make of the login. Where a mistake gives S
 * another base, no M1 of an honest login tells it: the client logs in again, with a B that would be right for the mistake.
 */
import { randomBytes } from 'node:crypto';
import { pad, toHex, toInteger } from '../../reference/index.ts';
import { loginSeen } from '../../spec/diagnose/client.ts';
import { oneOf, type Diagnosed } from '../../spec/diagnose/explanation.ts';
import { namedMistakes, type Mistake } from '../../spec/mutate.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { LOGIN_A } from '../peer/calls.ts';
import { callOf, jsonOf, textOf, type Exchange } from '../peer/exchange.ts';
import { known, type ClientBench, type Signup } from './bench.ts';
import { explainA, GROUP_BYTES } from './explain-ephemeral.ts';
import { explainSignup } from './explain-signup.ts';
import {
  bytes,
  givenOf,
  hexOf,
  loginIn,
  rightOf,
  seenIn,
  viewOf,
  yieldsM1,
  type Account,
  type Seen,
} from './login-seen.ts';
import { narrowed } from './narrowing.ts';
import { probe } from './probing.ts';

const N = BigInt(`0x${protocol.constants.N.value}`);

/**
 * The mistake that explains the M1 of a login with an honest server, or an A that was refused; undefined where none is
 * found, or nothing is wrong.
 *
 * @param account - what was typed and the salts; the verifier is the one that they give
 */
export async function explainProof(
  bench: ClientBench,
  account: Account,
  exchanges: readonly Exchange[],
): Promise<Diagnosed | undefined> {
  if (!bench.oracle.explains) return undefined;
  const seen = loginIn(bench, exchanges);
  if (seen === undefined) return explainA(bench.profile, sentA(exchanges));
  if (toHex(rightOf(bench, account, seen)('srp.M1')) === seen.M1) return undefined;
  const view = viewOf(bench, account, seen);
  const suspects = namedMistakes(bench.profile).filter((mistake) => view.isQuick(mistake, 'srp.M1'));
  const found = suspects.filter((mistake) => yieldsM1(view, mistake, seen));
  // What spoils the verifier was made at signup too; of accounts that the suite made there is none.
  const verifier = textOf(account.body, 'verifier');
  const fitting = found.filter((mistake) => hexOf(view.value('SRP_Verifier', mistake)) === verifier);
  const diagnosed = oneOf(['srp.M1'], fitting.length > 0 ? fitting : found);
  if (diagnosed !== undefined) return await narrowed(bench, diagnosed);
  // Whoever makes a wrong verifier cannot log in with a right one either.
  const signedUp = verifier === '' ? await bench.jane() : account;
  if (textOf(signedUp.body, 'verifier') !== toHex(bench.oracle.account(known(signedUp))('SRP_Verifier')))
    return await (signedUp === account
      ? explainWithVerifier(bench, account, seen)
      : explainSignup(bench, signedUp));
  const others = suspects.filter((mistake) => {
    // What shows in the verifier was made at signup too.
    const wanted = view.isQuick(mistake, 'SRP_Verifier') ? undefined : view.B(mistake);
    return wanted?.length === seen.B.length / 2 && toHex(wanted) !== seen.B;
  });
  const lostSign = toHex(M1OfOtherSign(bench, account, seen)) === seen.M1;
  // Mechanical mistakes and pairs, with the S of the server.
  return (
    (await probed(bench, others, lostSign)) ??
    (await rightOf(bench, account, seen).explain({ 'srp.M1': seen.M1 }))
  );
}

/** Whose M1 is not explained by what explains the verifier. */
const inVain = new WeakSet<ClientBench>();

/** With a wrong verifier M1 is wrong too, whatever the client does at a login: the signup is explained, and M1 where the same does. */
async function explainWithVerifier(
  bench: ClientBench,
  account: Account,
  seen: Seen,
): Promise<Diagnosed | undefined> {
  const observed = { SRP_Verifier: textOf(account.body, 'verifier'), 'srp.M1': seen.M1 };
  const both = inVain.has(bench) ? undefined : await rightOf(bench, account, seen).explain(observed);
  if (both?.explains.includes('srp.M1') === true) return await narrowed(bench, both);
  inVain.add(bench);
  return await explainSignup(bench, account);
}

/** M1 from N - S: what comes of a base that is less by its sign, where the exponent is odd. */
function M1OfOtherSign(bench: ClientBench, account: Account, seen: Seen): Uint8Array {
  const right = rightOf(bench, account, seen);
  const { srp } = bench.steps;
  const S = pad(N - toInteger(right('srp.S')), GROUP_BYTES);
  const I = bench.steps.I(bench.steps.email(account.typed.email));
  const [s, A, B] = [bytes(textOf(account.body, 'saltAuth')), bytes(seen.A), bytes(seen.B)];
  return srp.M1({ I, s, A, B, S, K: srp.K(S) });
}

/** Whether a B is k·v - g^b: an honest client has the right S with it too, in each login whose exponent is even. */
const isOfOtherSign = ({ steps }: ClientBench, B: Uint8Array, honestB: Uint8Array, b: Uint8Array): boolean =>
  (toInteger(B) - toInteger(honestB) + 2n * toInteger(steps.srp.A(b))) % N === 0n;

/** A as it was sent, of whatever length; empty where it was not. */
function sentA(exchanges: readonly Exchange[]): string {
  const begun = exchanges.find((exchange) => callOf(exchange) === LOGIN_A);
  return textOf(jsonOf(begun?.requestBody ?? ''), 'srpA');
}

/**
 * Lets the client log in once for each suspect, with the B that is right for it.
 *
 * @param lostSign - whether the M1 that is to be explained is that of N - S
 */
async function probed(
  bench: ClientBench,
  suspects: readonly Mistake[],
  lostSign: boolean,
): Promise<Diagnosed | undefined> {
  const order = suspects.toSorted((one, two) => two.seen.length - one.seen.length);
  return await probe(bench, order, async (account, mistake) =>
    oneOf(['srp.M1'], await madeBy(bench, account, mistake, suspects, lostSign)),
  );
}

/** Where M1 is the one of a mistake if B is the one that is right for it: the mistake, and others that come to the same. */
async function madeBy(
  bench: ClientBench,
  account: Signup,
  mistake: Mistake,
  suspects: readonly Mistake[],
  lostSign: boolean,
): Promise<readonly Mistake[]> {
  const b = Uint8Array.from(randomBytes(32));
  const chosen = loginSeen(bench.profile, givenOf(account, b), bench.oracle.cache);
  const wanted = chosen.B(mistake);
  if (wanted === undefined || toHex(wanted) === toHex(chosen.honestB ?? wanted)) return [];
  if (!lostSign && isOfOtherSign(bench, wanted, chosen.honestB ?? wanted, b)) return [];
  const alter = (own: Readonly<Record<string, unknown>>) => ({ ...own, srpB: toHex(wanted) });
  const { exchanges } = await bench.peer.withFault([{ call: LOGIN_A, alter }], () =>
    bench.login(account.typed),
  );
  const seen = seenIn(exchanges, b);
  if (seen === undefined) return [];
  const view = viewOf(bench, account, seen);
  if (!yieldsM1(view, mistake, seen)) return [];
  const isAlike = (other: Mistake): boolean => {
    const B = other === mistake ? undefined : chosen.B(other);
    return B !== undefined && toHex(B) === toHex(wanted) && yieldsM1(view, other, seen);
  };
  return [mistake, ...suspects.filter(isAlike)];
}
