/** Addresses in the calls of a login: normalised or refused, and alike whether or not they have an account (4.1, 7.3). */
import { toHex } from '../../../reference/index.ts';
import { expectSame, expectThat, type Check } from '../../check.ts';
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import { inAnyOrder, lastingDifference } from '../answers/alike.ts';
import { isSuccess, requestLine, type ServerBench } from '../bench/bench.ts';
import { otherTypes, spoiledEmail, upperCased } from '../fixtures/ill-formed.ts';
import type { OwnAccount } from '../bench/own-account.ts';
import { expectRefusal, requireJudged } from '../answers/refusal.ts';
import { judgeRows } from '../fixtures/rows.ts';
import { expectSignedUp, unusedSignup } from './signup-form-checks.ts';
import { honestLogin } from '../fixtures/honest-login.ts';
import { taken } from '../fixtures/valid.ts';
import { createVictims } from '../login/victims.ts';

/** Other ways to write an address that normalisation makes the same (4.1). */
const WRITTEN: Readonly<Record<string, (email: string) => string>> = {
  'in upper case': upperCased,
  'with a space in front': (email) => ` ${email}`,
  'with a no-break space at its end': (email) => `${email}\u00a0`,
  'with a byte order mark in front': (email) => `\ufeff${email}`,
};

const saltsOf = (answer: Exchange): string => {
  const body = jsonOf(answer.responseBody);
  return `${textOf(body, 'saltKey')} ${textOf(body, 'saltAuth')}`;
};

const loginS = (bench: ServerBench, email: unknown): Promise<Exchange> =>
  bench.send('POST', '/auth/login-s', { body: { email } });

/** An A as an honest client sends it. */
const someA = async (bench: ServerBench): Promise<string> =>
  toHex((await bench.open(await bench.jane())).expected('srp.A'));

export const addressChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.login.not-normalised',
    title: 'A login with an address that is not normalised is refused, or is the login of the same account.',
    requirements: ['NORM-06', 'NORM-07'],
    twin: honestLogin,
    async run(bench) {
      const { email } = (await bench.jane()).body;
      const own = saltsOf(await loginS(bench, email));
      const srpA = await someA(bench);
      await judgeRows(Object.entries(WRITTEN), async ([what, write]) => {
        const written = write(email);
        for (const answer of [
          await loginS(bench, written),
          await bench.send('POST', '/auth/login-a', { body: { email: written, srpA } }),
        ]) {
          const isTaken = bench.profile === 'deployed' && isSuccess(answer);
          if (!isTaken) expectRefusal(`an address ${what}`, answer, [400]);
          else if (answer.target.endsWith('login-s'))
            expectSame(`the salts for an address ${what}`, own, saltsOf(answer));
        }
      });
    },
  },
  {
    id: 'server.login.email-form',
    title: 'login-s and login-a refuse what is no address.',
    requirements: ['HTTP-07'],
    twin: honestLogin,
    async run(bench) {
      const { email } = (await bench.jane()).body;
      const srpA = await someA(bench);
      await judgeRows([...spoiledEmail, ...otherTypes], async ({ what, spoil }) => {
        const spoiled = spoil(email);
        expectRefusal(`login-s with an address ${what}`, await loginS(bench, spoiled), [400]);
        const answer = await bench.send('POST', '/auth/login-a', { body: { email: spoiled, srpA } });
        expectRefusal(`login-a with an address ${what}`, answer, [400]);
      });
    },
  },
  {
    id: 'server.stranger.B',
    title: 'A stranger gets a fresh B and a fresh starter for every login-a, also for the same A.',
    requirements: ['ENUM-04', 'SRP-14'],
    async run(bench) {
      const [{ email }, srpA] = [(await bench.prepare()).body, await someA(bench)];
      const answers = [];
      for (let i = 0; i < 3; i++)
        answers.push(await bench.send('POST', '/auth/login-a', { body: { email, srpA } }));
      for (const member of ['srpB', 'sessionStarterId']) {
        const values = answers.map(({ responseBody }) => textOf(jsonOf(responseBody), member));
        expectThat(new Set(values).size === values.length, `a stranger got one ${member} twice`, {
          sent: `${values.length} times login-a for one address without an account`,
          expected: `${values.length} different values`,
          actual: values.map((value) => value.slice(0, 40)).join(', '),
        });
      }
    },
  },
  {
    id: 'server.stranger.stays',
    title:
      'The salts of a stranger are the same after logins have failed, and those of the account once there is one.',
    requirements: ['ENUM-02', 'LOGIN-02'],
    twin: taken('loginM1'),
    async run(bench) {
      const body = await unusedSignup(bench);
      const before = saltsOf(await loginS(bench, body['email']));
      const srpA = await someA(bench);
      const opened = await bench.send('POST', '/auth/login-a', { body: { email: body['email'], srpA } });
      const sessionStarterId = textOf(jsonOf(opened.responseBody), 'sessionStarterId');
      await bench.send('POST', '/auth/login-m1', { body: { sessionStarterId, srpM1: 'ab'.repeat(32) } });
      const after = await loginS(bench, body['email']);
      expectSame('the salts of a stranger', before, saltsOf(after), { sent: requestLine(after) });
      await expectSignedUp(bench, body, 'the signup of a stranger who tried to log in before');
      const own = `${body['saltKey'] ?? ''} ${body['saltAuth'] ?? ''}`;
      expectSame('the salts of the new account', own, saltsOf(await loginS(bench, body['email'])));
    },
  },
  {
    id: 'server.stranger.alike',
    title:
      'The three answers of a login have the same headers and the same form whether or not there is an account.',
    requirements: ['ENUM-01', 'ENUM-04', 'ENUM-05', 'ENUM-07'],
    twin: taken('loginM1'),
    async run(bench) {
      const difference = await lastingDifference(async () => {
        const { known, strange } = await visitors(bench);
        const [one, other] = await inAnyOrder(
          () => failedLogin(bench, known),
          () => failedLogin(bench, strange),
        );
        return [
          { what: 'login-s', one: one.salts, other: other.salts },
          { what: 'login-a', one: one.ephemeral, other: other.ephemeral },
          { what: 'login-m1', one: one.proved, other: other.proved },
        ];
      });
      expectThat(difference === undefined, 'an answer of a login tells whether there is an account', {
        sent: 'login-s, login-a and login-m1 for two accounts and two strangers',
        expected: 'headers and bodies of the same form, and nothing in them that tells one from the other',
        actual: difference ?? '',
      });
    },
  },
];

/** An account and somebody without one. */
const visitors = createVictims(async (bench, number) => ({
  known: await bench.someone(`alike-${number}`),
  strange: await bench.prepare(),
}));

/** A login with a proof that is wrong: its three answers. @throws Blocked where the server limits attempts (9.8) */
async function failedLogin(bench: ServerBench, account: OwnAccount) {
  const login = await bench.open(account);
  const proved = await bench.prove(login, 'ab'.repeat(32));
  requireJudged('a wrong proof', proved);
  return { salts: login.salts, ephemeral: login.ephemeral, proved };
}
