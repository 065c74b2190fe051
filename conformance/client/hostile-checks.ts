/** What a client does with a dishonest server: one check for each fault of the tables in `faults/answers.ts`. */
import { expectThat, type Check } from '../check.ts';
import { beforeProof, beforeSession, beforeUnlock, type AnswerFault } from '../faults/answers.ts';
import { callOf } from '../peer/exchange.ts';
import { VerbError } from '../target/client-target.ts';
import { callsOf, exchangeOf, type ClientBench, type Login } from './bench.ts';
import { expectRefused } from './login-checks.ts';

/** The twin is the honest login of the same account, right before; Bob's keys are there to be substituted. */
function hostileCheck(fault: AnswerFault, judge: (login: Login) => void): Check<ClientBench> {
  return {
    id: `client.login.${fault.id}`,
    title: fault.title,
    requirements: fault.requirements,
    async twin(bench) {
      await bench.bobLogin();
      await bench.loginHonestly(await bench.jane());
    },
    async run(bench) {
      const { typed, body } = await bench.jane();
      const other = bench.peer.answerToAnother(fault.call, String(body['email']));
      const login = await bench.peer.withFault(fault, other, () => bench.login(typed));
      exchangeOf(login.exchanges, fault.call);
      judge(login);
    },
  };
}

function expectNoProof({ exchanges, result }: Login): void {
  expectThat(
    !exchanges.some((exchange) => callOf(exchange) === 'POST /auth/login-m1'),
    'the client went on and sent M1',
    {
      expected: 'the login ends after login-a',
      actual: callsOf(exchanges),
    },
  );
  expectNoLogin({ exchanges, result });
}

function expectNoLogin({ exchanges, result }: Login): void {
  expectThat(result instanceof VerbError, 'the client reported a login', {
    expected: 'an error',
    actual: `${JSON.stringify(result)} after ${callsOf(exchanges)}`,
  });
}

export const hostileChecks: readonly Check<ClientBench>[] = [
  ...beforeProof.map((fault) => hostileCheck(fault, expectNoProof)),
  ...beforeSession.map((fault) =>
    hostileCheck(fault, (login) => {
      expectRefused(login, fault.id);
    }),
  ),
  ...beforeUnlock.map((fault) => hostileCheck(fault, expectNoLogin)),
];
