/** A and M1 that are not of their form or out of range, in every way (5.3, 7.3). */
import { randomBytes } from 'node:crypto';
import { createSteps, toHex, type Random } from '../../../reference/index.ts';
import { expectSame, expectThat, type Check } from '../../check.ts';
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import { expectAccepted } from '../answers/acceptance.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { otherTypes, spoiledHex, type Spoiled } from '../fixtures/ill-formed.ts';
import { signupBody } from '../bench/own-account.ts';
import { expectM2, expectNoSession, expectNothingToldOf, M1 } from './proof.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { judgeRows } from '../fixtures/rows.ts';
import { honestLogin } from '../fixtures/honest-login.ts';
import { groupElement, N } from '../fixtures/group-element.ts';

const MISSING: Spoiled = { what: 'missing', spoil: () => undefined };

/** Twice N and more needs a 257th byte; what fits and is not below N lies between N and 2²⁰⁴⁸. */
const OUT_OF_RANGE: Readonly<Record<string, string>> = {
  N: groupElement(N),
  'N + 1': groupElement(N + 1n),
  'N + 2': groupElement(N + 2n),
  'half way from N to 2²⁰⁴⁸': groupElement((N + 2n ** 2048n) / 2n),
  '2²⁰⁴⁸ − 1': 'f'.repeat(512),
};

const A_FORMS: readonly Spoiled[] = [
  ...spoiledHex,
  ...otherTypes,
  MISSING,
  ...[2n, 3n, 5n].map((k) => ({ what: `${k} N, in 257 bytes`, spoil: () => (k * N).toString(16) })),
  { what: '0 in one byte', spoil: () => '00' },
];

const M1_FORMS: readonly Spoiled[] = [
  ...Array.from({ length: 63 }, (_, i) => ({
    what: `cut to ${i + 1} digits`,
    spoil: (hex: string) => hex.slice(0, i + 1),
  })),
  ...spoiledHex,
  ...otherTypes,
  MISSING,
];

/** Login-a with an A that is not as it must be, for an address with an account or without. */
const loginA = (bench: ServerBench, email: string, srpA: unknown) =>
  bench.send('POST', '/auth/login-a', { body: { email, srpA } });

/** Whether it is 0 modulo N. */
const isZero = (srpA: string): boolean => /^[0-9a-f]+$/.test(srpA) && BigInt(`0x${srpA}`) % N === 0n;

/** Where such an A is taken that S is 0 for everybody, M1 can be computed without the passphrase. */
async function expectNoBypass(bench: ServerBench, answer: Exchange, srpA: unknown): Promise<void> {
  if (!isSuccess(answer) || typeof srpA !== 'string' || !isZero(srpA)) return;
  const { body } = await bench.jane();
  const { srp, I } = createSteps(bench.profile);
  const { srpB, sessionStarterId } = jsonOf(answer.responseBody);
  const bytes = (hex: unknown): Uint8Array => Uint8Array.from(Buffer.from(String(hex), 'hex'));
  const S = new Uint8Array(256);
  const proof = { I: I(body.email), s: bytes(body.saltAuth), A: bytes(srpA), B: bytes(srpB), S, K: srp.K(S) };
  const sent = { sessionStarterId, srpM1: toHex(srp.M1(proof)) };
  const proved = await bench.send('POST', '/auth/login-m1', { body: sent });
  expectThat(!isSuccess(proved), 'a login without the passphrase was accepted', {
    sent: `${requestLine(answer)}, then M1 for S = 0`,
    expected: 'A refused with status 400',
    actual: statusAndBody(proved),
  });
}

