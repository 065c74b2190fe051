/** Adapters that break: the run ends by itself, says what happened, keeps little and leaves nothing behind. */
import t, { type Test } from 'tap';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { typedAccount } from '../inputs.ts';
import { root } from './root.ts';
import { hasProc, isAlive, runCli, type CliOptions, type CliRun } from './run-cli.ts';

const adapter = join(root, 'conformance/test/peers/misbehaving-adapter.mjs');

interface Misbehaviour {
  /** What the adapter does, and at which call; the first is `describe`, the second `signup`. */
  readonly how: string;
  readonly at: number;
  /** What the report says. */
  readonly says: RegExp;
  /** Milliseconds that a call may take; the default never runs out. */
  readonly timeout?: number;
  /** The profile that it is judged in; `documented` by default, the only one that it declares. */
  readonly profile?: string;
  readonly options?: readonly string[];
}

/** A run with such an adapter. The process ids that it tells are in the file. */
async function run(
  { how, at, timeout = 20_000, profile = 'documented', options = [] }: Omit<Misbehaviour, 'says'>,
  file = '',
  more: CliOptions = {},
): Promise<CliRun> {
  const command = [process.execPath, adapter, how, String(at), ...(file === '' ? [] : [file])];
  const limits = [
    '--timeout',
    String(timeout),
    '--profile',
    profile,
    '--jobs',
    '1',
    '--seed',
    '1',
    ...options,
  ];
  return await runCli(['test', 'client', ...limits, '--', ...command], { timeout: 30_000, ...more });
}

/** What the suite types as passphrases, in the places where a terminal or a log would show them. */
const passphrases = ['jane', 'bob', '0', '1'].map((name) => typedAccount(1, name).passphrase.trim());
/** A run that needs little holds less than half of this, in MiB. */
const MOST = 256;

function expectEnded(test: Test, { status, stdout, stderr, left, peak }: CliRun, says: RegExp): void {
  test.equal(status, 3, 'the run ends, and says that the target could not be run');
  test.match(stdout, says);
  test.ok(stdout.length < 20_000, 'the report stays readable');
  test.notMatch(stdout, CONTROL, 'the adapter does not steer the terminal');
  test.equal(stderr, '');
  test.same(left, [], 'no process is left behind');
  test.notOk(
    passphrases.some((passphrase) => stdout.includes(passphrase)),
    'no passphrase is printed',
  );
  if (hasProc) test.ok(peak > 40 && peak < MOST, `${peak.toFixed()} MiB at most`);
}

/** What a terminal acts on, line ends apart. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

const SOON = 2000;
const early = (reason: string): RegExp => new RegExp(`\nThe run ended early: the adapter ${reason}`);
const atOnce = (reason: string): RegExp => new RegExp(`could not be run: the adapter ${reason}`);

/** What to do about a line that is no answer at all. */
const NEXT = 'Next: .*logs to standard error; e2ee-sync doctor -- COMMAND .*';

const broken: readonly Misbehaviour[] = [
  // It ends.
  { how: 'exits at start', at: 1, says: atOnce('ended with status 7\n') },
  { how: 'is killed', at: 1, says: atOnce('ended by SIGKILL\n') },
  { how: 'exits', at: 2, says: early('ended with status 7\n') },
  { how: 'ends at once', at: 2, says: early('ended with status 0\n') },
  { how: 'exits afterwards', at: 1, says: early('ended with status 7\n') },
  { how: 'leaves a process and exits', at: 2, says: early('ended with status 7\n') },
  {
    how: 'tells everything',
    at: 2,
    says: early('ended with status 7; its stderr ends: .*"passphrase":"\\[secret\\]"'),
  },
  // It is silent.
  { how: 'hangs', at: 1, timeout: SOON, says: atOnce('did not answer describe within 2 seconds\n') },
  { how: 'hangs', at: 2, timeout: SOON, says: early('did not answer signup within 2 seconds\n') },
  { how: 'is stopped', at: 2, timeout: SOON, says: early('did not answer signup within 2 seconds\n') },
  { how: 'closes stdin', at: 2, timeout: SOON, says: early('did not answer signup within 2 seconds\n') },
  { how: 'closes stdout', at: 2, says: early('closed its standard output\\b') },
  {
    how: 'floods stderr and hangs',
    at: 2,
    timeout: SOON,
    says: early('did not answer signup within 2 seconds; its stderr ends: \\S'),
  },
  {
    how: 'drips',
    at: 2,
    timeout: SOON,
    says: early('did not answer signup within 2 seconds; the line that it began has no end: \\{"j'),
  },
  {
    how: 'prints half a line',
    at: 2,
    timeout: SOON,
    says: early('did not answer signup within 2 seconds.* line .*\\{"jsonrpc":"2\\.0","id":2,"resu'),
  },
  // What it prints is no answer.
  {
    how: 'prints garbage',
    at: 2,
    says: early(`printed a line that is not JSON: .*Hello, here I am\\. ${NEXT}\n`),
  },
  { how: 'prints an empty line', at: 2, says: early(`printed a line that is not JSON: \\. ${NEXT}\n`) },
  { how: 'prints null', at: 2, says: early(`printed a line that is not a JSON object: null\\. ${NEXT}\n`) },
  {
    how: 'prints a list',
    at: 2,
    says: early(`printed a line that is not a JSON object: \\[\\{.*\\. ${NEXT}\n`),
  },
  { how: 'prints a line that is not UTF-8', at: 2, says: early('printed a line that is not UTF-8\n') },
  { how: 'prints a deep result', at: 2, says: early('(printed|answered) .*(deep|/accountId)') },
  { how: 'prints a long line', at: 2, says: early('printed a line of more than 16777216 bytes\n') },
  {
    how: 'prints a long line without an end',
    at: 2,
    says: early('printed a line of more than 16777216 bytes\n'),
  },
  // It is not the answer that is waited for.
  { how: 'answers another call', at: 2, says: early('answered request 1002, which nobody waits for\n') },
  { how: 'answers the last call again', at: 2, says: early('answered request 1, which nobody waits for\n') },
  { how: 'answers without an id', at: 2, says: early('printed .*: \\S*id is missing') },
  { how: 'answers twice', at: 2, says: early('answered request 2, which nobody waits for\n') },
  {
    how: 'answers before it is asked',
    at: 1,
    // The call may be on its way by the time that this is read.
    says: early('answered (request 2, which nobody waits for|signup with \\{\\}: /accountId is missing)\n'),
  },
  { how: 'cannot read the call', at: 2, says: early('could not read .*I understand nothing') },
  // It is not of its form.
  { how: 'answers and reports', at: 2, says: early('printed .*') },
  {
    how: 'answers with another type',
    at: 2,
    says: early('answered signup with \\{"accountId":7\\}: /accountId '),
  },
  { how: 'is of another type', at: 1, says: atOnce('answered describe with .*: /(name|profiles) ') },
  { how: 'can what nobody knows', at: 1, says: atOnce('answered describe with .*: /capabilities/1 ') },
  { how: 'hangs', at: 9, profile: 'deployed', says: /the client declares documented, not deployed\n/ },
];

