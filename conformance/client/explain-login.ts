/**
 * Why M1 is wrong (5.3 to 5.5): what each known mistake of a client would make of the login. Where a mistake gives S
 * another base, no M1 of an honest login tells it: the client logs in again, with a B that would be right for the mistake.
 */
import { randomBytes } from 'node:crypto';
import { pad, toHex, toInteger } from '../../reference/index.ts';
import { loginSeen, type LoginSeen } from '../../spec/diagnose/client.ts';
import { alsoOf, byMistakes } from '../../spec/diagnose/explanation.ts';
import { namedMistakes, type Mistake } from '../../spec/mutate.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { callOf, jsonOf, textOf, type Exchange } from '../peer/exchange.ts';
import type { Explained } from '../oracle.ts';
import { known, type ClientBench, type Signup } from './bench.ts';
import { explainA, GROUP_BYTES } from './explain-ephemeral.ts';
import { probe } from './probing.ts';

const N = BigInt(`0x${protocol.constants.N.value}`);
const [LOGIN_A, LOGIN_M1] = ['POST /auth/login-a', 'POST /auth/login-m1'] as const;

/** A login as the server sees it. */
interface Seen {
  readonly b: Uint8Array;
  readonly A: string;
  readonly B: string;
  readonly M1: string;
}

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** What the server sees of a login; undefined where it did not come to a proof. */
function seenIn(exchanges: readonly Exchange[], b: Uint8Array | undefined): Seen | undefined {
  const made = (call: string) => exchanges.findLast((exchange) => callOf(exchange) === call);
  const [begun, proof] = [made(LOGIN_A), made(LOGIN_M1)];
  if (begun === undefined || proof === undefined || b === undefined) return undefined;
  const A = textOf(jsonOf(begun.requestBody), 'srpA');
  const B = textOf(jsonOf(begun.responseBody), 'srpB');
  return { b, A, B, M1: textOf(jsonOf(proof.requestBody), 'srpM1') };
}

type Account = Pick<Signup, 'typed' | 'body'>;

const givenOf = (account: Account, b: Uint8Array) => {
  const { email, passphrase, saltKey, saltAuth } = known(account);
  return { email, passphrase, SLT_Auth_1: bytes(saltKey), SLT_Auth_2: bytes(saltAuth), b };
};

const viewOf = ({ oracle }: ClientBench, account: Account, { b, A, B }: Omit<Seen, 'M1'>): LoginSeen =>
  loginSeen(oracle.profile, { ...givenOf(account, b), 'srp.A': bytes(A), 'srp.B': bytes(B) }, oracle.cache);

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
): Promise<string | undefined> {
  if (!bench.oracle.explains) return undefined;
  const B = textOf(jsonOf(exchanges.findLast((one) => callOf(one) === LOGIN_A)?.responseBody ?? ''), 'srpB');
  const seen = seenIn(exchanges, bench.peer.secretOf(B));
  if (seen === undefined) return explainA(bench.profile, sentA(exchanges));
  if (toHex(rightOf(bench, account, seen)('srp.M1')) === seen.M1) return undefined;
  const view = viewOf(bench, account, seen);
  const suspects = namedMistakes(bench.profile).filter((mistake) => view.isQuick(mistake, 'srp.M1'));
  const found = suspects.filter((mistake) => yieldsM1(view, mistake, seen));
  if (found.length > 0) return inWords(found);
  const others = suspects.filter((mistake) => {
    // What shows in the verifier was made at signup too, and is told there.
    const wanted = view.isQuick(mistake, 'SRP_Verifier') ? undefined : view.B(mistake);
    return wanted?.length === B.length / 2 && toHex(wanted) !== B;
  });
  const lostSign = toHex(M1OfOtherSign(bench, account, seen)) === seen.M1;
  return (await probed(bench, others, lostSign)) ?? (await explainOtherwise(bench, account, seen));
}

const yieldsM1 = (view: LoginSeen, mistake: Mistake, { M1 }: Seen): boolean => {
  const value = view.value('srp.M1', mistake);
  return value !== undefined && toHex(value) === M1;
};

/** How many are told besides the first. */
const OTHERS = 5;

const inWords = ([first, ...others]: readonly Mistake[]): string | undefined =>
  first && byMistakes(['srp.M1'], [first]).sentence + alsoOf(others.slice(0, OTHERS));

const rightOf = ({ oracle }: ClientBench, account: Account, { A, B, b }: Seen): Explained =>
  oracle.loginAtServer(known(account), { A: bytes(A), B: bytes(B), b });

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

/** Mechanical mistakes and pairs, with the S of the server. */
const explainOtherwise = async (
  bench: ClientBench,
  account: Account,
  seen: Seen,
): Promise<string | undefined> => await rightOf(bench, account, seen).explain({ 'srp.M1': seen.M1 });

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
): Promise<string | undefined> {
  const order = suspects.toSorted((one, two) => two.seen.length - one.seen.length);
  return await probe(bench, order, async (account, mistake) =>
    inWords(await madeBy(bench, account, mistake, suspects, lostSign)),
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
