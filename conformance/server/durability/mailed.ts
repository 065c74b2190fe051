/** Mailed links and codes that are used later than a moment after they came (7.2, 7.8). */
import { Blocked, expectThat } from '../../check.ts';
import type { Exchange } from '../../peer/exchange.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { changeTo, credentialOf, successor } from '../bench/credential.ts';
import { CHANGE } from '../change/change.ts';
import { withCode } from '../change/mailed-code.ts';
import { signedUp, type Witness } from './witness.ts';

/** Signs up. @returns the account and the link that was mailed to it @throws Blocked */
export async function waiting(bench: ServerBench) {
  const made = await signedUp(bench);
  const link = await bench.confirmationLink(made.account);
  if (link === undefined) throw new Blocked('no mail with a confirmation link came');
  return { ...made, link };
}

/** Changes the passphrase with a code, whatever comes of it. */
export async function changeBy(who: Witness, code: string): Promise<Exchange> {
  const { bench, account } = who;
  const from = who.credential.certain;
  const to = successor(bench, from, credentialOf(bench));
  const answer = await who.call(
    'POST',
    CHANGE,
    withCode(changeTo(bench, account.body.email, from, to), code),
  );
  if (isSuccess(answer)) who.credential = { certain: to, possible: to };
  return answer;
}

/** Fails unless it was accepted. */
export function expectDone(what: string, answer: Exchange): void {
  expectThat(isSuccess(answer), `${what} was refused`, {
    sent: requestLine(answer),
    expected: 'status 200: what was acknowledged is kept',
    actual: statusAndBody(answer),
  });
}
