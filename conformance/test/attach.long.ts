/** `test server --start`: a server that the suite starts, ends, and starts again; and what it says where that fails. */
import { networkInterfaces } from 'node:os';
import t from 'tap';
import { TargetGone } from '../check.ts';
import { startServerProcess } from '../target/server-process.ts';
import { startSmtpSink } from '../target/smtp-sink.ts';
import { root } from './root.ts';
import { runCli } from './run-cli.ts';

const SERVE = `exec env -u NODE_OPTIONS '${process.execPath}' '${root}/conformance/cli/e2ee-sync.cjs' serve`;
const reference = `${SERVE} --profile "$PROFILE" --port "$PORT" --data "$DATA/sync.db" --smtp "$SMTP_URL"`;
/** The program after it answers every request. */
const answering = (how: string): string =>
  `exec '${process.execPath}' -e 'require("http").createServer((q, a) => { ${how} }).listen(process.env.PORT, "127.0.0.1")'`;

t.test('it is started, judged with its mail, and ended', async (test) => {
  const only = 'server.confirm.once';
  const { status, stdout, left } = await runCli(['test', 'server', '--start', reference, '--only', only]);
  test.equal(status, 0, stdout);
  test.match(stdout, /\n1 pass: conformant\n$/);
  test.same(left, [], 'no process is left behind');
});

const hasIPv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);

t.test('mail comes over IPv6', { skip: hasIPv6 ? false : 'this machine has no ::1' }, async (test) => {
  const { port, close } = await startSmtpSink(0, {}, '::1'); // a port that was free a moment ago
  await close();
  const args = ['--mail', `smtp://[::1]:${String(port)}`, '--only', 'server.confirm.once'];
  const { status, stdout } = await runCli(['test', 'server', '--start', reference, ...args]);
  test.equal(status, 0, stdout);
  test.match(stdout, /\n1 pass: conformant\n$/);
});

t.test('it comes back at the same URL, with the same folder', async (test) => {
  const command = answering('a.end(require("fs").readdirSync(process.env.DATA).join())').replace(
    'exec',
    'date > "$DATA/$(ls "$DATA" | wc -l)"; exec',
  );
  const server = await startServerProcess({ command, profile: 'deployed', timeout: 20_000 });
  const answer = async (): Promise<string> => await (await fetch(server.url)).text();
  test.equal(await answer(), '0');
  for (const [signal, files] of [
    ['SIGKILL', '0,1'],
    ['SIGTERM', '0,1,2'],
  ] as const) {
    await server.restart(signal);
    test.equal(await answer(), files);
    test.equal(server.whyGone(), undefined);
  }
  await server.close();
  await test.rejects(answer(), 'it is ended');
});

/** What expires is judged of the reference server, kept in a file. */
const expiring = async (command: string, ...more: readonly string[]) => {
  const only = ['--only', 'server.signup,server.expiry.*'];
  return await runCli(['test', 'server', '--start', command, ...only, ...more]);
};
const later = `${reference} --clock-ahead "$CLOCK_AHEAD"`;

for (const [profile, own] of [
  ['documented', 'link'],
  ['deployed', 'code'],
] as const)
  t.test(`its clock is set ahead, and what is too old has expired: ${profile}`, async (test) => {
    const { status, stdout } = await expiring(later, '--clock', '--profile', profile);
    test.equal(status, 0, stdout);
    for (const id of ['starter', own, 'kept'])
      test.match(stdout, new RegExp(`^pass .*server\\.expiry\\.${id} `, 'm'));
    test.match(stdout, /\n4 pass: conformant\n$/);
  });

t.test('without --clock nothing is said of what expires, but how it is judged', async (test) => {
  const { status, stdout } = await expiring(reference);
  test.equal(status, 0, stdout);
  const says =
    /^skipped .*server\.expiry\.link +the target does not declare clock; expiry is judged with --start COMMAND --clock, where/m;
  test.match(stdout, says);
  test.match(stdout, /\n1 pass, 3 skipped: conformant\n$/);
});

t.test('a clock that is not ahead, whatever --clock says, is no fault of what expires', async (test) => {
  const { status, stdout } = await expiring(reference, '--clock');
  test.equal(status, 1, stdout);
  test.match(stdout, /^BLOCK.*server\.expiry\.link /m);
  test.match(
    stdout,
    /the clock of the server is not ahead: a new account was created at 20\S+; --clock says that COMMAND/,
  );
  test.notMatch(stdout, /^FAIL/m);
});

