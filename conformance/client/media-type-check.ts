/** Looks at the media type of every body that the client sent (9.2). */
import { expectSame, expectThat, type Check } from '../check.ts';
import { callOf, type Exchange } from '../peer/exchange.ts';
import type { ClientBench } from './bench.ts';

/** Letters of a media type may be of either case; a parameter after it is none that every server takes. */
export function expectMediaType(exchange: Exchange): void {
  const type = exchange.requestHeaders['content-type'] ?? 'missing';
  expectSame('content-type', 'application/json', type.toLowerCase(), { sent: callOf(exchange) });
}

export const mediaTypeCheck: Check<ClientBench> = {
  id: 'client.requests.media-type',
  title: 'Every body is sent as exactly application/json.',
  requirements: ['HTTP-03'],
  closing: true,
  async run(bench) {
    await bench.janeAttempt();
    const sent = bench.record.benches.flatMap(({ peer }) => peer.exchanges);
    const withBody = sent.filter(({ requestBody }) => requestBody !== '');
    withBody.forEach(expectMediaType);
    expectThat(withBody.length > 0, 'no body was sent', {
      expected: 'that of POST /auth/signup',
      actual: 'none',
    });
  },
};
