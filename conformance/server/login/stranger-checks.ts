/** An address without an account is answered like one that has one (7.3). */
import { randomBytes } from 'node:crypto';
import { findFault, toHex, toInteger } from '../../../reference/index.ts';
import { expectSame, expectThat, type Check } from '../../check.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { explainFormOfSalts, saltsOf } from './explain/salts.ts';
import { expectRefusal, requireJudged } from '../answers/refusal.ts';
import { answerTold } from '../answers/told.ts';
import { victim } from './victims.ts';
import { honestLogin } from '../fixtures/honest-login.ts';
import { N } from '../fixtures/group-element.ts';

/** An account that was never sent. */
const stranger = async (bench: ServerBench) => await bench.prepare();

export const strangerChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.stranger.salts',
    title: 'The salts of a stranger have their form, stay the same, and are nobody else’s.',
    requirements: ['ENUM-01', 'ENUM-02', 'ENUM-03'],
    twin: honestLogin,
    async run(bench) {
      const [one, two] = [await stranger(bench), await stranger(bench)];
      const ask = (email: string) => bench.send('POST', '/auth/login-s', { body: { email } });
      const [first, again, other] = [
        await ask(one.body.email),
        await ask(one.body.email),
        await ask(two.body.email),
      ];
      const fault = findFault('login-s-response', jsonOf(first.responseBody));
      expectThat(isSuccess(first) && fault === undefined, 'login-s tells that an address has no account', {
        sent: requestLine(first),
        expected: 'two salts, as for an account',
        actual: statusAndBody(first),
        diagnosis: isSuccess(first) ? explainFormOfSalts(saltsOf(first)) : undefined,
      });
      expectSame(
        'the answer for the same stranger',
        answerTold('login-s-response', first),
        answerTold('login-s-response', again),
      );
      const salts = [first, other].map(saltsOf).flatMap(({ saltKey, saltAuth }) => [saltKey, saltAuth]);
      expectThat(new Set(salts).size === 4, 'salts of strangers are the same', {
        expected: 'four different salts for two strangers',
        actual: salts.join(', '),
      });
    },
  },
  {
    id: 'server.stranger.proof',
    title: 'A stranger gets a B in range, and the answer to a proof is that to a wrong proof.',
    requirements: ['ENUM-04', 'ENUM-05'],
    twin: honestLogin,
    async run(bench) {
      const login = await bench.open(await stranger(bench));
      const B = toInteger(
        Uint8Array.from(Buffer.from(textOf(jsonOf(login.ephemeral.responseBody), 'srpB'), 'hex')),
      );
      expectThat(B > 0n && B < N, 'the B of a stranger is out of range', {
        expected: '0 < B < N',
        actual: B.toString(16),
      });
      const answer = await bench.prove(login, toHex(login.expected('srp.M1')));
      expectRefusal('the proof of a stranger', answer, [401], 'wrong-proof');
      const known = await bench.open(await victim(bench));
      const wrong = await bench.prove(known, randomBytes(32).toString('hex'));
      requireJudged('a wrong proof', wrong);
      expectSame(
        'the answer to the proof of a stranger',
        answerTold('error', wrong),
        answerTold('error', answer),
      );
    },
  },
];
