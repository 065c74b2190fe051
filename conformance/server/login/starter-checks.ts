/** Starter ids: long, random, and of no use to whoever guesses (7.3). */
import { expectThat, type Check } from '../../check.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { isSuccess, statusAndBody, type OpenLogin, type ServerBench } from '../bench/bench.ts';
import { expectM2, M1 } from './proof.ts';
import { inAnyOrder, lastingDifference } from '../answers/alike.ts';
import { requireJudged } from '../answers/refusal.ts';
import { wildcardFor } from '../fixtures/absent-id.ts';
import { victim } from './victims.ts';
import { honestLogin } from '../fixtures/honest-login.ts';

/** How many starters are compared: so many that a character of 64 shows more than 32 of its values. */
const STARTERS = 128;
const LEAST_BITS = 128;

/**
 * The most randomness that ids can hold, in bits: for every place the digits that the values seen there need. What
 * does not change from one id to the next, such as a time or a machine, counts for nothing.
 */
export function bitsThatVary(ids: readonly string[]): number {
  const length = Math.max(...ids.map((id) => id.length));
  const places = Array.from({ length }, (_, place) => new Set(ids.map((id) => id[place])).size);
  return places.reduce((sum, values) => sum + Math.ceil(Math.log2(values)), 0);
}

export const starterChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.login.starter-random',
    floods: 'it begins more than a hundred logins',
    title:
      'Starter ids never repeat, and have room for 16 random bytes in what changes from one to the next.',
    requirements: ['LOGIN-03'],
    async run(bench) {
      const accounts = [await bench.jane(), await bench.bob()];
      const { srpA } = JSON.parse((await bench.open(await bench.jane())).ephemeral.requestBody) as {
        srpA: string;
      };
      const ids: string[] = [];
      for (const { body } of accounts)
        for (let i = 0; i < STARTERS / accounts.length; i++) {
          const answer = await bench.send('POST', '/auth/login-a', { body: { email: body.email, srpA } });
          expectThat(isSuccess(answer), 'login-a was refused', {
            expected: 'a starter, for every login-a',
            actual: statusAndBody(answer),
          });
          ids.push(textOf(jsonOf(answer.responseBody), 'sessionStarterId'));
        }
      const finding = {
        sent: `${STARTERS} times login-a`,
        actual: `ids such as ${ids.slice(-3).join(', ')}`,
      };
      expectThat(new Set(ids).size === ids.length, 'a starter id was handed out twice', {
        ...finding,
        expected: 'an id of its own for every login-a',
      });
      const bits = bitsThatVary(ids);
      expectThat(bits >= LEAST_BITS, `starter ids change in ${bits} bits at most`, {
        ...finding,
        expected: `at least ${LEAST_BITS} random bits`,
      });
    },
  },
  {
    id: 'server.login.starter-alike',
    title:
      'A proof for a starter that is unknown or used, or named by a wildcard, is answered exactly like a wrong proof.',
    requirements: ['LOGIN-09'],
    twin: honestLogin,
    async run(bench) {
      const others: OpenLogin[] = [];
      const difference = await lastingDifference(async () => {
        const login = await bench.open(await victim(bench, 3));
        const open = await bench.open(await victim(bench, 1));
        others.push(open);
        const wildcard = { ...open, sessionStarterId: wildcardFor(open.sessionStarterId) };
        const sessionStarterId = Array.from(login.sessionStarterId).reverse().join('');
        const [[wrong, used], unknown] = await inAnyOrder(
          async () =>
            [await bench.prove(login, '0'.repeat(64)), await bench.prove(login, M1(login))] as const,
          () => bench.prove({ ...login, sessionStarterId }, M1(login)),
        );
        const like = await bench.prove(wildcard, M1(open));
        for (const answer of [wrong, used, unknown, like]) requireJudged('a wrong proof', answer);
        return [
          { what: 'a used starter', one: wrong, other: used },
          { what: 'an unknown starter', one: wrong, other: unknown },
          { what: 'a starter that is a pattern', one: wrong, other: like },
        ];
      });
      expectThat(
        difference === undefined,
        'a starter that is none is answered otherwise than a wrong proof',
        {
          sent: 'login-m1 with a wrong proof, with the same starter again, and with a starter that nobody handed out',
          expected: 'the same status, headers and body',
          actual: difference ?? '',
        },
      );
      for (const open of others) expectM2(open, await bench.prove(open, M1(open)));
    },
  },
];
