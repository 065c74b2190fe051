/** The values of an honest login as a server computes them: salts, B, M2 and the session id (chapter 5, 7.3). */
import { randomBytes } from 'node:crypto';
import { toHex, toInteger } from '../../../reference/index.ts';
import { Blocked, expectSame, expectThat, type Check } from '../../check.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import {
  confirmationHint,
  isSuccess,
  requestLine,
  statusAndBody,
  type OpenLogin,
  type ServerBench,
} from '../bench/bench.ts';
import { explainB } from './explain/ephemeral.ts';
import { explainProof, type Stages } from './explain/proof.ts';
import { explainSalts, saltsOf } from './explain/salts.ts';
import { explainM2, explainSession } from './explain/session.ts';
import { expectM2, M1 } from './proof.ts';
import { expectRefusal, requireJudged } from '../answers/refusal.ts';
import { zeroLogin } from './zeros.ts';
import { honestLogin } from '../fixtures/honest-login.ts';
import { N } from '../fixtures/group-element.ts';

/** Proves that the client knows the passphrase, and looks at M2; a refusal is explained by further logins. */
async function expectProofTaken(bench: ServerBench, login: OpenLogin, stages?: Stages): Promise<void> {
  const answer = await bench.prove(login, M1(login));
  const hint = confirmationHint(bench.target, answer);
  if (hint !== '') throw new Blocked(`a right M1 was answered with ${statusAndBody(answer)}${hint}`);
  const isRefused = !isSuccess(answer) && ![403, 429].includes(answer.status);
  const diagnosis = isRefused ? await explainProof(bench, stages) : undefined;
  expectM2(login, answer, diagnosis, (srpM2) => explainM2(bench, login, srpM2));
}

export const loginValueChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.login.salts',
    title: 'login-s hands out the salts that the account sent.',
    requirements: ['LOGIN-02'],
    async run(bench) {
      const jane = await bench.jane();
      const answer = await bench.send('POST', '/auth/login-s', { body: { email: jane.body.email } });
      const salts = saltsOf(answer);
      const circumstances = { sent: requestLine(answer), explain: () => explainSalts(jane, salts) };
      expectThat(isSuccess(answer), 'login-s does not know an account', {
        sent: requestLine(answer),
        expected: 'two salts',
        actual: statusAndBody(answer),
      });
      expectSame('saltKey', jane.body.saltKey, salts.saltKey, circumstances);
      expectSame('saltAuth', jane.body.saltAuth, salts.saltAuth, circumstances);
    },
  },
  {
    id: 'server.login.B',
    title: 'B has 256 bytes, lies between 1 and N - 1, and is new for every login.',
    requirements: ['SRP-01', 'SRP-02', 'SRP-14', 'SRP-15'],
    async run(bench) {
      const jane = await bench.jane();
      const values = [await BOf(bench, jane.body.email), await BOf(bench, jane.body.email)];
      for (const B of values) {
        const isHex = /^[0-9a-f]{512}$/.test(B);
        const value = isHex ? toInteger(Uint8Array.from(Buffer.from(B, 'hex'))) : 0n;
        expectThat(value > 0n && value < N, 'B is out of range', {
          expected: '0 < B < N, 512 hex digits',
          actual: `${B} (${B.length} characters)`,
          diagnosis: bench.oracle.explains ? explainB(bench.profile, jane, B) : undefined,
        });
      }
      expectThat(values[0] !== values[1], 'B was used twice', {
        expected: 'a new B',
        actual: 'the same B in two logins',
      });
    },
  },
  {
    id: 'server.login.M2',
    title: 'A right M1 is answered with the M2 that the passphrase, A and B give.',
    requirements: [
      'SRP-01',
      'SRP-02',
      'SRP-03',
      'SRP-15',
      'SRP-29',
      'LOGIN-07',
      'SRP-04',
      'SRP-05',
      'SRP-22',
      'SRP-25',
      'SRP-26',
      'SRP-27',
      'SRP-28',
    ],
    async run(bench) {
      await expectProofTaken(bench, await bench.open(await bench.jane()));
    },
  },
  {
    id: 'server.login.zero-bytes',
    title: 'M2 is right where the salt, A and the SHA-256 of I begin with a zero byte.',
    requirements: ['SRP-02', 'SRP-03', 'SRP-22', 'SRP-27', 'SRP-28'],
    twin: honestLogin,
    async run(bench) {
      const { account, a } = await zeroLogin(bench);
      await expectProofTaken(bench, await bench.open(account, undefined, a), zeroLogin);
    },
  },
  {
    id: 'server.login.session-id',
    title: 'The session id is K, and is taken only after the proof.',
    requirements: ['SRP-34', 'SRP-26', 'SRP-30', 'SRP-03'],
    async run(bench) {
      const jane = await bench.jane();
      const login = await bench.open(jane);
      const sessionId = toHex(login.expected('session.id'));
      expectRefusal(
        'K before the proof',
        await bench.send('GET', '/auth/whoami', { sessionId }),
        [401],
        'no-session',
      );
      const proved = await bench.prove(login, M1(login));
      const whoami = await bench.send('GET', '/auth/whoami', { sessionId });
      if (!isSuccess(proved)) {
        expectThat(!isSuccess(whoami), 'K opens a session though M1 was refused', {
          sent: requestLine(proved),
          expected: 'no session without M2',
          actual: statusAndBody(whoami),
        });
        throw new Blocked(
          `a right M1 was refused, so that there is no session whose id could be judged: ${statusAndBody(proved)}`,
        );
      }
      expectThat(isSuccess(whoami), 'K is not the session id', {
        expected: 'whoami answers with K as session id',
        actual: statusAndBody(whoami),
        diagnosis: isSuccess(whoami) ? undefined : await explainSession(bench, jane),
      });
      expectSame('accountId', jane.body.id, textOf(jsonOf(whoami.responseBody), 'accountId'));
    },
  },
];

/** The B of a login, whatever it is. */
async function BOf({ oracle, send }: ServerBench, email: string): Promise<string> {
  const a = Uint8Array.from(randomBytes(32));
  const srpA = toHex(oracle.values({ a })('srp.A'));
  const answer = await send('POST', '/auth/login-a', { body: { email, srpA } });
  requireJudged('login-a', answer);
  return textOf(jsonOf(answer.responseBody), 'srpB');
}
