/** Servers that break: the run ends by itself, says what happened, keeps little and leaves nothing behind. */
import t, { type Test } from 'tap';
import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { typedAccount } from '../inputs.ts';
import { ADDRESS_PREFIX } from '../server/bench/address.ts';
import { root } from './root.ts';
import { hasProc, PLAIN, runCli, type CliRun } from './run-cli.ts';
import { first, ONE, serverMisbehaviours, type Misbehaviour } from './server-misbehaviours.ts';

const program = join(root, 'conformance/test/peers/misbehaving-server.mjs');

/** A server that runs already. */
async function running(how: string, at: number, authority: string) {
  const env = { ...process.env, AUTHORITY: authority };
  const child = spawn('env', [...PLAIN, process.execPath, program, how, String(at)], { env });
  const url = await new Promise<string>((done, fail) => {
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const [, url] = /listening at (\S+);/.exec(printed) ?? [];
      if (url !== undefined) done(url);
    });
    child.once('exit', () => {
      fail(new Error(`${how} has ended`));
    });
  });
  return { url, end: () => child.kill('SIGKILL') };
}

/** What the suite types for its accounts follows from the seed. */
const passphrases = ['jane', 'bob', '0', '1'].map((name) =>
  typedAccount(1, name, { prefix: ADDRESS_PREFIX }).passphrase.trim(),
);
/** What a terminal acts on, line ends apart. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;
/** A run that needs little holds less than half of this, in MiB. */
const MOST = 320;

function expectEnded(test: Test, { stdout, stderr, left, peak, ...run }: CliRun, row: Misbehaviour): void {
  const { status = 3, says } = row;
  test.equal(run.status, status, stdout.slice(-2000));
  test.match(stdout, says);
  if (status === 3) test.match(stdout, /: the target could not be run( to the end)?\n$/);
  const sentence = /\nThe run ended early: .*/s.exec(stdout)?.[0] ?? '';
  test.notMatch(sentence, /[\da-f]{64}/, 'it tells no key, salt or proof');
  test.ok(stdout.length < 20_000, 'the report stays readable');
  test.notMatch(stdout, CONTROL, 'the server does not steer the terminal');
  test.notOk(
    passphrases.some((passphrase) => stdout.includes(passphrase)),
    'no passphrase is printed',
  );
  test.equal(stderr, '');
  test.same(left, [], 'no process is left behind');
  if (hasProc) test.ok(peak > 40 && peak < MOST, `${peak.toFixed()} MiB at most`);
}

async function judged(row: Misbehaviour, folder: string): Promise<CliRun> {
  const { how, at = 1, timeout = 20_000, only = '*', runs = false, trusted = false } = row;
  const authority = join(folder, 'authority.pem');
  const server = runs ? await running(how, at, authority) : undefined;
  const words = `exec env ${PLAIN.join(' ')} '${process.execPath}' '${program}' '${how}' ${String(at)}`;
  const attached = server === undefined ? ['--start', words] : [server.url];
  const options = ['--profile', 'deployed', '--no-confirm', '--seed', '1', '--only', only];
  const limits = ['--timeout', String(timeout)];
  const env = trusted ? { NODE_EXTRA_CA_CERTS: authority } : {};
  try {
    return await runCli(['test', 'server', ...options, ...limits, ...attached], { env, timeout: 180_000 });
  } finally {
    server?.end();
  }
}

t.jobs = 2;
for (const row of serverMisbehaviours)
  void t.test(
    `${row.how} at call ${String(row.at ?? 1)}${row.trusted ? ', trusted' : ''}`,
    { buffered: true },
    async (test) => {
      expectEnded(test, await judged(row, test.testdir()), row);
    },
  );

/** A port on which nothing listens: one that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

void t.test('nothing listens at a URL', { buffered: true }, async (test) => {
  const url = `http://127.0.0.1:${String(await freePort())}`;
  const says = first(
    /nothing listens there \(connect ECONNREFUSED 127\.0\.0\.1:\d+\); start the server, or correct the URL\n/,
  );
  expectEnded(test, await runCli(['test', 'server', url]), { how: '', says });
});

void t.test('a name that nobody has', { buffered: true }, async (test) => {
  const says = first(/its name is not known \(getaddrinfo \w+ nowhere\.invalid\); correct the URL/);
  expectEnded(test, await runCli(['test', 'server', 'http://nowhere.invalid']), { how: '', says });
});

void t.test('https where plain HTTP is spoken', { buffered: true }, async (test) => {
  const { url, end } = await running('hangs', 1, '');
  const run = await runCli(['test', 'server', url.replace('http:', 'https:')]);
  end();
  const says = first(
    /what came is no TLS \(wrong version number\); expected TLS because the URL begins with https; say http where it speaks none\n/,
  );
  expectEnded(test, run, { how: '', says });
});

void t.test('a server that is deaf to SIGTERM is ended all the same', { buffered: true }, async (test) => {
  const before = performance.now();
  const run = await judged({ how: 'is deaf to SIGTERM', ...ONE, says: /x/ }, test.testdir());
  expectEnded(test, run, { how: '', status: 0, says: /\n1 pass: conformant\n$/ });
  test.ok(performance.now() - before > 4000, 'it was given some seconds');
});

void t.test('the port for mail is taken', { buffered: true }, async (test) => {
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
  const { port } = taken.address() as AddressInfo;
  const run = await runCli([
    'test',
    'server',
    'http://127.0.0.1:9',
    '--mail',
    `smtp://127.0.0.1:${String(port)}`,
  ]);
  taken.close();
  const says = /The run ended early: the suite cannot listen for mail at smtp:\S+: listen EADDRINUSE/;
  expectEnded(test, run, { how: '', says });
});

void t.test('the suite gets SIGTERM while the server hangs', { buffered: true }, async (test) => {
  const { url, end } = await running('hangs', 1, '');
  let sent = false;
  const onOutput = (_stdout: string, pid: number): void => {
    if (!sent) void sleep(1500).then(() => process.kill(pid, 'SIGTERM'));
    sent = true;
  };
  const run = await runCli(['test', 'server', url], { onOutput, timeout: 20_000 });
  end();
  test.ok(sent, 'the run had begun');
  test.not(run.status, 0);
  test.same(run.left, [], 'no process is left behind');
});
