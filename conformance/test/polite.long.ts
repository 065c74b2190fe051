/** A polite run: so many calls a second, patience where it is asked for, and nothing left behind or changed that is not its own. */
import t from 'tap';
import { createServer, listen, type Mail, type Store } from '../../reference/index.ts';
import { PROFILES } from '../../reference/test/server-world.ts';
import { TargetGone } from '../check.ts';
import { judgeServer, type JudgeOptions } from '../judge.ts';
import { ADDRESS_PREFIX } from '../server/bench/address.ts';
import type { LeftAccount } from '../server/bench/clearing.ts';
import { createPace } from '../server/bench/pace.ts';
import type { CheckResult } from '../verdict.ts';
import { mailboxOver } from '../target/mailbox.ts';
import { everythingIn, usedStorage, within } from './used-storage.ts';

/** Every call of a check in its turn takes its time. */
t.setTimeout(1_200_000);

const signal = new AbortController().signal;
const answer = (status: number, responseHeaders: Readonly<Record<string, string>> = {}) =>
  Promise.resolve({ status, responseHeaders });

/** Time that passes only where somebody sleeps. */
function stoppedClock() {
  let now = Date.UTC(2026, 0, 31, 12);
  const slept: number[] = [];
  const sleep = (milliseconds: number): Promise<void> => {
    slept.push(milliseconds);
    now += milliseconds;
    return Promise.resolve();
  };
  return { slept, clock: { now: () => now, sleep } };
}

t.test('calls begin one after the other, so many a second', async (test) => {
  const { slept, clock } = stoppedClock();
  const pace = createPace({ callsPerSecond: 4, clock });
  let underWay = 0;
  const call = async () => {
    test.equal(++underWay, 1, 'no other call is under way');
    await Promise.resolve();
    underWay--;
    return await answer(200);
  };
  await Promise.all([1, 2, 3].map(() => pace(call, signal)));
  test.same(slept, [250, 250], 'no wait before the first');
  await test.rejects(
    pace(() => Promise.reject(new Error('no answer')), signal),
    /no answer/,
  );
  test.equal((await pace(call, signal)).status, 200, 'a call that fails holds up no other');
});

t.test(
  'a call is tried again when the server says so, and its answer taken as it is in the end',
  async (test) => {
    const { slept, clock } = stoppedClock();
    const waits: number[] = [];
    const pace = createPace({ callsPerSecond: 1000, clock, onWait: (seconds) => waits.push(seconds) });
    const date = new Date(clock.now() + 90_000).toUTCString();
    const script = [answer(429, { 'retry-after': '7' }), answer(503, { 'retry-after': date }), answer(429)];
    const next = () => script.shift() ?? answer(200);
    test.equal((await pace(next, signal)).status, 200);
    test.same(waits, [7, 83, 1]);
    test.ok(slept.includes(7000));
    test.equal((await pace(() => answer(503), signal)).status, 503, 'a failure asks for nothing');
    test.equal((await pace(() => answer(429, { 'retry-after': '86400' }), signal)).status, 429, 'too long');
    let tried = 0;
    const refusing = () => answer(429, { 'retry-after': String(++tried) });
    test.equal((await pace(refusing, signal)).status, 429);
    test.equal(tried, 5);
  },
);

interface Judged {
  readonly results: readonly CheckResult[];
  readonly left: readonly LeftAccount[];
  /** Every address that was mailed to. */
  readonly mailed: readonly string[];
  /** Every address that a request named. */
  readonly named: ReadonlySet<string>;
  /** How many accounts signed up. */
  readonly signups: number;
}

/** The addresses in a body, wherever they are; what has white space or two `@` is none. */
function addressesIn(text: string): readonly string[] {
  const found: string[] = [];
  try {
    JSON.parse(text, (_, value: unknown) => {
      if (typeof value === 'string' && value.length < 300 && /^[^@\s]+@[^@\s]+$/.test(value))
        found.push(value);
      return value;
    });
  } catch {
    // no JSON
  }
  return found;
}

/** Judges the reference server politely, as fast as it answers. */
async function judged(file: string, options: JudgeOptions): Promise<Judged> {
  return await within(file, async (store) => {
    const [mails, results, left]: [Mail[], CheckResult[], LeftAccount[]] = [[], [], []];
    let signups = 0;
    const counting: Store = {
      ...store,
      addAccount(account) {
        signups++;
        return store.addAccount(account);
      },
    };
    const { profile } = options;
    const mailer = (mail: Mail): void => void mails.push(mail);
    const server = createServer({ profile, mailer, publicUrl: 'http://127.0.0.1', store: counting });
    const named = new Set<string>();
    const { url, close } = await listen(async (request, caller) => {
      for (const email of addressesIn(await request.clone().text())) named.add(email);
      return await server.fetch(request, caller);
    });
    const target = { label: 'the reference server', url, mailbox: mailboxOver(mails) };
    try {
      const polite = { callsPerSecond: 100_000, ...options.polite };
      const run = { ...options, polite, onLeft: (accounts: typeof left) => void left.push(...accounts) };
      for await (const result of judgeServer(target, run as JudgeOptions)) results.push(result);
    } catch (error) {
      if (!(error instanceof TargetGone)) throw error;
    } finally {
      await close();
    }
    return { results, left, mailed: mails.map(({ to }) => to), named, signups };
  });
}

