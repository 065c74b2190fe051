/** What a client sends to empty an account, and to delete it (7.9, 7.10). */
import { Blocked, expectSame, expectThat, type Check } from '../check.ts';
import { VerbError } from '../target/client-target.ts';
import { callsOf, shared, type ClientBench } from './bench.ts';
import { doneBefore, expectCall, expectDone, idOf, plant, sessionOf } from './flows.ts';

/** An account that is emptied and then deleted. */
const passing = shared((bench) => bench.someone('passing'));

export const endingChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.logout.unanswered',
    title: 'A logout that the server refuses is reported, and the session is dropped all the same.',
    requirements: ['SESSION-05', 'HTTP-13'],
    twin: async (bench) => {
      const session = await sessionOf(bench, await passing(bench));
      expectDone(await bench.call('whoami', { session }), 'whoami');
      expectDone(await bench.call('logout', { session }), 'logout');
    },
    async run(bench) {
      const session = await sessionOf(bench, await passing(bench));
      const tell = () => ({ status: 503, body: JSON.stringify({ error: 'internal', message: 'Not now.' }) });
      const { outcome, told } = await bench.peer.lying({ call: 'POST /auth/logout', tell }, () =>
        bench.call('logout', { session }),
      );
      if (told === 0) throw new Blocked('the client made no POST /auth/logout');
      expectThat(outcome.result instanceof VerbError, 'a logout that was refused was reported as done', {
        expected: 'an error, because the session lives on at the server',
        actual: JSON.stringify(outcome.result),
      });
      const later = await bench.call('whoami', { session });
      expectThat(later.exchanges.length === 0, 'the session is still used after the logout', {
        expected: 'no call',
        actual: callsOf(later.exchanges),
      });
    },
  },
  {
    id: 'client.reset',
    title: 'A reset is a call after which the account is empty and opens as before.',
    requirements: ['RESET-05', 'SESSION-01'],
    needs: 'reset',
    async run(bench) {
      const account = await passing(bench);
      plant(bench, account, [{ id: 'req_lost', document: 'lost' }]);
      const session = await sessionOf(bench, account);
      const act = await bench.call('reset', { session });
      expectCall(act, 'POST /auth/reset');
      expectDone(act, 'reset');
      const links = bench.peer.store.linksOfAccount(idOf(account));
      expectSame('number of groups of the account', '0', String(links.length));
      expectDone(await bench.login(account.typed), 'login after the reset');
    },
  },
  {
    id: 'client.delete-account',
    title: 'A deletion is a call after which the session is not used any more.',
    requirements: ['DELETE-03', 'SESSION-01'],
    needs: 'delete-account',
    async run(bench) {
      const account = await passing(bench);
      const session = await sessionOf(bench, account);
      doneBefore(await bench.call('whoami', { session }), 'whoami');
      const act = await bench.call('deleteAccount', { session });
      expectCall(act, 'DELETE /auth/delete-account');
      expectDone(act, 'deleteAccount');
      const later = await bench.call('whoami', { session });
      expectThat(later.exchanges.length === 0, 'the session is still used after the deletion', {
        expected: 'no call',
        actual: callsOf(later.exchanges),
      });
    },
  },
];
