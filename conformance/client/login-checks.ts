/** What a client does to log in and out with an honest server (7.3 to 7.5). */
import { toHex, toInteger } from '../../reference/index.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { Blocked, expectSame, expectThat, Failure, type Check } from '../check.ts';
import type { Explained } from '../oracle.ts';
import { LOGIN_A, LOGIN_M1, LOGIN_S } from '../peer/calls.ts';
import { callOf, describeRequest, jsonOf, textOf, type Exchange } from '../peer/exchange.ts';
import { VerbError } from '../target/client-target.ts';
import { explainA } from './explain-ephemeral.ts';
import { explainProof } from './explain-login.ts';
import { explainSession } from './explain-session.ts';
import { explainRefusedM2 } from './explain-proof-of-server.ts';
import { doneBefore, expectDone } from './flows.ts';
import { inputsOf } from './signup-checks.ts';
import { because, callsOf, exchangeOf, known, type ClientBench, type Login, type Signup } from './bench.ts';

const SESSION = 'x-session-id';
const LOGIN_CALLS = [LOGIN_S, LOGIN_A, LOGIN_M1] as const;
const N = BigInt(`0x${protocol.constants.N.value}`);

/** The values of a login that the client made, from what it typed and what crossed the wire. */
export function expectedOf(
  bench: ClientBench,
  account: Signup,
  { exchanges }: Pick<Login, 'exchanges'>,
): Explained {
  const exchange = exchangeOf(exchanges, LOGIN_A);
  const A = textOf(jsonOf(exchange.requestBody), 'srpA');
  const B = textOf(jsonOf(exchange.responseBody), 'srpB');
  const b = bench.peer.secretOf(B);
  if (b === undefined) throw new Blocked('login-a was refused, so that there is no B to prove anything with');
  const seen = { A: Uint8Array.from(Buffer.from(A, 'hex')), B: Uint8Array.from(Buffer.from(B, 'hex')), b };
  return bench.oracle.loginAtServer(known(account), seen);
}

/** The session ids that a client sent, each with the call that carried it. */
export const sessionsSent = (exchanges: readonly Exchange[]): readonly Exchange[] =>
  exchanges.filter((exchange) => exchange.requestHeaders[SESSION] !== undefined);

const sentM1 = (exchanges: readonly Exchange[]): string =>
  textOf(jsonOf(exchangeOf(exchanges, LOGIN_M1).requestBody), 'srpM1');

/** Whether the proof of a login is right; false where it did not come to one. */
export const isRightM1 = (bench: ClientBench, account: Signup, login: Pick<Login, 'exchanges'>): boolean =>
  login.exchanges.some((exchange) => callOf(exchange) === LOGIN_M1) &&
  sentM1(login.exchanges) === toHex(expectedOf(bench, account, login)('srp.M1'));

/** The A of a login. @throws Failure where it is not of its form, or out of range */
function AOf({ profile }: ClientBench, { exchanges }: Pick<Login, 'exchanges'>): string {
  const A = textOf(jsonOf(exchangeOf(exchanges, LOGIN_A).requestBody), 'srpA');
  expectThat(/^[0-9a-f]{512}$/.test(A), 'A does not have its form', {
    expected: '512 lower-case hex digits',
    actual: A,
    diagnosis: explainA(profile, A),
  });
  const value = toInteger(Uint8Array.from(Buffer.from(A, 'hex')));
  expectThat(value > 0n && value < N, 'A is out of range', { expected: '0 < A < N', actual: A });
  return A;
}

