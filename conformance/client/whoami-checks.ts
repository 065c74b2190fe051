/** What a client makes of a server that answers `whoami` otherwise once it is logged in (7.4, 8.1). */
import { Blocked, expectThat, type Check } from '../check.ts';
import type { Answer } from '../lies/answers.ts';
import { WHOAMI } from '../peer/calls.ts';
import { textOf } from '../peer/exchange.ts';
import { VerbError } from '../target/client-target.ts';
import type { Result } from '../target/verbs.ts';
import { callsOf, exchangeOf, shared, type Act, type ClientBench, type Signup } from './bench.ts';
import { doneBefore, expectBody, expectCall, expectDone, sessionOf } from './flows.ts';
import { openLink } from './garden.ts';

/** A session of Jane's, and an honest answer to somebody else. @throws Blocked */
const loggedIn = shared(async (bench) => {
  await bench.bobLogin();
  return await sessionOf(bench, await bench.jane());
});

/** Asks who it is, and is told this. @throws Blocked where the client did not ask */
async function told(
  bench: ClientBench,
  session: string,
  account: Signup,
  alter: (own: Answer, other: Answer) => Answer,
): Promise<Act<Result<'whoami'>>> {
  const other = bench.peer.answerToAnother(WHOAMI, textOf(account.body, 'email'));
  const alteration = { call: WHOAMI, alter: (own: Answer) => alter(own, other) };
  const act = await bench.peer.withFault([alteration], () => bench.call('whoami', { session }));
  exchangeOf(act.exchanges, WHOAMI);
  return act;
}

function expectRefusal({ result, exchanges }: Act<Result<'whoami'>>, what: string): void {
  expectThat(result instanceof VerbError, `the client took ${what}`, {
    expected: 'an error',
    actual: `${JSON.stringify(result)} after ${callsOf(exchanges)}`,
  });
}

/** An account that has changed its address, in the session that changed it. @throws Blocked */
const moved = shared(async (bench) => {
  const account = await bench.someone('moving');
  const session = await sessionOf(bench, account);
  const { passphrase } = account.typed;
  const change = { session, oldPassphrase: passphrase, newPassphrase: passphrase };
  const newEmail = `moved.${textOf(account.body, 'email')}`;
  doneBefore(await bench.call('changePassword', { ...change, newEmail }), 'changePassword');
  if (!(await bench.peer.confirm(bench.steps.email(newEmail))))
    throw new Blocked('the new address could not be confirmed');
  return { account, session };
});

export const whoamiChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.whoami.email-of-another',
    title: 'A client that is logged in refuses an answer with the address of another account.',
    requirements: ['WHOAMI-03'],
    twin: async (bench) =>
      expectDone(await bench.call('whoami', { session: await loggedIn(bench) }), 'whoami'),
    async run(bench) {
      const session = await loggedIn(bench);
      const act = await told(bench, session, await bench.jane(), (own, { email }) => ({ ...own, email }));
      expectRefusal(act, 'the address of another account');
      expectDone(await bench.call('whoami', { session }), 'whoami after the refusal');
    },
  },
  {
    id: 'client.whoami.email-of-before',
    title: 'A client that has changed its address refuses an answer with the one of before.',
    requirements: ['WHOAMI-03'],
    needs: 'change-email',
    twin: async (bench) => {
      const { session } = await moved(bench);
      expectDone(await bench.call('whoami', { session }), 'whoami');
    },
    async run(bench) {
      const { account, session } = await moved(bench);
      const email = textOf(account.body, 'email');
      const act = await told(bench, session, account, (own) => ({ ...own, email }));
      expectRefusal(act, 'the address of before its own change');
      expectDone(await bench.call('whoami', { session }), 'whoami after the refusal');
    },
  },
  {
    id: 'client.whoami.public-key-of-another',
    title: 'The key of a new group goes to the public key of the login, whatever key a later answer holds.',
    requirements: ['GROUP-01', 'WRAP-10'],
    needs: 'groups',
    async run(bench) {
      const [session, account] = [await loggedIn(bench), await bench.jane()];
      await told(bench, session, account, (own, { publicKey }) => ({ ...own, publicKey }));
      const group = { parentResourceId: 'wrk_afterwards', name: 'Afterwards' };
      const act = await bench.call('createGroup', { session, ...group });
      const made = expectBody(expectCall(act, 'POST /api/resource_groups'), 'resource-group-request');
      openLink(bench, account, textOf(made, 'encSymmetricKey'));
      expectDone(act, 'createGroup');
    },
  },
];
