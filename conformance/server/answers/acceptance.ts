/** How a server accepts: with a 2xx status and, where the call has one, a body of its form (9.4, 9.5). */
import { findFault } from '../../../reference/index.ts';
import { expectThat } from '../../check.ts';
import { jsonOf, type Exchange } from '../../peer/exchange.ts';
import { isSuccess, requestLine, statusAndBody } from '../bench/bench.ts';

/** Fails unless the answer accepts. */
export function expectAccepted(what: string, answer: Exchange): void {
  expectThat(isSuccess(answer), `${what} was refused`, {
    sent: requestLine(answer),
    expected: 'a 2xx status',
    actual: statusAndBody(answer),
  });
}

/** Fails unless the answer accepts with a body that this schema describes. @returns the body, an object or a list */
export function expectBody(
  what: string,
  answer: Exchange,
  schema: string,
): Readonly<Record<string, unknown>> {
  expectAccepted(what, answer);
  const body = jsonOf(answer.responseBody);
  const fault = findFault(schema, body);
  expectThat(fault === undefined, `the answer to ${what} is not of its form`, {
    sent: requestLine(answer),
    expected: `${schema}; ${fault?.pointer ?? ''} ${fault?.reason ?? ''}`,
    actual: statusAndBody(answer),
  });
  return body;
}
