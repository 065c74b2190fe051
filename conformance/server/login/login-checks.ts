/** What a server does in a login, with honest clients and with others (7.3). */
import { expectThat, type Check } from '../../check.ts';
import { isSuccess, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { expectM2, expectNoSession, M1 } from './proof.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { neighbourOf } from '../fixtures/absent-id.ts';
import { victim } from './victims.ts';
import { honestLogin } from '../fixtures/honest-login.ts';

/** Another digit in place of the last one. */
const lastDigitChanged = (hex: string): string => hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0');

export const loginChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.login.M1-last-bit',
    title: 'An M1 that is wrong in its last digit gets no M2 and no session.',
    requirements: ['LOGIN-08', 'SRP-30'],
    twin: honestLogin,
    async run(bench) {
      const login = await bench.open(await victim(bench));
      const answer = await bench.prove(login, lastDigitChanged(M1(login)));
      await expectNoSession(bench, 'an M1 that is wrong in its last digit', login, answer);
      expectRefusal('an M1 that is wrong in its last digit', answer, [401]);
    },
  },
  {
    id: 'server.login.starter-used',
    title: 'A starter is used up by a right proof.',
    requirements: ['LOGIN-05', 'LOGIN-09'],
    twin: honestLogin,
    async run(bench) {
      const login = await bench.open(await victim(bench));
      const first = await bench.prove(login, M1(login));
      expectThat(isSuccess(first), 'the first proof was refused', {
        expected: 'M2',
        actual: statusAndBody(first),
      });
      expectRefusal(
        'the same proof a second time',
        await bench.prove(login, M1(login)),
        [401],
        'wrong-proof',
      );
    },
  },
  {
    id: 'server.login.starter-failed',
    title: 'A starter is used up by a wrong proof: the right one comes too late.',
    requirements: ['LOGIN-05', 'LOGIN-09'],
    twin: honestLogin,
    async run(bench) {
      const login = await bench.open(await victim(bench, 2));
      await bench.prove(login, lastDigitChanged(M1(login)));
      await expectNoSession(
        bench,
        'a right proof after a wrong one',
        login,
        await bench.prove(login, M1(login)),
      );
    },
  },
  {
    id: 'server.login.starter-unknown',
    title: 'A starter that was never handed out is refused like a wrong proof.',
    requirements: ['LOGIN-09'],
    twin: honestLogin,
    async run(bench) {
      const login = await bench.open(await bench.jane());
      const answer = await bench.prove(
        { ...login, sessionStarterId: neighbourOf(login.sessionStarterId) },
        M1(login),
      );
      expectRefusal('a proof with an unknown starter', answer, [401], 'wrong-proof');
    },
  },
  {
    id: 'server.login.interleaved',
    title: 'Two logins of one account and one of another, interleaved, each get their own M2.',
    requirements: ['LOGIN-04'],
    async run(bench) {
      const [jane, bob] = [await bench.jane(), await bench.bob()];
      const logins = [await bench.open(jane), await bench.open(bob), await bench.open(jane)];
      for (const login of logins.reverse()) {
        const answer = await bench.prove(login, M1(login));
        expectM2(login, answer);
      }
    },
  },
  {
    id: 'server.login.crossed',
    title: 'The proof of one login is refused for the starter of another.',
    requirements: ['LOGIN-04', 'SRP-30'],
    twin: honestLogin,
    async run(bench) {
      const account = await victim(bench);
      const [first, second] = [await bench.open(account), await bench.open(account)];
      const answer = await bench.prove(first, M1(second));
      await expectNoSession(bench, 'the proof of another login', second, answer);
    },
  },
];
