/** What a server asks of a session, and what ends it (7.5). */
import { expectThat, type Check } from '../../check.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { taken } from '../fixtures/valid.ts';

export const sessionChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.session.required',
    title: 'whoami and logout need a live session id, written exactly.',
    requirements: ['SESSION-02'],
    twin: taken('whoami', 'logout'),
    async run(bench) {
      const { sessionId } = await bench.login(await bench.jane());
      const ids = {
        missing: undefined,
        empty: '',
        'made up': '5'.repeat(64),
        truncated: sessionId.slice(0, 62),
        'in upper case': sessionId.toUpperCase(),
        'a wildcard': '%',
        'a wildcard for each character': '_'.repeat(sessionId.length),
        'a condition in quotes': "' OR '1'='1",
      };
      for (const [what, id] of Object.entries(ids)) {
        if (id === sessionId) continue; // all digits: upper case is the same
        expectRefusal(
          `whoami with a session id that is ${what}`,
          await bench.send('GET', '/auth/whoami', { sessionId: id }),
          [401],
          'no-session',
        );
        expectRefusal(
          `logout with a session id that is ${what}`,
          await bench.send('POST', '/auth/logout', { sessionId: id }),
          [401],
          'no-session',
        );
      }
    },
  },
  {
    id: 'server.logout',
    title: 'Logout ends the session, and no other one.',
    requirements: ['SESSION-03'],
    async run(bench) {
      const jane = await bench.jane();
      const [first, second] = [await bench.login(jane), await bench.login(jane)];
      const answer = await bench.send('POST', '/auth/logout', { sessionId: first.sessionId });
      expectThat(isSuccess(answer), 'logout was refused', {
        sent: requestLine(answer),
        expected: 'status 200',
        actual: statusAndBody(answer),
      });
      expectRefusal(
        'a session after logout',
        await bench.send('GET', '/auth/whoami', { sessionId: first.sessionId }),
        [401],
        'no-session',
      );
      const other = await bench.send('GET', '/auth/whoami', { sessionId: second.sessionId });
      expectThat(isSuccess(other), 'logout ended another session', {
        expected: 'the other session goes on',
        actual: statusAndBody(other),
      });
    },
  },
];
