/** Links and codes that were mailed before a restart: what was live goes on, and what was used stays used (7.2, 7.8). */
import { Blocked, expectThat, type Check } from '../../check.ts';
import type { Exchange } from '../../peer/exchange.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { CHANGE } from '../change/change.ts';
import { changeTo, credentialOf, successor } from '../bench/credential.ts';
import { mailedCode, withCode, wrongCode } from '../change/mailed-code.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { shared } from '../fixtures/shared.ts';
import { restarted } from './restart.ts';
import { enter, signedUp, tried, witness, type Witness } from './witness.ts';

/** Signs up. @returns the account and the link that was mailed to it @throws Blocked */
async function waiting(bench: ServerBench, name: string) {
  const made = await signedUp(bench, name);
  const link = await bench.confirmationLink(made.account);
  if (link === undefined) throw new Blocked('no mail with a confirmation link came');
  return { ...made, link };
}

/** Changes the passphrase with a code, whatever comes of it. */
async function changeBy(who: Witness, code: string): Promise<Exchange> {
  const { bench, account } = who;
  const from = who.credential.certain;
  const to = successor(bench, from, credentialOf(bench));
  const answer = await who.call(
    'POST',
    CHANGE,
    withCode(changeTo(bench, account.body.email, from, to), code),
  );
  if (isSuccess(answer)) who.credential = { certain: to, possible: to };
  return answer;
}

function expectDone(what: string, answer: Exchange): void {
  expectThat(isSuccess(answer), `${what} was refused after a restart`, {
    sent: requestLine(answer),
    expected: 'status 200: what was acknowledged is kept',
    actual: statusAndBody(answer),
  });
}

/** A live link confirms after a restart: the twin of one that was used. */
const liveLink = shared(async (bench) => {
  const { account, credential, link } = await waiting(bench, 'link.live');
  await restarted(bench, 'SIGKILL');
  expectDone('a link', await bench.send('GET', link));
  const { answer } = await tried(bench, account.body.email, credential.certain);
  expectDone('the login of an account whose link was opened', answer);
});

/** A live code permits a change after a restart: the twin of one that was used. */
const liveCode = shared(async (bench) => {
  const who = await witness(bench, 'code.live');
  const code = await mailedCode(bench, who);
  await restarted(bench, 'SIGKILL');
  await enter(who, who.credential.certain);
  expectDone('a change with a mailed code', await changeBy(who, code));
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
      const { account, credential, link } = await waiting(bench, 'link.used');
      const first = await bench.send('GET', link);
      if (!isSuccess(first)) throw new Blocked(`a link was refused: ${statusAndBody(first)}`);
      await restarted(bench, 'SIGKILL');
      expectRefusal('a link that was used before', await bench.send('GET', link), [404], 'not-found');
      const { answer } = await tried(bench, account.body.email, credential.certain);
      expectDone('the login of a confirmed account', answer);
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
      const [used, spoiled] = [await witness(bench, 'code.used'), await witness(bench, 'code.spoiled')];
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
