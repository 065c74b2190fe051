/** What holds for every answer of a server in the whole run (chapters 3, 9 and 10). They come last. */
import { expectThat, type Check } from '../check.ts';
import { callOf, type Exchange } from '../peer/exchange.ts';
import { requestLine, type ServerBench } from './bench.ts';

/** Judges every answer, once an honest login has shown that there are any worth judging. */
function everyAnswer(
  id: string,
  title: string,
  requirements: readonly string[],
  judge: (exchange: Exchange, bench: ServerBench) => Promise<void> | void,
): Check<ServerBench> {
  return {
    id,
    title,
    requirements,
    async run(bench) {
      await bench.login(await bench.jane());
      for (const exchange of bench.exchanges) await judge(exchange, bench);
    },
  };
}

/** The page behind a confirmation link need not be JSON. */
function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}

export const answerChecks: readonly Check<ServerBench>[] = [
  everyAnswer(
    'server.answers.media-type',
    'Every JSON answer is served as exactly application/json.',
    ['HTTP-04'],
    (exchange) => {
      const type = exchange.responseHeaders['content-type'];
      expectThat(
        !isJson(exchange.responseBody) || type === 'application/json',
        'an answer has another media type',
        {
          sent: requestLine(exchange),
          expected: 'content-type: application/json',
          actual: `content-type: ${type ?? 'missing'}`,
        },
      );
    },
  ),
  everyAnswer(
    'server.answers.no-store',
    'No answer under /auth may be stored by a cache.',
    ['HTTP-15'],
    (exchange) => {
      const header = exchange.responseHeaders['cache-control'] ?? 'missing';
      expectThat(
        !exchange.target.startsWith('/auth/') || /\bno-store\b/.test(header),
        'an answer may be stored by a cache',
        {
          sent: callOf(exchange),
          expected: 'cache-control: no-store',
          actual: `cache-control: ${header}`,
        },
      );
    },
  ),
  everyAnswer(
    'server.answers.verifier',
    'No answer holds a verifier.',
    ['KEY-06'],
    async (exchange, bench) => {
      for (const { body } of [await bench.jane(), await bench.bob()])
        expectThat(
          !exchange.responseBody.toLowerCase().includes(body.verifier),
          'an answer holds SRP_Verifier',
          {
            sent: requestLine(exchange),
            expected: 'the verifier never leaves the server',
            actual: callOf(exchange),
          },
        );
    },
  ),
];
