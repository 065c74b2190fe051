/** What a server says to a proof: M2 to a right one, and nothing that is of use to any other (5.5, 7.3). */
import { toHex } from '../../../reference/index.ts';
import type { Diagnosed } from '../../../spec/diagnose/explanation.ts';
import { expectSame, expectThat } from '../../check.ts';
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import { isSuccess, requestLine, statusAndBody, type OpenLogin, type ServerBench } from '../bench/bench.ts';
import { expectRefusal, requireJudged } from '../answers/refusal.ts';

/** M1 of a login, as the client sends it. */
export const M1 = (login: OpenLogin): string => toHex(login.expected('srp.M1'));

/**
 * Fails unless the answer has the M2 of the login.
 *
 * @param diagnosis - what explains that the proof was refused, where it was
 * @param explain - finds what explains another M2
 */
export function expectM2(
  { expected }: OpenLogin,
  answer: Exchange,
  diagnosis?: Diagnosed,
  explain = (srpM2: string) => expected.explain({ 'srp.M2': srpM2 }),
): void {
  requireJudged('a right proof', answer);
  const sent = requestLine(answer);
  expectThat(isSuccess(answer), 'a right M1 was refused', {
    sent,
    expected: 'M2',
    actual: statusAndBody(answer),
    diagnosis,
  });
  const srpM2 = textOf(jsonOf(answer.responseBody), 'srpM2');
  expectSame('srpM2', toHex(expected('srp.M2')), srpM2, {
    sent,
    explain: () => explain(srpM2),
  });
}

/** Fails unless the proof was refused, M2 kept back, and no session started. */
export async function expectNoSession(
  bench: ServerBench,
  what: string,
  login: OpenLogin,
  answer: Exchange,
): Promise<void> {
  expectNothingToldOf(what, login, answer);
  const whoami = await bench.send('GET', '/auth/whoami', { sessionId: toHex(login.expected('session.id')) });
  expectRefusal(`the session of ${what}`, whoami, [401], 'no-session');
}

/** Fails unless the proof was refused and M2 kept back. */
export function expectNothingToldOf(what: string, login: OpenLogin, answer: Exchange): void {
  const finding = { sent: requestLine(answer), actual: statusAndBody(answer) };
  expectThat(!answer.responseBody.includes(toHex(login.expected('srp.M2'))), `M2 was revealed for ${what}`, {
    ...finding,
    expected: 'no M2',
  });
  expectThat(!isSuccess(answer), `${what} was accepted`, {
    ...finding,
    expected: 'status 401 and the error wrong-proof',
  });
}
