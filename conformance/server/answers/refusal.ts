/** How a server refuses: with its status and an error body (9.5, 10). */
import { findFault } from '../../../reference/index.ts';
import errors from '../../../spec/errors.json' with { type: 'json' };
import { expectSame, expectThat, Limited } from '../../check.ts';
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import { requestLine, statusAndBody } from '../bench/bench.ts';

/** Throws where the server limits attempts (9.8) and so judged nothing. @throws Limited */
export function requireJudged(what: string, { status }: Exchange): void {
  if (status === 429) throw new Limited(what);
}

/**
 * Fails unless the answer refuses, and with one of these statuses where any are named.
 *
 * @throws Limited where the server limits attempts (9.8) and so judged nothing
 */
export function expectRefusal(
  what: string,
  answer: Exchange,
  statuses: readonly number[],
  error?: string,
): void {
  if (!statuses.includes(429)) requireJudged(what, answer);
  const named = error === undefined ? '' : ` and the error ${error}`;
  const finding = {
    sent: requestLine(answer),
    expected: `status ${statuses.join(' or ')}${named}`,
    actual: statusAndBody(answer),
  };
  expectThat(statuses.includes(answer.status), `${what} was not refused as it must be`, finding);
  const fault = findFault('error', jsonOf(answer.responseBody));
  expectThat(fault === undefined, `${what} was refused without a proper error body`, {
    ...finding,
    expected: 'an error body: {"error", "message"}',
  });
  if (error !== undefined)
    expectSame(`the error for ${what}`, error, textOf(jsonOf(answer.responseBody), 'error'), finding);
}

/** The codes that the table in 10.2 has for a status. */
export const codesOf = (status: number): readonly string[] =>
  Object.entries(errors.codes)
    .filter(([, code]) => code.status === status || (status >= 500 && code.status === 500))
    .map(([name]) => name);
