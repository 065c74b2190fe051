/** The command line as a user meets it: each command, its exit status, its words. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { findFault } from '../../reference/index.ts';
import login from '../../vectors/login.json' with { type: 'json' };
import { root } from './root.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'e2ee-sync-'));
t.teardown(() => {
  rmSync(folder, { recursive: true });
});

/** `npm start` judges everything. */
const FEW = ['--only', 'client.login.*,server.login.*'];
const slow = process.env['SLOW'] === '1';

t.test('test self judges both sides, and writes a result file of its schema', async (test) => {
  const json = join(folder, 'result.json');
  const { status, stdout } = await runCli(
    [
      'test',
      'self',
      '--profile',
      'deployed',
      '--seed',
      '7',
      '--runs',
      '1',
      '--json',
      json,
      ...(slow ? [] : FEW),
    ],
    { timeout: 120_000 },
  );
  test.equal(status, 0);
  test.match(stdout, /seed 7/);
  test.match(stdout, /pass: conformant\n$/);
  const result = JSON.parse(readFileSync(json, 'utf8')) as {
    checks: { id: string; verdict: string; storage?: string; replay: string }[];
  };
  test.equal(findFault('result', result), undefined);
  test.ok(result.checks.length > (slow ? 60 : 10));
  for (const side of ['client.', 'server.']) test.ok(result.checks.some(({ id }) => id.startsWith(side)));
  test.ok(result.checks.every(({ verdict }) => verdict === 'pass'));
  const over = (storage: string) =>
    result.checks.filter((check) => check.storage === storage).map(({ id }) => id);
  test.ok(over('memory').length > 10);
  test.same(over('sqlite'), over('memory'), 'the server is judged over both storages');
  test.ok(result.checks.every(({ id, storage }) => id.startsWith('client.') === (storage === undefined)));
  for (const { storage, replay } of result.checks)
    test.equal(/ --storage (\w+)$/.exec(replay)?.[1], storage, replay);
  for (const part of ['client', 'server, memory', 'server, SQLite'])
    test.match(stdout, new RegExp(`\n${part}, deployed: \\d+ pass, \\d+\\.\\d s`), part);
});

t.test('the results of test self come in the order of its parts, however many run at once', async (test) => {
  const rows = async (...options: string[]) => {
    const args = ['test', 'self', '--seed', '7', '--only', 'client.logout,server.signup.*'];
    const { status, stdout } = await runCli([...args, ...options], { timeout: 120_000 });
    test.equal(status, 0);
    return stdout.split('\n').filter((line) => line.startsWith('pass '));
  };
  const one = await rows('--jobs', '1');
  test.same(await rows('--jobs', '6'), one);
  test.same(
    await rows('--storage', 'sqlite', '--profile', 'deployed'),
    one.filter((line) => line.includes('deployed, sqlite')),
    'and over one storage there are those of it alone',
  );
});

t.test('vectors verify says how many hold, family by family', async (test) => {
  const { status, stdout } = await runCli([
    'vectors',
    'verify',
    '--only',
    'h*, jwk',
    '--profile',
    'deployed',
  ]);
  test.equal(status, 0);
  test.match(
    stdout,
    /^hkdf +15 valid +0 invalid +\d+ ms\njwk +\d+ valid +\d+ invalid +\d+ ms\n\d+ vectors, all as they must be\n$/,
  );
  const none = await runCli(['vectors', 'verify', '--only', 'no-such-family']);
  test.equal(none.status, 2);
  test.match(none.stderr, /no family of vectors is named no-such-family/);
});

t.test('derive prints what the vectors say', async (test) => {
  for (const { profile, vectors } of login.groups)
    for (const { inputs, intermediates, outputs } of vectors.slice(4, 6)) {
      const { status, stdout } = await runCli(['derive', '--profile', profile], {
        input: JSON.stringify(inputs),
      });
      test.equal(status, 0);
      const output = JSON.parse(stdout) as { values: Record<string, string> };
      test.equal(findFault('derive-output', output), undefined);
      test.same(output.values, { ...intermediates, ...outputs });
    }
});

t.test('derive leaves out what does not follow, and says what is wrong with an input', async (test) => {
  const derive = async (input: string) => await runCli(['derive', '--profile', 'documented'], { input });
  const few = JSON.parse((await derive('{"email":" A@b.c"}')).stdout) as { values: Record<string, string> };
  test.equal(few.values['normalized.email'], Buffer.from('a@b.c').toString('hex'));
  test.equal(few.values['SLT_TMP_1'], undefined);
  const wrong: Readonly<Record<string, RegExp>> = {
    '{"emial":"a"}': /^error: emial: is not a value of the protocol; the values are email, /,
    '{"a":"00"}': /^error: a: is 1 bytes long, expected 32 to 256 bytes/,
    '{"SLT_Enc":"xy"}': /^error: SLT_Enc: must be hex text/,
    '{"email":"\\ud800"}': /^error: email: is not well-formed Unicode/,
    '[]': /^error: input: must be a JSON object/,
    '{': /^error: standard input: /,
  };
  for (const [input, message] of Object.entries(wrong)) {
    const { status, stdout, stderr } = await derive(input);
    test.equal(status, 2, input);
    test.equal(stdout, '');
    test.match(stderr, message);
  }
});