export const loginChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.login.sequence',
    title: 'A login is login-s, login-a, login-m1, and only then a call with the session id.',
    requirements: ['LOGIN-01', 'SRP-32'],
    async run(bench) {
      const { exchanges } = await bench.janeAttemptsLogin();
      const calls = exchanges.map(callOf).filter((call) => call.startsWith('POST /auth/login-'));
      if (calls.join() !== LOGIN_CALLS.join())
        throw new Failure('the calls of the login are not the three in their order', {
          expected: LOGIN_CALLS.join(', '),
          actual: callsOf(exchanges),
          diagnosis: await explainProof(bench, await bench.jane(), exchanges),
        });
      const proof = exchanges.findIndex((exchange) => callOf(exchange) === LOGIN_M1);
      const early = sessionsSent(exchanges.slice(0, proof + 1))[0];
      expectThat(early === undefined, 'a session id was sent before the proof', {
        expected: 'no X-Session-Id before M2 was verified',
        actual: `${callOf(early ?? exchangeOf(exchanges, LOGIN_CALLS[0]))} carried one`,
      });
    },
  },
  {
    id: 'client.login.email',
    title: 'login-s and login-a carry the normalised email.',
    requirements: ['NORM-05', 'LOGIN-01'],
    async run(bench) {
      const account = await bench.jane();
      const { exchanges } = await bench.janeAttemptsLogin();
      for (const call of [LOGIN_S, LOGIN_A])
        expectSame(
          `email of ${call}`,
          textOf(account.body, 'email'),
          textOf(jsonOf(exchangeOf(exchanges, call).requestBody), 'email'),
        );
    },
  },
  {
    id: 'client.login.A',
    title: 'A has 256 bytes, lies between 1 and N - 1, and is new for every login.',
    requirements: ['SRP-02', 'SRP-12', 'SRP-13', 'SRP-01', 'ENC-01'],
    async run(bench) {
      // Its form is judged also where the login came to nothing for it.
      const first = AOf(bench, await bench.janeAttemptsLogin());
      const second = AOf(bench, await bench.login((await bench.jane()).typed));
      expectThat(first !== second, 'A was used twice', {
        expected: 'a new A',
        actual: 'the same A in two logins',
      });
    },
  },
  {
    id: 'client.login.M1',
    title: 'M1 is the proof that the passphrase, A and B give.',
    requirements: [
      ...['SRP-27', 'SRP-28', 'SRP-04', 'SRP-05', 'SRP-13', 'SRP-22', 'SRP-24', 'SRP-26', 'SRP-01'],
      ...['SRP-02', 'SRP-03', 'SRP-09'],
    ],
    async run(bench) {
      const account = await bench.jane();
      const login = await bench.login(account.typed);
      const expected = expectedOf(bench, account, login);
      const { requestBody, responseBody } = exchangeOf(login.exchanges, LOGIN_A);
      const sent = [inputsOf(account), requestBody, responseBody].join('\n');
      const found = await explainProof(bench, account, login.exchanges);
      const [M1, right] = [sentM1(login.exchanges), toHex(expected('srp.M1'))];
      expectSame('srpM1', right, M1, { sent, explain: () => found });
    },
  },
  {
    id: 'client.login.session-id',
    title: 'A client that was answered with the right M2 goes on with K as session id.',
    requirements: ['SRP-34', 'SRP-01', 'SRP-02', 'SRP-03', 'SRP-26', 'SRP-29', 'SESSION-01'],
    async run(bench) {
      const account = await bench.jane();
      const login = await bench.janeAttemptsLogin();
      const expected = expectedOf(bench, account, login);
      const sent = sessionsSent(login.exchanges);
      if (sent.length === 0)
        throw new Failure('no call carried a session id', {
          expected: 'X-Session-Id',
          actual: callsOf(login.exchanges),
          diagnosis: isRightM1(bench, account, login)
            ? await explainRefusedM2(bench)
            : await explainProof(bench, account, login.exchanges),
        });
      for (const exchange of sent) {
        const id = exchange.requestHeaders[SESSION] ?? '';
        expectSame(`X-Session-Id of ${callOf(exchange)}`, toHex(expected('session.id')), id, {
          explain: () => explainSession(bench, account, login.exchanges, id),
        });
      }
    },
  },
  {
    id: 'client.login.answer',
    title: 'The client reports the account that it logged in to.',
    requirements: ['SESSION-01'],
    async run(bench) {
      const account = await bench.jane();
      const { result } = await bench.janeLogin();
      const { accountId, email } = expectDone(
        await bench.call('whoami', { session: result.session }),
        'whoami',
      );
      expectSame('accountId of login', textOf(account.body, 'id'), result.accountId);
      expectSame('accountId of whoami', textOf(account.body, 'id'), accountId);
      expectSame('email of whoami', textOf(account.body, 'email'), email);
    },
  },
  {
    id: 'client.login.wrong-passphrase',
    title: 'A wrong passphrase gives no login, and no call with a session id.',
    requirements: ['LOGIN-12'],
    twin: async (bench) => await bench.loginHonestly(await bench.jane()),
    async run(bench) {
      const account = await bench.jane();
      const login = await bench.login({
        email: account.typed.email,
        passphrase: `${account.typed.passphrase}x`,
      });
      expectThat(
        sentM1(login.exchanges) !== toHex(expectedOf(bench, account, login)('srp.M1')),
        'M1 does not depend on the passphrase',
        {
          expected: 'another M1 for another passphrase',
          actual: 'the M1 of the right passphrase',
        },
      );
      expectRefused(login, 'a login with a wrong passphrase');
    },
  },
  {
    id: 'client.login.no-second-try',
    title: 'A login that failed is over: the client does not try the other profile.',
    requirements: ['PROFILE-01', 'LOGIN-01'],
    twin: async (bench) => await bench.loginHonestly(await bench.jane()),
    async run(bench) {
      const { typed } = await bench.jane();
      const { exchanges } = await bench.login({ email: typed.email, passphrase: `${typed.passphrase}x` });
      const calls = exchanges.map(callOf).filter((call) => call.startsWith('POST /auth/login-'));
      expectThat(calls.join() === LOGIN_CALLS.join(), 'the calls of the login are not the three, once each', {
        expected: LOGIN_CALLS.join(', '),
        actual: callsOf(exchanges),
      });
    },
  },
  {
    id: 'client.logout',
    title: 'Logout ends the session on the server and in the client.',
    requirements: ['SESSION-04', 'SESSION-05'],
    async run(bench) {
      const { result } = await bench.loginHonestly(await bench.jane());
      doneBefore(await bench.call('whoami', { session: result.session }), 'whoami');
      const act = await bench.call('logout', { session: result.session });
      const logout = act.exchanges.find((exchange) => callOf(exchange) === 'POST /auth/logout');
      expectThat(logout !== undefined, 'the client logged out without telling the server', {
        expected: 'POST /auth/logout with the session id',
        actual: `${callsOf(act.exchanges)}${because(act.result)}`,
      });
      expectThat(logout.status === 200, 'the logout did not end the session', {
        sent: describeRequest(logout),
        expected: 'POST /auth/logout with the session id',
        actual: `${String(logout.status)} ${logout.responseBody}`,
      });
      expectDone(act, 'logout');
      const later = await bench.call('whoami', { session: result.session });
      expectThat(later.result instanceof VerbError, 'the session is still used after logout', {
        expected: 'an error',
        actual: JSON.stringify(later.result),
      });
      expectThat(sessionsSent(later.exchanges).length === 0, 'the session id is still sent after logout', {
        expected: 'no call with the session id',
        actual: callsOf(later.exchanges),
      });
    },
  },
];

/** Fails unless the client reported an error and sent no session id. */
export function expectRefused({ exchanges, result }: Login, what: string): void {
  const used = sessionsSent(exchanges)[0];
  expectThat(used === undefined, `${what} led to a call with a session id`, {
    expected: 'no X-Session-Id',
    actual: used === undefined ? '' : describeRequest(used),
  });
  expectThat(result instanceof VerbError, `${what} was reported as a login`, {
    expected: 'an error',
    actual: `${JSON.stringify(result)} after ${callsOf(exchanges)}`,
  });
}
