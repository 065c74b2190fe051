/** What a server does with the codes that it mails in place of an old passphrase (7.8); only in `deployed`. */
import { toHex } from '../../../reference/index.ts';
import { Blocked, expectThat, type Check } from '../../check.ts';
import { expectAccount, expectDead } from '../answers/account-state.ts';
import { expectLogin } from '../login/expect-login.ts';
import { isSuccess, requestLine, statusAndBody, type Device, type ServerBench } from '../bench/bench.ts';
import { anotherEmail, anotherPassphrase, CHANGE, changed, changeOf, type Change } from './change.ts';
import { mailedCode, withCode, wrongCode } from './mailed-code.ts';
import type { OwnAccount } from '../bench/own-account.ts';
import { expectRefusal } from '../answers/refusal.ts';

/** A change that is ready, and the code that was mailed for it. */
interface Ready {
  readonly bench: ServerBench;
  readonly device: Device;
  readonly account: OwnAccount;
  readonly change: Change;
  readonly code: string;
}

async function ready(bench: ServerBench, name: string): Promise<Ready> {
  const account = await bench.someone(`code.${name}`);
  const device = await bench.device(account);
  const change = changeOf(bench, account, { passphrase: anotherPassphrase(account) });
  return { bench, device, account, change, code: await mailedCode(bench, device) };
}

/** A new code that is not this one, which one of a million may be: it is asked for once more then. */
async function anotherCode({ bench, device }: Ready, code: string): Promise<string> {
  const first = await mailedCode(bench, device);
  return first === code ? await mailedCode(bench, device) : first;
}

/** Fails unless the code permits the change. */
async function expectPermitted({ bench, device, change }: Ready, code: string): Promise<void> {
  const answer = await device.call('POST', CHANGE, withCode(change.body, code));
  expectThat(isSuccess(answer), 'a change with the mailed code was refused', {
    sent: requestLine(answer),
    expected: 'status 200',
    actual: statusAndBody(answer),
  });
  await expectAccount(bench, device, change.after, 'after a change with a code');
}

/** Fails unless the code is wrong for the change, and nothing has changed. */
async function expectWrong(
  { bench, device, change, account }: Ready,
  code: string,
  what: string,
  statuses: readonly number[] = [401],
): Promise<void> {
  const answer = await device.call('POST', CHANGE, withCode(change.body, code));
  const error = answer.status === 401 ? 'wrong-code' : undefined;
  expectRefusal(`a change with ${what}`, answer, statuses, error);
  await expectAccount(bench, device, account, `after a change with ${what} was refused`);
}

const taken = async (bench: ServerBench): Promise<void> => {
  const one = await ready(bench, 'twin');
  await expectPermitted(one, one.code);
};

/** One honest change with a code for all checks that one is refused. */
const honest = new WeakMap<ServerBench, Promise<void>>();
const twin = async (bench: ServerBench): Promise<void> => {
  const first = honest.get(bench) ?? taken(bench);
  honest.set(bench, first);
  await first;
};

/** Something is wrong with a code, or was. */
interface CodeCheck extends Pick<Check<ServerBench>, 'title' | 'requirements' | 'floods'> {
  readonly name: string;
  readonly judge: (ready: Ready) => Promise<void>;
}

