/** Proofs of somebody who does not know the passphrase, or not this login (5.5, 7.3). */
import { createHash } from 'node:crypto';
import { createSteps, toHex } from '../../../reference/index.ts';
import { expectThat, type Check } from '../../check.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { isSuccess, statusAndBody, type OpenLogin, type ServerBench } from '../bench/bench.ts';
import { explainProof } from './explain/proof.ts';
import type { OwnAccount } from '../bench/own-account.ts';
import { expectM2, expectNoSession, M1 } from './proof.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { judgeRows } from '../fixtures/rows.ts';
import { victim } from './victims.ts';
import { honestLogin } from '../fixtures/honest-login.ts';

/** Some of the bits of M1, the same for the same seed: the first, and six between. */
const bitsOf = (seed: number): readonly number[] => [
  0,
  ...createHash('sha256').update(`bits of M1 ${seed}`).digest().subarray(0, 6),
];

/** M1 with one bit turned over. */
function bitTurned(hex: string, bit: number): string {
  const bytes = Buffer.from(hex, 'hex');
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
  return bytes.toString('hex');
}

/** M1 as the other profile makes it, from the values of this login. */
function M1OfOtherProfile({ profile }: ServerBench, { body }: OwnAccount, login: OpenLogin): string {
  const { srp, I } = createSteps(profile === 'documented' ? 'deployed' : 'documented');
  const [A, S, K] = [login.expected('srp.A'), login.expected('srp.S'), login.expected('srp.K')];
  const B = Uint8Array.from(Buffer.from(textOf(jsonOf(login.ephemeral.responseBody), 'srpB'), 'hex'));
  const s = Uint8Array.from(Buffer.from(body.saltAuth, 'hex'));
  return toHex(srp.M1({ I: I(body.email), s, A, B, S, K }));
}

type Forge = (login: OpenLogin, account: OwnAccount, bench: ServerBench) => string;

/** 32 bytes that are not M1, and that a mistaken server might take for it. */
const FORGED: Readonly<Record<string, Forge>> = {
  'zero bytes': () => '00'.repeat(32),
  'ones all over': () => 'ff'.repeat(32),
  'M2 in place of M1': (login) => toHex(login.expected('srp.M2')),
  'K in place of M1': (login) => toHex(login.expected('srp.K')),
  'the M1 of the other profile': (login, account, bench) => M1OfOtherProfile(bench, account, login),
};

/** Passphrases that are not the one of the account. */
const PASSPHRASES: Readonly<Record<string, (account: OwnAccount) => string>> = {
  'a passphrase with another character at its end': ({ typed }) => `${typed.passphrase}.`,
  'no passphrase': () => '',
  'the verifier for a passphrase': ({ body }) => body.verifier,
};

/** How many logins are open at once in the check of many, and how many of each account. */
const AT_ONCE = 100;
const OF_EACH = 10;

