/** Links and codes that were mailed before a restart: what was live goes on, and what was used stays used (7.2, 7.8). */
import { Blocked, type Check } from '../../check.ts';
import { isSuccess, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { mailedCode, wrongCode } from '../change/mailed-code.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { shared } from '../fixtures/shared.ts';
import { changeBy, expectDone, waiting } from './mailed.ts';
import { restarted } from './restart.ts';
import { enter, tried, witness } from './witness.ts';

/** A live link confirms after a restart: the twin of one that was used. */
const liveLink = shared(async (bench) => {
  const { account, credential, link } = await waiting(bench);
  await restarted(bench, 'SIGKILL');
  expectDone('a link after a restart', await bench.send('GET', link));
  const { answer } = await tried(bench, account.body.email, credential.certain);
  expectDone('the login after a restart and a link', answer);
});

/** A live code permits a change after a restart: the twin of one that was used. */
const liveCode = shared(async (bench) => {
  const who = await witness(bench);
  const code = await mailedCode(bench, who);
  await restarted(bench, 'SIGKILL');
  await enter(who, who.credential.certain);
  expectDone('a change with a code of before a restart', await changeBy(who, code));
});

const CODES = ['restart', 'mail', 'change-with-code'];

export const mailDurabilityChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.durability.link',
    title: 'A link that was mailed before a restart confirms the address after it.',
    requirements: ['HTTP-14', 'CONFIRM-03'],
    profile: 'documented',
    needs: ['restart', 'mail'],
    run: liveLink,
  },
  {
    id: 'server.durability.used-link',
    title: 'A link that was used before a restart is refused after it, and the address stays confirmed.',
    requirements: ['CONFIRM-04', 'HTTP-14'],
    profile: 'documented',
    needs: ['restart', 'mail'],
    twin: liveLink,
    async run(bench) {
      const { account, credential, link } = await waiting(bench);
      const first = await bench.send('GET', link);
      if (!isSuccess(first)) throw new Blocked(`a link was refused: ${statusAndBody(first)}`);
      await restarted(bench, 'SIGKILL');
      expectRefusal('a link that was used before', await bench.send('GET', link), [404], 'not-found');
      const { answer } = await tried(bench, account.body.email, credential.certain);
      expectDone('the login of a confirmed account after a restart', answer);
    },
  },
  {
    id: 'server.durability.code',
    title: 'A code that was mailed before a restart permits a change after it.',
    requirements: ['HTTP-14'],
    profile: 'deployed',
    needs: CODES,
    run: liveCode,
  },
  {
    id: 'server.durability.used-code',
    title: 'A code that was used, or came after five wrong ones, before a restart is refused after it.',
    requirements: ['CODE-02', 'CODE-05'],
    profile: 'deployed',
    needs: CODES,
    twin: liveCode,
    async run(bench) {
      const [used, spoiled] = [await witness(bench), await witness(bench)];
      const codes = [await mailedCode(bench, used), await mailedCode(bench, spoiled)];
      const first = await changeBy(used, codes[0] ?? '');
      if (!isSuccess(first)) throw new Blocked(`a mailed code was refused: ${statusAndBody(first)}`);
      for (let i = 0; i < 5; i++) await changeBy(spoiled, wrongCode(codes[1] ?? ''));
      await restarted(bench, 'SIGKILL');
      for (const [i, who] of [used, spoiled].entries()) {
        await enter(who, who.credential.certain);
        const what = i === 0 ? 'a code that was used' : 'a code after five wrong ones';
        expectRefusal(`${what} before a restart`, await changeBy(who, codes[i] ?? ''), [401, 429]);
      }
    },
  },
];
