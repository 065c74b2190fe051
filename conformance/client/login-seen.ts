/** A login as the server sees it, and what a client with a mistake would make of it (5.3 to 5.5). */
import { toHex } from '../../reference/index.ts';
import { loginSeen, type LoginSeen } from '../../spec/diagnose/client.ts';
import type { Mistake } from '../../spec/mutate.ts';
import type { Explained } from '../oracle.ts';
import { LOGIN_A, LOGIN_M1 } from '../peer/calls.ts';
import { callOf, jsonOf, textOf, type Exchange } from '../peer/exchange.ts';
import { known, type ClientBench, type Signup } from './bench.ts';

/** A login as the server sees it. */
export interface Seen {
  readonly b: Uint8Array;
  readonly A: string;
  readonly B: string;
  readonly M1: string;
}

export const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** What the server sees of a login; undefined where it did not come to a proof. */
export function seenIn(exchanges: readonly Exchange[], b: Uint8Array | undefined): Seen | undefined {
  const made = (call: string) => exchanges.findLast((exchange) => callOf(exchange) === call);
  const [begun, proof] = [made(LOGIN_A), made(LOGIN_M1)];
  if (begun === undefined || proof === undefined || b === undefined) return undefined;
  const A = textOf(jsonOf(begun.requestBody), 'srpA');
  const B = textOf(jsonOf(begun.responseBody), 'srpB');
  return { b, A, B, M1: textOf(jsonOf(proof.requestBody), 'srpM1') };
}

/** The same with an honest server, whose b the suite knows. */
export function loginIn({ peer }: ClientBench, exchanges: readonly Exchange[]): Seen | undefined {
  const begun = exchanges.findLast((exchange) => callOf(exchange) === LOGIN_A);
  return seenIn(exchanges, peer.secretOf(textOf(jsonOf(begun?.responseBody ?? ''), 'srpB')));
}

/** What was typed and sent at signup, or salts alone of an account that the suite made. */
export type Account = Pick<Signup, 'typed' | 'body'>;

/** What is known of an account and b, by symbol. */
export const givenOf = (account: Account, b: Uint8Array) => {
  const { email, passphrase, saltKey, saltAuth } = known(account);
  return { email, passphrase, SLT_Auth_1: bytes(saltKey), SLT_Auth_2: bytes(saltAuth), b };
};

/** What a client with a mistake makes of it. */
export const viewOf = ({ oracle }: ClientBench, account: Account, { b, A, B }: Omit<Seen, 'M1'>): LoginSeen =>
  loginSeen(oracle.profile, { ...givenOf(account, b), 'srp.A': bytes(A), 'srp.B': bytes(B) }, oracle.cache);

export const hexOf = (value: Uint8Array | undefined): string | undefined => value && toHex(value);

/** Whether the proof is that of a mistake. */
export const yieldsM1 = (view: LoginSeen, mistake: Mistake, { M1 }: Seen): boolean =>
  hexOf(view.value('srp.M1', mistake)) === M1;

/** What is right in it. */
export const rightOf = ({ oracle }: ClientBench, account: Account, { A, B, b }: Seen): Explained =>
  oracle.loginAtServer(known(account), { A: bytes(A), B: bytes(B), b });

/** A value of a login as a client with a mistake has it, as hex; undefined where it cannot be known. */
export type ValueOf = (name: string, mistake: Mistake) => string | undefined;

/** Those of the login that is under way. */
export function valuesUnderWay(bench: ClientBench, account: Account): ValueOf {
  const begun = bench.peer.exchanges.findLast((exchange) => callOf(exchange) === LOGIN_A);
  const [A, B] = [
    textOf(jsonOf(begun?.requestBody ?? ''), 'srpA'),
    textOf(jsonOf(begun?.responseBody ?? ''), 'srpB'),
  ];
  const b = bench.peer.secretOf(B);
  if (b === undefined) return () => undefined;
  const view = viewOf(bench, account, { A, B, b });
  return (name, mistake) => hexOf(view.value(name, mistake));
}
