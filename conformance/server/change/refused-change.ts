/** A change with something wrong in it, which leaves the account as it was and keeps nobody from the right one (7.6, 9.5). */
import type { ChangePasswordRequest } from '../../../reference/index.ts';
import type { Check } from '../../check.ts';
import { expectAccount } from '../answers/account-state.ts';
import { expectLogin } from '../login/expect-login.ts';
import type { Device, ServerBench } from '../bench/bench.ts';
import { anotherPassphrase, CHANGE, changed, changeOf } from './change.ts';
import type { OwnAccount } from '../bench/own-account.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { numbered } from '../fixtures/numbered.ts';

/** What a wrong change is made of. */
export interface Makings {
  readonly bench: ServerBench;
  readonly account: OwnAccount;
  /** The account before its last change. */
  readonly before: OwnAccount;
  readonly bob: OwnAccount;
  /** A change that would be accepted. */
  readonly right: ChangePasswordRequest;
}

/** One wrong change, and how it must be refused. */
export interface Wrong {
  /** `a change whose …` */
  readonly what: string;
  readonly body: object;
  readonly statuses: readonly number[];
  readonly error?: string;
}

/** A check that some wrong changes are refused. */
export interface RefusedChange extends Pick<Check<ServerBench>, 'title' | 'requirements' | 'profile'> {
  /** Its id is `server.change.` and this. */
  readonly name: string;
  readonly needs?: readonly string[];
  readonly wrong: (makings: Makings) => readonly Wrong[];
  /** What else must be as it was afterwards. */
  readonly after?: ((makings: Makings) => Promise<unknown>) | undefined;
}

/** An account that has made a change, so that there is a stale one, and has the next one ready. */
interface Subject {
  readonly device: Device;
  readonly before: OwnAccount;
  readonly account: OwnAccount;
  readonly right: ChangePasswordRequest;
  /** How many wrong proofs it has had. */
  proofs: number;
}

async function begin(bench: ServerBench, number: number): Promise<Subject> {
  const before = await bench.someone(`refused.${String(number)}`);
  const device = await bench.device(before);
  const change = changeOf(bench, before, { passphrase: anotherPassphrase(before) });
  const account = await changed(device, change);
  const { body: right } = changeOf(bench, account, { passphrase: anotherPassphrase(account, 2) });
  return { device, before, account, right, proofs: 0 };
}

/**
 * A change that is refused changes nothing, so one account does for many; after a wrong one the next check has a new
 * one, and after so many wrong proofs too, since a server limits them (9.8).
 */
const PROOFS = 4;
const subjects = new WeakMap<ServerBench, Promise<Subject>>();
const numberOf = numbered();

async function subjectOf(bench: ServerBench): Promise<Subject> {
  const subject = subjects.get(bench) ?? begin(bench, numberOf(bench));
  subjects.set(bench, subject);
  return await subject;
}

async function judge(
  bench: ServerBench,
  { wrong, after }: Pick<RefusedChange, 'wrong' | 'after'>,
): Promise<void> {
  const subject = await subjectOf(bench);
  const { device, before, account, right } = subject;
  const makings = { bench, account, before, right, bob: await bench.bob() };
  for (const { what, body, statuses, error } of wrong(makings)) {
    const answer = await device.call('POST', CHANGE, body);
    if (error === 'wrong-proof') subject.proofs++;
    expectRefusal(what, answer, statuses, error);
    await expectAccount(bench, device, account, `after ${what} was refused`);
  }
  await expectLogin(bench, account, 'a login after changes that were refused');
  await after?.(makings);
  if (subject.proofs >= PROOFS) subjects.delete(bench);
}

export const refusedChange = ({
  name,
  needs = [],
  wrong,
  after,
  ...check
}: RefusedChange): Check<ServerBench> => ({
  ...check,
  id: `server.change.${name}`,
  needs: ['change-password', ...needs],
  twin: subjectOf,
  async run(bench) {
    try {
      await judge(bench, { wrong, after });
    } catch (error) {
      subjects.delete(bench);
      throw error;
    }
  },
});
