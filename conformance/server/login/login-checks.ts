/** What a server does in a login, with honest clients and with others (7.3). */
import { createSteps, toHex } from '../../../reference/index.ts';
import protocol from '../../../spec/protocol.json' with { type: 'json' };
import { expectThat, type Check } from '../../check.ts';
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { expectM2, expectNoSession, M1 } from './proof.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { victim } from './victims.ts';
import { honestLogin } from '../fixtures/honest-login.ts';

const N_HEX = protocol.constants.N.value;
const N = BigInt(`0x${N_HEX}`);

/** Another digit in place of the last one. */
const lastDigitChanged = (hex: string): string => hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0');

/** A check that one kind of wrong M1 is refused. */
function wrongProof(
  name: string,
  what: string,
  alter: (M1: string) => string,
  statuses: readonly number[],
): Check<ServerBench> {
  return {
    id: `server.login.M1-${name}`,
    title: `${what} gets no M2 and no session.`,
    requirements: ['LOGIN-08', 'SRP-30'],
    twin: honestLogin,
    async run(bench) {
      const login = await bench.open(await victim(bench));
      const answer = await bench.prove(login, alter(M1(login)));
      await expectNoSession(bench, what, login, answer);
      expectRefusal(what, answer, statuses);
    },
  };
}

/** A check that one kind of A is refused, with the proof that such an A would make possible. */
function wrongA(
  name: string,
  what: string,
  srpA: string,
  requirements: readonly string[],
): Check<ServerBench> {
  return {
    id: `server.login.A-${name}`,
    title: `${what} is refused.`,
    requirements,
    twin: honestLogin,
    async run(bench) {
      const { body } = await bench.jane();
      const answer = await bench.send('POST', '/auth/login-a', { body: { email: body.email, srpA } });
      if (isSuccess(answer)) await expectNoBypass(bench, answer, srpA);
      expectRefusal(what, answer, [400]);
    },
  };
}

/** With A = 0 modulo N, S is 0 for everybody: M1 can be computed without the passphrase. */
async function expectNoBypass(bench: ServerBench, ephemeral: Exchange, srpA: string): Promise<void> {
  const { body } = await bench.jane();
  const { srp, I } = createSteps(bench.profile);
  const answer = jsonOf(ephemeral.responseBody);
  const [A, B, s] = [srpA, textOf(answer, 'srpB'), body.saltAuth].map((hex) =>
    Uint8Array.from(Buffer.from(hex, 'hex')),
  );
  const S = new Uint8Array(256);
  if (A === undefined || B === undefined || s === undefined) return;
  const proof = srp.M1({ I: I(body.email), s, A, B, S, K: srp.K(S) });
  const sessionStarterId = textOf(answer, 'sessionStarterId');
  const proved = await bench.send('POST', '/auth/login-m1', {
    body: { sessionStarterId, srpM1: toHex(proof) },
  });
  expectThat(!isSuccess(proved), 'a login without the passphrase was accepted', {
    sent: `${requestLine(ephemeral)}, then M1 for S = 0`,
    expected: 'A refused with status 400',
    actual: statusAndBody(proved),
  });
}

export const loginChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.login.wrong-passphrase',
    title: 'A proof from a wrong passphrase gets no M2 and no session.',
    requirements: ['LOGIN-08', 'SRP-30'],
    twin: honestLogin,
    async run(bench) {
      const account = await victim(bench);
      const login = await bench.open(account, `${account.typed.passphrase}x`);
      const answer = await bench.prove(login, M1(login));
      await expectNoSession(bench, 'a proof from a wrong passphrase', login, answer);
      expectRefusal('a proof from a wrong passphrase', answer, [401], 'wrong-proof');
    },
  },
  wrongProof('last-bit', 'An M1 that is wrong in its last digit', lastDigitChanged, [401]),
  wrongProof('truncated', 'The first 31 bytes of M1', (proof) => proof.slice(0, 62), [400, 401]),
  wrongProof('extended', 'M1 with one more byte', (proof) => `${proof}00`, [400, 401]),
  wrongProof('empty', 'An empty M1', () => '', [400, 401]),
  wrongA('zero', 'A = 0', '0'.repeat(512), ['SRP-16']),
  wrongA('N', 'A = N', N_HEX, ['SRP-16']),
  wrongA('multiple', 'A = 2 N, in 257 bytes', (2n * N).toString(16), ['SRP-16', 'SRP-18']),
  wrongA('above-N', 'A = N + 2', (N + 2n).toString(16), ['SRP-17']),
  wrongA('short', 'An A of 255 bytes', `${'0'.repeat(508)}02`, ['SRP-18']),
  wrongA('upper-case', 'An A in upper-case hex', 'AB'.repeat(256), ['SRP-18', 'ENC-02']),
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
        { ...login, sessionStarterId: lastDigitChanged(login.sessionStarterId) },
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