t.test('CLOCK_AHEAD grows, and stays at a restart', async (test) => {
  const command = answering('a.end(process.env.CLOCK_AHEAD)');
  const server = await startServerProcess({ command, profile: 'documented', timeout: 20_000 });
  const answer = async (): Promise<string> => await (await fetch(server.url)).text();
  const seen = [await answer()];
  for (const next of [() => server.advance(5), () => server.restart('SIGKILL'), () => server.advance(7)]) {
    await next();
    seen.push(await answer());
  }
  await server.close();
  test.same(seen, ['0', '5', '5', '12']);
});

t.test('it does not come back', async (test) => {
  const command = `test -e "$DATA/once" && exit 4; touch "$DATA/once"; ${answering('a.end()')}`;
  const server = await startServerProcess({ command, profile: 'documented', timeout: 20_000 });
  const back = server.restart('SIGKILL');
  await test.rejects(back, new TargetGone('the server did not start: its process ended with status 4'));
  await server.close();
});

for (const [what, command, says] of [
  [
    'exits at start',
    'echo no database >&2; exit 7',
    /did not start: its process ended with status 7; its stderr ends: no database; expected it to stay in the foreground/,
  ],
  ['is no program', '/no/such/server', /did not start: its process ended with status 127; /],
  [
    'never listens',
    'exec sleep 60',
    /the server did not answer GET http:\S+ within 4 seconds: connect ECONNREFUSED \S+; expected it to listen/,
  ],
  [
    'ends in the middle',
    answering('if (q.method == "POST") process.exit(9); a.end()'),
    /no answer to POST \/auth\/signup: (its process ended with status 9|socket hang up)/,
  ],
  ['never answers', answering('if (q.method == "GET") a.end()'), /no answer to POST \/auth\/signup: /],
] as const)
  t.test(`a server that ${what} ends the run`, async (test) => {
    const args = ['test', 'server', '--timeout', '4000', '--only', 'server.signup', '--start', command];
    const { status, stdout, left } = await runCli(args);
    test.equal(status, 3, stdout);
    test.match(stdout, says);
    test.match(stdout, /\n0 pass: the target could not be run to the end\n$/);
    test.same(left, [], 'no process is left behind');
  });

t.test('a wrong attachment is a usage error', async (test) => {
  const url = 'http://127.0.0.1:9';
  for (const [args, message] of [
    [[], /^error: say either the URL of a server that runs, or --start COMMAND\n$/],
    [[url, '--start', 'true'], /^error: say either the URL/],
    [[url, '--clock'], /^error: --clock is for a server that is started here, with --start COMMAND\n$/],
    [[url, '--mail', 'smtp://127.0.0.1'], /Expected a URL with a port, such as smtp:/],
    [
      [url, '--mail', 'smtp://127.0.0.1:2525', '--mail-command', 'true'],
      /^error: mail comes by --mail or by --mail-command\n$/,
    ],
    [
      [url, '--capabilities', 'groups,cook'],
      /^error: no server of this profile can cook; the capabilities are account, .*fix-dupes\n$/,
    ],
    [
      [url, '--capabilities', 'account,sync'],
      /^error: --capabilities names sync without groups, which it needs: add groups, or leave sync out\n$/,
    ],
    [
      [url, '--capabilities', 'fix-dupes'],
      /names fix-dupes without groups and sync, which it needs: add groups and sync, or leave fix-dupes out\n$/,
    ],
    [[`${url}/?x=1`], /A base URL has no query and no fragment: leave out what begins with \? or #\.\n/],
    [
      [url, '--polite', '--mail-command', 'true'],
      /^error: example\.com takes no mail, .*: say --address-domain with a domain whose mail arrives, or --no-confirm/,
    ],
    [
      [url, '--polite', '--capabilities', 'groups', '--address-domain', 'mail.example.org'],
      /^error: a polite run deletes every account that it makes, and here it could not: the server cannot delete/,
    ],
    [[`${url}/#x`], /A base URL has no query and no fragment/],
  ] as const) {
    const { status, stderr } = await runCli(['test', 'server', ...args]);
    test.equal(status, 2);
    test.match(stderr, message);
  }
});
