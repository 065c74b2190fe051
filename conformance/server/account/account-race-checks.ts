/** Accounts that come by one address or one id at the same time: one of them has it (7.1, 7.7). */
import { expectThat, type Check } from '../../check.ts';
import type { Exchange } from '../../peer/exchange.ts';
import { expectAccount } from '../answers/account-state.ts';
import { expectLogin } from '../login/expect-login.ts';
import { isSuccess, statusAndBody, type Device, type ServerBench } from '../bench/bench.ts';
import { anotherPassphrase, CHANGE, changeOf } from '../change/change.ts';
import type { OwnAccount } from '../bench/own-account.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { taken } from '../fixtures/valid.ts';

/** How many signups are sent at once, and how often. */
const AT_ONCE = 5;
const ROUNDS = 2;

/** A call that makes an account what it is afterwards. */
interface Sent {
  readonly after: OwnAccount;
  readonly answer: Exchange;
}

/** Fails unless one call was taken and every other refused with 409. @returns the one */
function onlyWinner(what: string, sent: readonly Sent[], error: string): Sent {
  const [winner, ...others] = sent.filter(({ answer }) => isSuccess(answer));
  const finding = { sent: what, actual: sent.map(({ answer }) => statusAndBody(answer)).join('; ') };
  const expected = 'one is taken, and every other refused with 409';
  expectThat(others.length === 0, `more than one was taken of ${what}`, { ...finding, expected });
  for (const { answer } of sent)
    if (!isSuccess(answer)) expectRefusal(`one of ${what} that came too late`, answer, [409], error);
  expectThat(winner !== undefined, `none was taken of ${what}`, { ...finding, expected });
  return winner;
}

/** A signup and its answer. */
async function signup(bench: ServerBench, after: OwnAccount): Promise<Sent> {
  return { after, answer: await bench.send('POST', '/auth/signup', { body: after.body }) };
}

/** The same account with the address or the id of another. */
const sharing = (
  bench: ServerBench,
  one: OwnAccount,
  other: OwnAccount,
  member: 'email' | 'id',
): OwnAccount =>
  member === 'id'
    ? { ...one, body: { ...one.body, id: other.body.id } }
    : changeOf(bench, one, { email: other.typed.email, sameSalts: true }).after;

/** Signups that have one member in common, sent at once. */
const signupRace = (member: 'email' | 'id', error: string, requirement: string): Check<ServerBench> => ({
  id: `server.signup.race-${member === 'email' ? 'address' : 'id'}`,
  title: `Of several signups with one ${member === 'email' ? 'address' : 'id'} at once one is taken, and its owner can log in.`,
  requirements: [requirement],
  floods: 'it sends several requests at once',
  async run(bench) {
    for (let round = 0; round < ROUNDS; round++) {
      const prepared: OwnAccount[] = [];
      for (let i = 0; i < AT_ONCE; i++) prepared.push(await bench.prepare());
      const accounts = prepared.map((one) => sharing(bench, one, prepared[0] ?? one, member));
      const sent = await Promise.all(accounts.map((account) => signup(bench, account)));
      const { after } = onlyWinner(`${AT_ONCE} signups with one ${member} at once`, sent, error);
      await bench.confirm(after);
      const { sessionId } = await expectLogin(bench, after, 'the login of the account that was taken');
      await expectAccount(bench, { sessionId }, after, 'after several signups at once');
    }
  },
});

/** How many accounts move to one address at once. */
const MOVING = 3;

export const accountRaceChecks: readonly Check<ServerBench>[] = [
  signupRace('email', 'email-taken', 'SIGNUP-04'),
  signupRace('id', 'id-taken', 'SIGNUP-05'),
  {
    id: 'server.email.race',
    title:
      'Of several accounts that move to one address at once, and one that signs up with it, one has it, and the others stay as they were.',
    requirements: ['EMAIL-02', 'CHANGE-09'],
    floods: 'it sends several requests at once',
    needs: ['change-password', 'change-email'],
    twin: taken('changePassword'),
    async run(bench) {
      const movers: { readonly device: Device; account: OwnAccount }[] = [];
      for (let i = 0; i < MOVING; i++) {
        const account = await bench.someone(`email.race.${i}`);
        movers.push({ account, device: await bench.device(account) });
      }
      for (let round = 0; round < ROUNDS; round++) {
        const other = await bench.prepare();
        const moves = movers.map((mover) => ({
          mover,
          change: changeOf(bench, mover.account, {
            email: other.typed.email,
            passphrase: anotherPassphrase(mover.account, round),
          }),
        }));
        const sent = await Promise.all([
          ...moves.map(async ({ mover, change }) => ({
            after: change.after,
            answer: await mover.device.call('POST', CHANGE, change.body),
          })),
          signup(bench, other),
        ]);
        const winner = onlyWinner(`${MOVING} moves and a signup to one address at once`, sent, 'email-taken');
        for (const { mover, change } of moves) {
          if (winner.after === change.after) mover.account = change.after;
          await expectAccount(
            bench,
            mover.device,
            mover.account,
            'after several moves to one address at once',
          );
        }
        await bench.confirm(winner.after);
        await expectLogin(bench, winner.after, 'the login of the account that has the address');
      }
    },
  },
];