export const loginProofChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.login.M1-bits',
    title: 'An M1 that is wrong in one bit, wherever it is, gets no M2 and no session.',
    requirements: ['LOGIN-08', 'SRP-30'],
    twin: honestLogin,
    async run(bench) {
      await judgeRows(bitsOf(bench.seed), async (bit) => {
        const login = await bench.open(await victim(bench));
        const answer = await bench.prove(login, bitTurned(M1(login), bit));
        await expectNoSession(bench, `an M1 whose bit ${bit} is wrong`, login, answer);
        expectRefusal(`an M1 whose bit ${bit} is wrong`, answer, [401], 'wrong-proof');
      });
    },
  },
  {
    id: 'server.login.M1-forged',
    title: 'Other values of the login in place of M1 get no M2 and no session.',
    requirements: ['LOGIN-08', 'SRP-30'],
    twin: honestLogin,
    async run(bench) {
      await judgeRows(Object.entries(FORGED), async ([what, forge]) => {
        const account = await victim(bench);
        const login = await bench.open(account);
        const answer = await bench.prove(login, forge(login, account, bench));
        await expectNoSession(bench, what, login, answer);
        expectRefusal(what, answer, [401], 'wrong-proof');
      });
    },
  },
  {
    id: 'server.login.wrong-passphrase',
    title:
      'A login with a wrong passphrase, with none, or with the verifier for one gets no M2 and no session.',
    requirements: ['LOGIN-08', 'SRP-30'],
    twin: honestLogin,
    async run(bench) {
      await judgeRows(Object.entries(PASSPHRASES), async ([what, passphrase]) => {
        const account = await victim(bench);
        const login = await bench.open(account, passphrase(account));
        const answer = await bench.prove(login, M1(login));
        await expectNoSession(bench, `the proof of ${what}`, login, answer);
        expectRefusal(`the proof of ${what}`, answer, [401], 'wrong-proof');
      });
    },
  },
  {
    id: 'server.login.crossed-accounts',
    title: 'The proof of one account is refused for the starter of another.',
    requirements: ['LOGIN-04', 'SRP-30'],
    twin: honestLogin,
    async run(bench) {
      const [own, other] = [await bench.open(await bench.jane()), await bench.open(await victim(bench))];
      const answer = await bench.prove(other, M1(own));
      await expectNoSession(bench, 'the proof of another account', own, answer);
      await expectNoSession(bench, 'the proof of another account', other, answer);
      expectM2(own, await bench.prove(own, M1(own)));
    },
  },
  {
    id: 'server.login.M1-before-A',
    title: 'A proof right after login-s, for which no login-a was sent, gets no M2 and no session.',
    requirements: ['LOGIN-09', 'SRP-30'],
    twin: honestLogin,
    async run(bench) {
      const { body } = await victim(bench);
      const { srp, I } = createSteps(bench.profile);
      const zero = new Uint8Array(256);
      const K = srp.K(zero);
      // What a server would expect that begins a login with nothing in it.
      const s = Uint8Array.from(Buffer.from(body.saltAuth, 'hex'));
      const srpM1 = toHex(srp.M1({ I: I(body.email), s, A: zero, B: zero, S: zero, K }));
      for (const sessionStarterId of [body.id, body.saltAuth, body.saltKey, '0', 'undefined', 'null']) {
        await bench.send('POST', '/auth/login-s', { body: { email: body.email } });
        const what = 'a proof for which there was no login-a';
        const answer = await bench.send('POST', '/auth/login-m1', { body: { sessionStarterId, srpM1 } });
        expectRefusal(what, answer, [401], 'wrong-proof');
        const whoami = await bench.send('GET', '/auth/whoami', { sessionId: toHex(K) });
        expectRefusal(`the session of ${what}`, whoami, [401], 'no-session');
      }
    },
  },
  {
    id: 'server.login.starter-raced',
    title: 'A right proof that is sent several times at once gets M2 once.',
    floods: 'it sends several requests at once',
    requirements: ['LOGIN-05'],
    twin: honestLogin,
    async run(bench) {
      const login = await bench.open(await victim(bench, 3));
      const answers = await Promise.all(Array.from({ length: 4 }, () => bench.prove(login, M1(login))));
      const taken = answers.filter(isSuccess);
      expectThat(taken.length === 1, 'one proof was not taken exactly once', {
        sent: 'the same M1 four times at once',
        expected: 'one answer with M2',
        actual: answers.map(statusAndBody).join('; '),
      });
    },
  },
  {
    id: 'server.login.many',
    floods: 'it logs in a hundred times, and sends many requests at once',
    title: `${AT_ONCE} logins of ${AT_ONCE / OF_EACH} accounts that are open at once each get their own M2.`,
    requirements: ['LOGIN-04', 'LOGIN-07'],
    async run(bench) {
      const accounts: OwnAccount[] = [];
      for (let i = 0; i < AT_ONCE / OF_EACH; i++) accounts.push(await bench.someone(`many-${i}`));
      const opened = await Promise.all(
        accounts.flatMap((account) => Array.from({ length: OF_EACH }, () => bench.open(account))),
      );
      const answers = await Promise.all(opened.reverse().map((login) => bench.prove(login, M1(login))));
      for (const [i, login] of opened.entries()) {
        const answer = answers[i];
        if (answer === undefined) continue;
        const isRefused = !isSuccess(answer) && answer.status !== 429;
        expectM2(login, answer, isRefused ? await explainProof(bench) : undefined);
      }
    },
  },
];