t.jobs = 2;
for (const misbehaviour of broken)
  void t.test(`${misbehaviour.how} at call ${String(misbehaviour.at)}`, { buffered: true }, async (test) => {
    expectEnded(test, await run(misbehaviour), misbehaviour.says);
  });

for (const command of ['/no/such/command', '/', 'package.json/adapter', ''])
  void t.test(`the command ${JSON.stringify(command)}`, { buffered: true }, async (test) => {
    const ended = await runCli(['test', 'client', '--', command], { timeout: 20_000 });
    expectEnded(test, ended, /could not be run: the adapter could not be started: \S/);
  });

void t.test('a long error message', { buffered: true }, async (test) => {
  const reported = await run({ how: 'reports at length', at: 2, options: ['--only', 'client.signup.*'] });
  test.equal(reported.status, 1);
  test.match(reported.stdout, /signup sent no POST \/auth\/signup: it reported «no no no/);
  test.ok(reported.stdout.length < 100_000, 'the report stays readable');
});

const few = ['--only', 'client.signup.request'];

void t.test('an adapter that floods stderr and works', { buffered: true }, async (test) => {
  const ended = await run({ how: 'floods stderr', at: 1, options: few });
  test.equal(ended.status, 0);
  test.match(ended.stdout, /\n1 pass: conformant\n$/);
  test.same(ended.left, []);
});

// A process in a session of its own does not end with the group of the adapter, and holds its pipes.
for (const how of ['starts a process', 'starts a process that hides', 'is deaf to SIGTERM'])
  void t.test(`an adapter that ${how} and works`, { buffered: true, skip: !hasProc }, async (test) => {
    const file = join(test.testdir(), 'pids');
    const ended = await run({ how, at: 2, options: few }, file);
    test.equal(ended.status, 0);
    test.match(ended.stdout, /\n1 pass: conformant\n$/);
    const pids = readFileSync(file, 'utf8').trim().split('\n').map(Number);
    test.equal(pids.length, 1);
    test.notOk(pids.some(isAlive), 'what was started is dead');
    test.same(ended.left, []);
  });

/** The first process id in a file, once it is there. */
const pidIn = (file: string): number | undefined => {
  try {
    return Number(readFileSync(file, 'utf8').split('\n')[0]) || undefined;
  } catch {
    return undefined;
  }
};

void t.test('killed by itself in the middle of a run', { buffered: true }, async (test) => {
  const ended = await run({ how: 'is killed', at: 4 });
  expectEnded(
    test,
    ended,
    /\nThe run ended early: the adapter ended by SIGKILL\n\n\d+\.\d s, \d+ % .*\n\d+ pass.*: the target could/,
  );
  test.match(ended.stdout, /^pass +documented client\.signup\.request /m, 'what was judged before counts');
});

void t.test('killed from outside in the middle of a run', { buffered: true }, async (test) => {
  const file = join(test.testdir(), 'pids');
  const watch = setInterval(() => {
    const pid = pidIn(file);
    if (pid === undefined) return;
    clearInterval(watch);
    process.kill(pid, 'SIGTERM');
  }, 20);
  const ended = await run({ how: 'tells its process id', at: 3 }, file);
  clearInterval(watch);
  expectEnded(
    test,
    ended,
    /\nThe run ended early: the adapter ended by SIGTERM\n\n\d+\.\d s, \d+ % .*\n\d+ pass.*: the target could/,
  );
});

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  void t.test(`the suite gets ${signal} while the adapter hangs`, { buffered: true }, async (test) => {
    let sent = false;
    const onOutput = (_stdout: string, pid: number): void => {
      if (!sent) setTimeout(() => process.kill(pid, signal), 1000);
      sent = true;
    };
    const ended = await run({ how: 'hangs', at: 2 }, '', { onOutput });
    test.ok(sent, 'the run had begun');
    test.not(ended.status, 0);
    test.same(ended.left, [], 'no process is left behind');
  });