/** Checks that leave much behind by themselves; all of them with SLOW=1. */
const MANY = [
  ...['signup.well-formed', 'signup.type', 'generated.signup', 'generated.changePassword', 'story'],
  ...['change.passphrase', 'email.*', 'confirm.*', 'delete.*', 'reset.*', 'team*', 'code.*', 'login.many'],
  ...['valid.login*', 'http.long-garbage'],
].map((name) => `server.${name}`);
const only = process.env['SLOW'] === '1' ? undefined : MANY.join(',');

for (const profile of PROFILES)
  t.test(`a polite run leaves everything as it was (${profile})`, async (test) => {
    const file = await usedStorage(test, profile);
    const before = everythingIn(file);
    test.match(before, /req_1/);
    const options = { profile, seed: 5, runs: 1, only, addressDomain: 'mail.example.org' };
    const { results, left, mailed, named, signups } = await judged(file, options);
    test.same(left, []);
    test.ok(signups > 20, `${signups} accounts signed up`);
    test.equal(everythingIn(file), before);
    const red = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'blocked');
    test.same(red, []);
    const skipped = results.find(({ id }) => id === 'server.login.many');
    test.match(skipped, { verdict: 'skipped', reason: /^a polite run leaves it out: it logs in a hundred/ });
    test.ok(mailed.length > 20);
    test.ok(named.size > 20);
    for (const email of mailed)
      test.ok(email.startsWith(ADDRESS_PREFIX) && email.endsWith('@mail.example.org'), email);
    test.match(mailed.join(''), /^[!-~]+$/, 'no mail server is asked for more than ASCII');
    // Some are in upper case, or begin with a byte order mark.
    for (const email of named)
      test.ok(
        email
          .toLowerCase()
          .replace(/^\ufeff/, '')
          .startsWith(ADDRESS_PREFIX),
        email,
      );
  });

t.test('a run that is stopped in its middle, or ends early, leaves everything as it was', async (test) => {
  const file = await usedStorage(test, 'documented');
  const before = everythingIn(file);
  const stopping = new AbortController();
  let begun = 0;
  const options: JudgeOptions = { profile: 'documented', seed: 5, only: 'server.email.*,server.story' };
  const onProgress = (): void => {
    if (++begun === 3) setTimeout(() => stopping.abort(), 300);
  };
  const { results, left, signups } = await judged(file, { ...options, onProgress, signal: stopping.signal });
  test.notOk(
    results.some(({ id }) => id === 'server.story'),
    'it did not run to its end',
  );
  test.ok(signups > 0);
  test.same(left, []);
  test.equal(everythingIn(file), before);
});

t.test('what cannot be deleted is named, and a run that would leave it does not begin', async (test) => {
  const target = { label: 'a server', url: 'http://127.0.0.1:1', capabilities: ['account'] };
  const options: JudgeOptions = { profile: 'deployed', seed: 5, polite: {} };
  const run = judgeServer({ ...target, mailbox: { kind: 'no-confirm' } }, options);
  await test.rejects(run.next(), /could not be deleted: the server cannot delete accounts/);
  const mailless = judgeServer(
    { ...target, capabilities: undefined, mailbox: { kind: 'none' } },
    {
      ...options,
      profile: 'documented',
    },
  );
  await test.rejects(mailless.next(), /its mail reaches the suite/);

  const server = createServer({
    profile: 'deployed',
    mailer: () => undefined,
    publicUrl: 'http://127.0.0.1',
  });
  const { url, close } = await listen(server.fetch);
  const left: LeftAccount[] = [];
  const polite = { callsPerSecond: 100_000, leaveAccounts: true };
  const judging = judgeServer(
    { ...target, url, mailbox: { kind: 'no-confirm' } },
    { ...options, polite, only: 'server.login.salts', onLeft: (accounts) => void left.push(...accounts) },
  );
  for await (const { verdict } of judging) test.equal(verdict, 'pass', 'it does not change the verdict');
  await close();
  test.equal(left.length, 1);
  test.ok(left[0]?.email.startsWith(ADDRESS_PREFIX));
  test.equal(left[0]?.why, 'the server cannot delete accounts');
});
