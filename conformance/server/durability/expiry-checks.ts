/**
 * What expires: starters, mailed links and mailed codes (7.2, 7.3, 7.8). Each may live shorter than the specification
 * permits, and a starter no longer than the process, so that nothing is held to live long; the twin of what is too old is
 * what was made when the clock was ahead already.
 */
import { expectThat, type Check } from '../../check.ts';
import type { Exchange } from '../../peer/exchange.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { readyLogin } from '../bench/credential.ts';
import { mailedCode } from '../change/mailed-code.ts';
import { ATTEMPTS } from '../bench/attempts.ts';
import { inAnyOrder, lastingDifference, TURNS } from '../answers/alike.ts';
import { expectRefusal, requireJudged } from '../answers/refusal.ts';
import { shared } from '../fixtures/shared.ts';
import { advanced, requireAhead } from './clock.ts';
import { usersOf } from './load.ts';
import { lossesOf, tell } from './losses.ts';
import { changeBy, expectDone, waiting } from './mailed.ts';
import { enter, tried, witness } from './witness.ts';
import { undisturbed } from './work.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds: the shortest age at which each must be refused. */
const TOO_OLD = { starter: 10 * MINUTE + 1, link: 7 * DAY + 1, code: HOUR + 1 };

/** Fails unless what has expired was refused. @throws Blocked where the clock is seen not to be ahead */
async function expectExpired(
  bench: ServerBench,
  kind: keyof typeof TOO_OLD,
  answer: Exchange,
  [status, error]: readonly [status: number, error: string],
): Promise<void> {
  const age = TOO_OLD[kind];
  if (isSuccess(answer)) await requireAhead(bench, age);
  expectRefusal(`a ${kind} that is ${String(age)} seconds old`, answer, [status], error);
}

/** A login when the clock is ahead. */
const laterLogin = shared(async (bench) => {
  await advanced(bench, TOO_OLD.starter);
  const who = await witness(bench);
  await who.done('GET', '/auth/whoami');
});

/** A link that is mailed and opened when the clock is ahead. */
const laterLink = shared(async (bench) => {
  await advanced(bench, TOO_OLD.link);
  const { account, credential, link } = await waiting(bench);
  expectDone('a link that was just mailed', await bench.send('GET', link));
  const { answer } = await tried(bench, account.body.email, credential.certain);
  expectDone('the login of an account whose link was opened', answer);
});

/** A code that is mailed and used when the clock is ahead. */
const laterCode = shared(async (bench) => {
  await advanced(bench, TOO_OLD.code);
  const who = await witness(bench);
  expectDone('a change with a code that was just mailed', await changeBy(who, await mailedCode(bench, who)));
});

/** So many accounts share what a server may count as failed attempts. */
const PEOPLE = (2 * TURNS) / ATTEMPTS;

export const expiryChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.expiry.starter',
    title:
      'A right proof is refused like a wrong one more than 10 minutes after its login-a, as far as a server keeps starters so long.',
    requirements: ['LOGIN-06', 'LOGIN-09'],
    needs: 'clock',
    twin: laterLogin,
    async run(bench) {
      const people = await Promise.all(Array.from({ length: PEOPLE }, () => witness(bench)));
      const open = (turn: number) => {
        const who = people[turn % PEOPLE];
        if (who === undefined) throw new RangeError('nobody is there to log in');
        return readyLogin(bench, who.account.body.email, who.credential.certain);
      };
      const old = await Promise.all(Array.from({ length: TURNS }, (_, turn) => open(turn)));
      await advanced(bench, TOO_OLD.starter);
      const difference = await lastingDifference(async (turn) => {
        const { sessionStarterId } = (await open(turn)).proof;
        const prove = (body: unknown) => bench.send('POST', '/auth/login-m1', { body });
        const [wrong, expired] = await inAnyOrder(
          () => prove({ sessionStarterId, srpM1: '0'.repeat(64) }),
          () => prove(old[turn]?.proof),
        );
        await expectExpired(bench, 'starter', expired, [401, 'wrong-proof']);
        requireJudged('a wrong proof', wrong);
        return [{ what: 'an expired starter', one: wrong, other: expired }];
      });
      expectThat(difference === undefined, 'an expired starter is answered otherwise than a wrong proof', {
        sent: 'login-m1 with a wrong proof, and with a right one for a starter that has expired',
        expected: 'the same status, headers and body',
        actual: difference ?? '',
      });
    },
  },
  {
    id: 'server.expiry.link',
    title: 'A link confirms nothing, and is refused, more than 7 days after it was mailed.',
    requirements: ['CONFIRM-05'],
    profile: 'documented',
    needs: ['clock', 'mail'],
    twin: laterLink,
    async run(bench) {
      const { account, credential, link } = await waiting(bench);
      await advanced(bench, TOO_OLD.link);
      const opened = await bench.send('GET', link);
      await expectExpired(bench, 'link', opened, [404, 'not-found']);
      const { answer } = await tried(bench, account.body.email, credential.certain);
      expectThat(!isSuccess(answer), 'a link that had expired confirmed the address all the same', {
        sent: `${requestLine(opened)}; then a login`,
        expected: 'no session: the address is not confirmed',
        actual: statusAndBody(answer),
      });
    },
  },
  {
    id: 'server.expiry.code',
    title: 'A change with a code is refused more than 1 hour after the code was mailed.',
    requirements: ['CODE-03'],
    profile: 'deployed',
    needs: ['clock', 'mail', 'change-with-code'],
    twin: laterCode,
    async run(bench) {
      const who = await witness(bench);
      const code = await mailedCode(bench, who);
      await advanced(bench, TOO_OLD.code);
      await enter(who, who.credential.certain);
      await expectExpired(bench, 'code', await changeBy(who, code), [401, 'wrong-code']);
    },
  },
  {
    id: 'server.expiry.kept',
    title: 'What a server has acknowledged is there a week later: accounts, groups, links and resources.',
    requirements: ['HTTP-14'],
    needs: 'clock',
    async run(bench) {
      const users = await usersOf(bench, 2);
      // An account whose address nobody confirms may be cleared away with its link.
      for (const { works } of users)
        for (const [name, work] of Object.entries(works)) if (name !== 'signup') await undisturbed(work);
      await advanced(bench, TOO_OLD.link);
      const losses = await lossesOf(users);
      expectThat(losses.length === 0, 'a week later the server has not all that it had acknowledged', {
        sent: 'every call that changes something and can be made again; then a start with the clock a week ahead',
        expected: 'everything that was acknowledged, sessions and starters aside',
        actual: tell(losses),
      });
    },
  },
];