const CHECKS: readonly CodeCheck[] = [
  {
    name: 'change',
    title:
      'A mailed code permits a change in place of the old verifier, and the new passphrase opens the account.',
    requirements: ['CODE-02', 'CODE-01', 'CHANGE-09'],
    async judge(one) {
      await expectPermitted(one, one.code);
      await expectLogin(one.bench, one.change.after, 'a login after a change with a code');
    },
  },
  {
    name: 'fresh',
    title: 'A second mail brings another code, which takes the place of the first.',
    requirements: ['CODE-01', 'CODE-04'],
    async judge(one) {
      const second = await anotherCode(one, one.code);
      expectThat(second !== one.code, 'the same code was mailed twice', {
        expected: 'a fresh random code',
        actual: 'the code of the mail before',
      });
      await expectWrong(one, one.code, 'the code of the mail before the last one');
      await expectPermitted(one, second);
    },
  },
  {
    name: 'once',
    title: 'A code that has permitted a change permits no second one.',
    requirements: ['CODE-02', 'CODE-04'],
    async judge(one) {
      await expectPermitted(one, one.code);
      const account = one.change.after;
      const change = changeOf(one.bench, account, { passphrase: anotherPassphrase(account, 2) });
      await expectWrong({ ...one, account, change }, one.code, 'a code that was used');
    },
  },
  {
    name: 'wrong',
    title: 'A wrong code permits nothing, and leaves the right one usable.',
    requirements: ['CODE-04', 'HTTP-11'],
    async judge(one) {
      await expectWrong(one, wrongCode(one.code), 'a code that is wrong in its last character');
      await expectWrong(one, one.code.slice(0, -1), 'a code that lacks its last character');
      await expectWrong(one, '%', 'a wildcard');
      await expectWrong(one, '_'.repeat(one.code.length), 'a wildcard for each character');
      await expectPermitted(one, one.code);
    },
  },
  {
    name: 'five',
    title: 'After five wrong codes the right one comes too late.',
    requirements: ['CODE-05'],
    async judge(one) {
      // How many attempts are too many is up to the server (9.8), and it may answer with 429 before the fifth.
      for (let i = 0; i < 5; i++)
        await one.device.call('POST', CHANGE, withCode(one.change.body, wrongCode(one.code)));
      await expectWrong(one, one.code, 'the right code after five wrong ones', [401, 429]);
    },
  },
  {
    name: 'anew',
    title:
      'A new code has a count of its own, and what becomes of it is nothing to the code of another account.',
    requirements: ['CODE-05', 'CODE-02'],
    async judge(one) {
      const other = await ready(one.bench, 'anew.other');
      for (let i = 0; i < 4; i++)
        await expectWrong(one, wrongCode(one.code), `wrong code number ${String(i + 1)}`);
      const second = await mailedCode(one.bench, one.device);
      await expectWrong(one, wrongCode(second), 'a wrong code after a new one was mailed');
      await expectPermitted(one, second);
      await expectPermitted(other, other.code);
    },
  },
  {
    name: 'raced',
    title: 'A code that is used several times at once permits one change.',
    requirements: ['CODE-02', 'CHANGE-08'],
    floods: 'it sends several requests at once',
    async judge(one) {
      const { bench, device, account, code } = one;
      // With the present key as the new one no change makes another stale: only the code, used once, is in the way.
      const { verifier, encSymmetricKey } = account.body;
      const kept = { newVerifier: verifier, newEncSymmetricKey: encSymmetricKey };
      const changes = ['Ada', 'Grace', 'Emmy', 'Mary'].map((firstName) => {
        const { body, after } = changeOf(bench, account, { firstName });
        return {
          body: withCode({ ...body, ...kept }, code),
          after: { ...after, body: { ...after.body, verifier, encSymmetricKey } },
        };
      });
      const sent = await Promise.all(
        changes.map(async ({ body, after }) => ({ after, answer: await device.call('POST', CHANGE, body) })),
      );
      const answers = sent.map(({ answer }) => answer);
      const taken = sent.filter(({ answer }) => isSuccess(answer));
      expectThat(taken.length <= 1, 'a code was used more than once', {
        sent: `${changes.length} changes with one code at once`,
        expected: 'one is accepted',
        actual: answers.map(statusAndBody).join('; '),
      });
      for (const answer of answers)
        if (!isSuccess(answer))
          expectRefusal('a change with a code at once with another', answer, [401, 409]);
      expectThat(taken.length === 1, 'a code that was used several times at once permitted nothing', {
        sent: `${changes.length} changes with one code at once`,
        expected: 'one is accepted',
        actual: answers.map(statusAndBody).join('; '),
      });
      await expectAccount(bench, device, taken[0]?.after ?? account, 'after one code was used several times');
    },
  },
  {
    name: 'five-at-once',
    title: 'After ten wrong codes that come at once the right one comes too late.',
    requirements: ['CODE-05'],
    floods: 'it sends several requests at once',
    async judge(one) {
      const guess = () => one.device.call('POST', CHANGE, withCode(one.change.body, wrongCode(one.code)));
      const answers = await Promise.all(Array.from({ length: 10 }, guess));
      const judged = answers.filter(({ status }) => status === 401);
      if (judged.length < 5)
        throw new Blocked(`the server judged ${judged.length} of ten wrong codes that came at once`);
      await expectWrong(one, one.code, 'the right code after ten wrong ones at once', [401, 429]);
    },
  },
  {
    name: 'foreign',
    title: 'A code permits a change of no other account than the one whose session asked for it.',
    requirements: ['CODE-02', 'CODE-04'],
    async judge(one) {
      const other = await ready(one.bench, 'foreign.other');
      const code = other.code === one.code ? await anotherCode(other, one.code) : other.code;
      await expectWrong(one, code, 'the code of another account');
      await expectPermitted(other, code);
    },
  },
  {
    name: 'with-verifier',
    title:
      'A change that carries both a code and a verifier is refused, whichever of them is right, and uses nothing up.',
    requirements: ['HTTP-07', 'HTTP-11'],
    async judge(one) {
      const { bench, device, account, change, code } = one;
      const { verifier } = account.body;
      const both: Readonly<Record<string, object>> = {
        'the right code and the right verifier': { verifier, code },
        'the right code and a wrong verifier': { verifier: change.body.newVerifier, code },
        'a wrong code and the right verifier': { verifier, code: wrongCode(code) },
      };
      for (const [what, permit] of Object.entries(both)) {
        const answer = await device.call('POST', CHANGE, { ...change.body, ...permit });
        expectRefusal(`a change with ${what}`, answer, [400]);
        await expectAccount(bench, device, account, `after a change with ${what} was refused`);
      }
      await expectPermitted(one, code);
    },
  },
  {
    name: 'address',
    title: 'A code permits no change of address, and stays usable where one is refused.',
    requirements: ['CODE-06', 'HTTP-11'],
    async judge(one) {
      const { bench, device, account, code } = one;
      const moved = changeOf(bench, account, { email: anotherEmail(account) });
      const answer = await device.call('POST', CHANGE, withCode(moved.body, code));
      expectRefusal('a change of address with a code', answer, [403]);
      await expectAccount(bench, device, account, 'after a change of address with a code was refused');
      await expectPermitted(one, code);
    },
  },
  {
    name: 'stale',
    title: 'A stale change with the right code is refused, and leaves the code usable.',
    requirements: ['CHANGE-08', 'CODE-02'],
    async judge(one) {
      const { bench, device, account, code, change } = one;
      const stale = { ...withCode(change.body, code), encSymmetricKey: change.body.newEncSymmetricKey };
      const answer = await device.call('POST', CHANGE, stale);
      expectRefusal('a stale change with a code', answer, [409], 'stale');
      await expectAccount(bench, device, account, 'after a stale change with a code was refused');
      await expectPermitted(one, code);
    },
  },
  {
    name: 'after-change',
    title: 'A code that was mailed before a change of any kind permits nothing after it.',
    requirements: ['CHANGE-12', 'CODE-04'],
    async judge({ bench, device, account: first, change, code: firstCode }) {
      const changes: Readonly<Record<string, (account: OwnAccount) => Change>> = {
        passphrase: () => change,
        name: (account) => changeOf(bench, account, { firstName: 'Ada' }),
        ...(bench.capabilities.includes('change-email') && {
          address: (account) => changeOf(bench, account, { email: anotherEmail(account) }),
        }),
      };
      let [account, code] = [first, firstCode];
      for (const [what, changeFrom] of Object.entries(changes)) {
        account = await changed(device, changeFrom(account));
        const next = changeOf(bench, account, { passphrase: anotherPassphrase(account, 2) });
        const one = { bench, device: { ...device, account }, account, change: next, code };
        await expectWrong(one, code, `a code from before a change of the ${what}`);
        code = await mailedCode(bench, one.device);
      }
    },
  },
  {
    name: 'sessions',
    title: 'A change with a code ends the other sessions of the account, and not the one that made it.',
    requirements: ['CHANGE-11'],
    async judge(one) {
      const other = await one.bench.device(one.account);
      await expectPermitted(one, one.code);
      await expectDead(one.bench, other.sessionId, 'another session after a change with a code');
    },
  },
  {
    name: 'starters',
    title: 'A login that was begun before a change with a code does not end well after it.',
    requirements: ['CHANGE-12', 'LOGIN-09'],
    async judge(one) {
      const { bench, account, code } = one;
      const opened = await bench.open(account);
      // The passphrase stays, so that nothing but the change is in the way.
      const change = changeOf(bench, account, { firstName: 'Ada', sameSalts: true });
      await expectPermitted({ ...one, change }, code);
      const proved = await bench.prove(opened, toHex(opened.expected('srp.M1')));
      expectRefusal('a login from before a change with a code', proved, [401], 'wrong-proof');
      await expectDead(bench, toHex(opened.expected('session.id')), 'the session of such a login');
    },
  },
];

export const codeChecks = CHECKS.map(({ name, judge, ...check }): Check<ServerBench> => ({
  ...check,
  id: `server.code.${name}`,
  profile: 'deployed',
  needs: ['change-password', 'change-with-code', 'mail'],
  ...(name !== 'change' && { twin }),
  run: async (bench) => {
    await judge(await ready(bench, name));
  },
}));
