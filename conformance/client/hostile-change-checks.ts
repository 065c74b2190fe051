/** What a client does when the server is dishonest while it changes the passphrase (7.6): it makes no change. */
import { expectSame, expectThat, type Check } from '../check.ts';
import { MALFORMED, type Alteration, type Answer } from '../lies/answers.ts';
import { LOGIN_S, WHOAMI } from '../peer/calls.ts';
import { callOf, textOf } from '../peer/exchange.ts';
import type { Stage } from '../../reference/index.ts';
import { VerbError } from '../target/client-target.ts';
import type { Done } from '../target/verbs.ts';
import { because, callsOf, shared, type Act, type ClientBench } from './bench.ts';
import { doneBefore, expectDone, idOf, sessionOf } from './flows.ts';
import { stageCheck } from './stage-check.ts';

const CHANGE = 'POST /auth/change-password';
const SECOND = 'the second passphrase';

/** A dishonest answer in a change. */
interface ChangeFault extends Pick<Alteration, 'call'> {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  /** @param other - the honest answer to another account */
  readonly alter: (own: Answer, other: Answer) => Answer;
  /** Whether a client can notice before it sends the change; what it sends else is refused. */
  readonly noticed: boolean;
  readonly stages: readonly Stage[];
}

const changeFaults: readonly ChangeFault[] = [
  {
    id: 'saltEnc-of-another',
    title:
      'A client sends no change when the saltEnc of another account came, so that encSymmetricKey does not open.',
    requirements: ['CHANGE-05'],
    call: WHOAMI,
    alter: (own, other) => ({ ...own, saltEnc: other['saltEnc'] }),
    noticed: true,
    stages: ['decrypt'],
  },
  {
    id: 'account-of-another',
    title: 'A client sends no change when the address of another account came.',
    requirements: ['WHOAMI-03'],
    call: WHOAMI,
    alter: (own, other) => ({ ...own, email: other['email'] }),
    noticed: true,
    stages: ['state'],
  },
  {
    id: 'saltKey-upper-case',
    title: 'A client sends no change when a salt came in upper case.',
    requirements: ['ENC-02'],
    call: LOGIN_S,
    alter: (own) => ({ ...own, saltKey: textOf(own, 'saltKey').toUpperCase() }),
    noticed: true,
    stages: MALFORMED,
  },
  {
    id: 'salts-of-another',
    title: 'A change for which other salts came than at the login is not reported as made.',
    requirements: ['HTTP-13'],
    call: LOGIN_S,
    alter: (own, other) => ({ ...own, ...other }),
    noticed: false,
    stages: ['auth'],
  },
];

/** An account whose passphrase the client has changed once, with an honest server. @throws Blocked */
const changed = shared(async (bench) => {
  await bench.bobLogin();
  const account = await bench.someone('wary');
  const session = await sessionOf(bench, account);
  const change = { session, oldPassphrase: account.typed.passphrase, newPassphrase: SECOND };
  doneBefore(await bench.call('changePassword', change), 'changePassword');
  return { account, session };
});

/** Each attempt is made once, for its own check and for that of its stage. */
const attempts = changeFaults.map((row) => ({
  row,
  provoke: shared(async (bench): Promise<Act<Done>> => {
    const { account, session } = await changed(bench);
    const other = bench.peer.answerToAnother(row.call, textOf(account.body, 'email'));
    const alteration = { call: row.call, alter: (own: Answer) => row.alter(own, other) };
    // To the same passphrase: an attempt that is made although it must not be leaves the next one as it was.
    const change = { session, oldPassphrase: SECOND, newPassphrase: SECOND };
    return await bench.peer.withFault([alteration], () => bench.call('changePassword', change));
  }),
}));

function expectNoChange({ noticed }: ChangeFault, { exchanges, result }: Act<Done>): void {
  const sent = exchanges.some((exchange) => callOf(exchange) === CHANGE);
  expectThat(result instanceof VerbError, 'a change that was not made was reported as made', {
    expected: 'an error',
    actual: `success after ${callsOf(exchanges)}`,
  });
  expectThat(!(noticed && sent), 'the client went on and sent the change', {
    expected: `no ${CHANGE}`,
    actual: `${callsOf(exchanges)}${because(result)}`,
  });
}

export const hostileChangeChecks: readonly Check<ClientBench>[] = [
  ...attempts.map(({ row, provoke }) => ({
    id: `client.change-password.${row.id}`,
    title: row.title,
    requirements: row.requirements,
    needs: 'change-password',
    twin: changed,
    async run(bench: ClientBench) {
      const { account, session } = await changed(bench);
      const stored = () => JSON.stringify(bench.peer.store.accountById(idOf(account)));
      const before = stored();
      expectNoChange(row, await provoke(bench));
      expectSame('the account, as stored,', before, stored());
      expectDone(await bench.call('whoami', { session }), 'whoami after the refusal');
    },
  })),
  stageCheck(
    'client.change-password.stages',
    'change-password',
    new Map(attempts.map(({ row, provoke }) => [row.id, { stages: row.stages, provoke }])),
  ),
];
