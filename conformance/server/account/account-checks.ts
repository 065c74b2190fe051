/** What a server does with accounts: signup and confirmation (7.1, 7.2). */
import { findFault } from '../../../reference/index.ts';
import { expectSame, expectThat, type Check } from '../../check.ts';
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import { expectLogin } from '../login/expect-login.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import type { OwnAccount } from '../bench/own-account.ts';
import { upperCased } from '../fixtures/ill-formed.ts';
import { expectNothingToldOf } from '../login/proof.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { honestLogin } from '../fixtures/honest-login.ts';

/** Sends a signup again with some members changed, and then expects Jane to be as she was. */
async function secondSignup(
  bench: ServerBench,
  change: (jane: OwnAccount, other: OwnAccount) => object,
): Promise<Exchange> {
  const jane = await bench.jane();
  const other = await bench.prepare();
  const answer = await bench.send('POST', '/auth/signup', {
    body: { ...other.body, ...change(jane, other) },
  });
  await expectLogin(bench, jane, `the login of the first account after ${requestLine(answer)}`);
  return answer;
}

export const accountChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.signup',
    title: 'A signup is taken, answered with the account, and its owner can log in.',
    requirements: ['SIGNUP-06', 'LOGIN-07'],
    async run(bench) {
      const account = await bench.prepare();
      const answer = await bench.send('POST', '/auth/signup', { body: account.body });
      const finding = { sent: requestLine(answer), actual: statusAndBody(answer) };
      expectThat(isSuccess(answer), 'a signup was refused', { ...finding, expected: 'status 200' });
      const body = jsonOf(answer.responseBody);
      const fault = findFault('account', body);
      expectThat(fault === undefined, 'the answer to a signup is not an account', {
        ...finding,
        expected: `an account; ${fault?.pointer ?? ''} ${fault?.reason ?? ''}`,
      });
      expectSame('id', account.body.id, textOf(body, 'id'), finding);
      const secret = [
        'saltKey',
        'saltAuth',
        'saltEnc',
        'verifier',
        'publicKey',
        'encPrivateKey',
        'encSymmetricKey',
      ];
      const revealed = secret.filter((name) => name in body);
      expectThat(revealed.length === 0, 'the answer to a signup holds more than the account', {
        ...finding,
        expected: 'no salt, no verifier and no key',
        actual: revealed.join(', '),
      });
      await bench.confirm(account);
      await expectLogin(bench, account, 'the login of a new account');
    },
  },
  {
    id: 'server.signup.duplicate-email',
    title: 'A signup with an address that has an account is refused, and the account stays as it was.',
    requirements: ['SIGNUP-04'],
    twin: honestLogin,
    async run(bench) {
      const answer = await secondSignup(bench, ({ body }) => ({ email: body.email }));
      expectRefusal('a second account with the same address', answer, [409], 'email-taken');
    },
  },
  {
    id: 'server.signup.duplicate-id',
    title: 'A signup with the id of another account is refused, and the account stays as it was.',
    requirements: ['SIGNUP-05'],
    twin: honestLogin,
    async run(bench) {
      const answer = await secondSignup(bench, ({ body }) => ({ id: body.id }));
      expectRefusal('a second account with the same id', answer, [409], 'id-taken');
    },
  },
  {
    id: 'server.signup.duplicate-both',
    title: 'A signup with the address and the id of an account is refused for its address.',
    requirements: ['ERROR-02', 'SIGNUP-04', 'SIGNUP-05'],
    twin: honestLogin,
    async run(bench) {
      const answer = await secondSignup(bench, ({ body: { email, id } }) => ({ email, id }));
      expectRefusal('a second account with the same address and id', answer, [409], 'email-taken');
    },
  },
  {
    id: 'server.signup.letter-case',
    title: 'An address that differs in letter case and white space makes no second account.',
    requirements: ['NORM-06', 'NORM-07'],
    twin: honestLogin,
    async run(bench) {
      const statuses = bench.profile === 'documented' ? [400] : [400, 409];
      for (const written of [upperCased, (email: string) => ` ${email}\u00a0`]) {
        const answer = await secondSignup(bench, ({ body }) => ({ email: written(body.email) }));
        expectRefusal('an address that is not normalised', answer, statuses);
      }
    },
  },
  {
    id: 'server.confirm.required',
    title: 'Before its address is confirmed an account cannot log in, whoever has the passphrase.',
    requirements: ['LOGIN-10', 'CONFIRM-03'],
    profile: 'documented',
    needs: 'mail',
    twin: honestLogin,
    async run(bench) {
      const account = await bench.prepare();
      await bench.send('POST', '/auth/signup', { body: account.body });
      const opened = await bench.open(account);
      const answer = await bench.prove(opened, Buffer.from(opened.expected('srp.M1')).toString('hex'));
      expectNothingToldOf('the login of an account that is not confirmed', opened, answer);
      expectRefusal('the login of an account that is not confirmed', answer, [403], 'not-confirmed');
      const sessionId = Buffer.from(opened.expected('session.id')).toString('hex');
      expectRefusal(
        'its session',
        await bench.send('GET', '/auth/whoami', { sessionId }),
        [401],
        'no-session',
      );
      await bench.confirm(account);
      await bench.login(account);
    },
  },
  {
    id: 'server.confirm.once',
    title: 'A confirmation link works once.',
    requirements: ['CONFIRM-02', 'CONFIRM-04'],
    profile: 'documented',
    needs: 'mail',
    async run(bench) {
      const account = await bench.prepare();
      await bench.send('POST', '/auth/signup', { body: account.body });
      const link = (await bench.confirmationLink(account)) ?? '';
      expectThat(
        /\/auth\/confirm\?code=[0-9a-f]{64}$/.test(link),
        'the confirmation link does not have its form',
        {
          expected: '/auth/confirm?code= and 64 hex digits',
          actual: link === '' ? 'no mail with a link' : link,
        },
      );
      await bench.confirm(account);
      await bench.login(account);
      expectRefusal('a confirmation link that was used', await bench.send('GET', link), [404]);
    },
  },
  {
    id: 'server.confirm.optional',
    title: 'An account can log in before its address is confirmed, and whoami says that it is not.',
    requirements: ['LOGIN-11', 'WHOAMI-02'],
    profile: 'deployed',
    async run(bench) {
      const account = await bench.prepare();
      await bench.send('POST', '/auth/signup', { body: account.body });
      const { whoami } = await expectLogin(bench, account, 'the login of an account that is not confirmed');
      expectSame('isVerified', 'false', String(jsonOf(whoami.responseBody)['isVerified']));
    },
  },
];
