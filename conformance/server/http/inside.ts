/** No refusal tells of the inside of a server, in its body or a header (10.1). */
import { expectThat, shorten } from '../../check.ts';
import type { Exchange } from '../../peer/exchange.ts';
import { insideIn } from '../../requests/inside.ts';
import { requestLine } from '../bench/bench.ts';
import { readable, saidBy } from './stored-values.ts';

/** Fails where a refusal tells where in its code it refused, or a path of a file that the request does not say itself. */
export function expectNoInside(refusal: Exchange, sent = requestLine(refusal)): void {
  const read = { ...refusal, responseBody: readable(refusal.responseBody) };
  const inside = insideIn(read, (text) => saidBy(refusal).includes(text));
  expectThat(inside === undefined, 'a refusal tells of the inside of the server', {
    sent,
    expected: 'no stack trace and no path of a file',
    actual: shorten(inside ?? '', 400),
  });
}