t.test('list and explain say what is judged', async (test) => {
  const { stdout } = await runCli(['list', '--json']);
  const printed = JSON.parse(stdout) as { checks: { id: string }[]; requirements: { id: string }[] };
  const { checks, requirements } = printed;
  test.equal(findFault('list', printed), undefined, 'it is as list.schema.json says');
  test.equal(new Set(requirements.map(({ id }) => id)).size, requirements.length, 'no id occurs twice');
  test.ok(checks.some(({ id }) => id === 'client.login.M1'));
  test.ok(requirements.some(({ id }) => id === 'SRP-19'));
  test.match(
    (await runCli(['explain', 'srp-19'])).stdout,
    /SRP-19 \(§5\.3\) The client MUST abort .*client\.login\.B-zero/s,
  );
  test.match(
    (await runCli(['explain', 'client.login.B-zero'])).stdout,
    /SRP-19 .*the same exchange without the fault|same exchange/s,
  );
  const unknown = await runCli(['explain', 'XYZ-01']);
  test.equal(unknown.status, 2);
  test.match(unknown.stderr, /no check and no requirement XYZ-01/);
});

t.test('a wrong command line is a usage error that names what is wrong', async (test) => {
  const wrong: readonly (readonly [args: string[], message: RegExp])[] = [
    [['test', 'server', 'not a url'], /Expected a URL/],
    [['test', 'self', '--profile', 'other'], /Allowed choices are documented, deployed/],
    [['test', 'self', '--seed', 'x'], /Expected a whole number/],
    [['test', 'client'], /missing required argument 'command'/],
    [['derive'], /required option '--profile <name>' not specified/],
    [['no-such-command'], /unknown command/],
  ];
  for (const [args, message] of wrong) {
    const { status, stderr } = await runCli(args);
    test.equal(status, 2, args.join(' '));
    test.match(stderr, message);
  }
});

t.test('serve and test server work together, with mail from a command', async (test) => {
  const log = join(folder, 'server.log');
  const script = join(folder, 'newest-mail');
  // The newest mail to an address, from what serve prints.
  writeFileSync(script, `#!/bin/sh\ngrep -F -A 3 "Mail to $1:" ${log} | tail -4\n`, { mode: 0o755 });
  const server = spawn(
    'sh',
    [
      '-c',
      `exec env -u NODE_OPTIONS "${process.execPath}" conformance/cli/e2ee-sync.cjs serve --port 0 > ${log}`,
    ],
    { cwd: root },
  );
  const url = await firstUrl(log);
  const only = 'server.signup*,server.confirm*,server.login.s*,server.answers*';
  const judged = await runCli([
    'test',
    'server',
    url,
    '--mail-command',
    script,
    '--seed',
    '3',
    '--only',
    only,
  ]);
  test.equal(judged.status, 0, judged.stdout.slice(-2000));
  const blind = await runCli(['test', 'server', url, '--seed', '3', '--only', 'server.logout']);
  test.equal(blind.status, 1);
  test.match(blind.stdout, /BLOCKED server\.logout.*say --mail URL, --mail-command COMMAND or --no-confirm/s);
  server.kill('SIGTERM');
  const code = await new Promise((done) => server.once('exit', done));
  test.equal(code, 0, 'serve stops when it is told to');
});

async function firstUrl(log: string): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt++) {
    await new Promise((done) => setTimeout(done, 50));
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(readFileSync(log, 'utf8'))?.[0];
    if (url !== undefined) return url;
  }
  throw new Error('serve did not start');
}

t.test('an old Node is told so in one sentence', async (test) => {
  const preload = join(folder, 'old.cjs');
  writeFileSync(preload, "Object.defineProperty(process.versions, 'node', { value: '18.20.0' });");
  for (const file of ['e2ee-sync.cjs', 'node-floor.cjs']) {
    const child = spawn(process.execPath, [
      '--require',
      preload,
      join(root, 'conformance/cli', file),
      'list',
    ]);
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const status = await new Promise((done) => child.once('close', done));
    test.equal(status, 2, file);
    test.equal(stderr, 'e2ee-sync needs Node 20.19.0 or newer; this is Node 18.20.0.\n');
  }
});

t.test('two profiles are a usage error, and those of the adapter are its own', async (test) => {
  const { status, stderr } = await runCli([
    'test',
    'self',
    '--profile',
    'documented',
    '--profile',
    'deployed',
  ]);
  test.equal(status, 2);
  test.match(stderr, 'It was given twice: run once for each profile.');
  const adapter = ['node', 'dist/conformance/adapters/reference.js', '--profile', 'deployed'];
  const options = ['--profile', 'documented', '--only', 'client.logout'];
  test.equal((await runCli(['test', 'client', ...options, '--', ...adapter])).status, 0);
});