export const loginFormChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.login.A-form',
    title: 'An A that is not exactly 512 lower-case hex digits is refused.',
    requirements: ['SRP-16', 'SRP-18', 'ENC-02', 'HTTP-07'],
    twin: honestLogin,
    async run(bench) {
      const { email } = (await bench.jane()).body;
      const login = await bench.open(await bench.jane());
      const A = JSON.parse(login.ephemeral.requestBody) as { readonly srpA: string };
      await judgeRows(A_FORMS, async ({ what, spoil }) => {
        const srpA = spoil(A.srpA);
        const answer = await loginA(bench, email, srpA);
        await expectNoBypass(bench, answer, srpA);
        expectRefusal(`an A that is ${what}`, answer, [400]);
      });
    },
  },
  {
    id: 'server.login.A-range',
    title: 'An A of N or more is refused, and so is 0, for every address alike.',
    requirements: ['SRP-16', 'SRP-17', 'ERROR-02'],
    twin: honestLogin,
    async run(bench) {
      const [jane, stranger] = [await bench.jane(), await bench.prepare()];
      for (const { body } of [jane, stranger])
        await judgeRows(Object.entries({ 0: groupElement(0n), ...OUT_OF_RANGE }), async ([what, srpA]) => {
          const answer = await loginA(bench, body.email, srpA);
          if (body === jane.body) await expectNoBypass(bench, answer, srpA);
          expectRefusal(`A = ${what}`, answer, [400], 'group-element');
        });
    },
  },
  {
    id: 'server.login.A-leading-zeros',
    title: 'An A that begins with zero bytes is hashed with them.',
    requirements: ['SRP-02', 'SRP-22'],
    async run(bench) {
      const jane = await bench.jane();
      // 2^1970, which no modulus has come near: nine of its 256 bytes are zero before the first that is not
      const a = Uint8Array.from(Buffer.from((1970).toString(16).padStart(64, '0'), 'hex'));
      const login = await bench.open(jane, jane.typed.passphrase, a);
      expectM2(login, await bench.prove(login, M1(login)));
    },
  },
  {
    id: 'server.login.salts-leading-zeros',
    title: 'Salts that begin with zero bytes are handed out with them.',
    requirements: ['SRP-03', 'LOGIN-02'],
    async run(bench) {
      const { typed } = await bench.prepare('zeros');
      const random: Random = (length) => new Uint8Array(randomBytes(length)).fill(0, 0, 2);
      const account = { typed, body: await signupBody(bench.steps, typed, 0, random) };
      const known = { ...typed, saltKey: account.body.saltKey, saltAuth: account.body.saltAuth };
      bench.made.opens(account.body.verifier, () => toHex(bench.oracle.account(known)('srp.x')));
      const answer = await bench.send('POST', '/auth/signup', { body: account.body });
      expectAccepted('a signup with salts that begin with zero bytes', answer);
      await bench.confirm(account);
      const { saltKey, saltAuth, saltEnc } = account.body;
      const salts = jsonOf((await bench.open(account)).salts.responseBody);
      expectSame('saltKey', saltKey, textOf(salts, 'saltKey'));
      expectSame('saltAuth', saltAuth, textOf(salts, 'saltAuth'));
      const { whoami } = await bench.login(account);
      expectSame('saltEnc', saltEnc, textOf(jsonOf(whoami.responseBody), 'saltEnc'));
    },
  },
  {
    id: 'server.login.M1-form',
    title:
      'An M1 that is not exactly 64 lower-case hex digits gets no M2 and no session, whatever it begins with.',
    requirements: ['HTTP-07', 'ENC-02', 'SRP-30'],
    twin: honestLogin,
    async run(bench) {
      const login = await bench.open(await bench.someone('malformed-proofs'));
      const { sessionStarterId } = login;
      await judgeRows(M1_FORMS, async ({ what, spoil }) => {
        const body = { sessionStarterId, srpM1: spoil(M1(login)) };
        const answer = await bench.send('POST', '/auth/login-m1', { body });
        expectNothingToldOf(`an M1 that is ${what}`, login, answer);
        expectRefusal(`an M1 that is ${what}`, answer, [400]);
      });
      const answer = await bench.prove(login, '');
      await expectNoSession(bench, 'an empty M1 after many that were malformed', login, answer);
    },
  },
  {
    id: 'server.login.M1-malformed-first',
    title: 'A malformed login-m1 leaves the starter as it was: the right proof after it gets M2.',
    requirements: ['HTTP-11', 'LOGIN-07'],
    async run(bench) {
      const login = await bench.open(await bench.jane());
      const answer = await bench.prove(login, M1(login).slice(2));
      expectRefusal('an M1 of 31 bytes', answer, [400]);
      expectM2(login, await bench.prove(login, M1(login)));
    },
  },
];
