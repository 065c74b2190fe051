/** Every snippet of the guides runs: the JavaScript as it stands, the commands with their real names and options. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { findFault } from '../../reference/index.ts';
import wrongAnswers from '../../vectors/wrong-answers.json' with { type: 'json' };
import { faultyPeers } from '../kill-matrix/faulty-peers.ts';
import { PYTHON, pythonServer, pythonServerFolder } from '../nightly/programs.ts';
import { formatResult } from '../report/text.ts';
import { root } from './root.ts';
import { PLAIN, runCli } from './run-cli.ts';

const guides = [
  'README.md',
  'spec/README.md',
  'reference/README.md',
  'conformance/README.md',
  'conformance/ADAPTER.md',
  'conformance/SERVER.md',
  'conformance/adapters/README.md',
  'vectors/README.md',
];

interface Snippet {
  readonly guide: string;
  readonly language: string;
  readonly code: string;
}

const snippets: readonly Snippet[] = guides.flatMap((guide) => {
  const fences = readFileSync(join(root, guide), 'utf8').matchAll(/^```(\w*)\n(.*?)^```$/gms);
  return [...fences].map(([, language = '', code = '']) => ({ guide, language, code }));
});

t.test('JavaScript', async (test) => {
  // An adapter waits for requests; it is judged below.
  const runnable = snippets.filter(
    ({ language, code }) => language === 'js' && !code.includes('runAdapter('),
  );
  test.ok(runnable.length >= 2);
  for (const { guide, code } of runnable) {
    const command = [...PLAIN, process.execPath, '--input-type=module', '--eval', code];
    const { stdout } = await promisify(execFile)('env', command, { cwd: root });
    test.match(stdout, /\S/, guide);
  }
});

t.test('the adapter of the guide is judged, where the guide has it', async (test) => {
  const [adapter, ...others] = snippets.filter(({ code }) => code.includes('runAdapter('));
  test.same(others, []);
  // In the root it finds this package by name; a name of its own, so that nobody's file is overwritten.
  const name = `my-adapter-${String(process.pid)}.js`;
  writeFileSync(join(root, name), adapter?.code ?? '', { flag: 'wx' });
  test.teardown(() => {
    rmSync(join(root, name));
  });
  const judged = ['signup.request', 'login.M1', 'login.M2-missing', 'logout'].map((id) => `client.${id}`);
  const options = ['--profile', 'documented', '--runs', '1', '--only', judged.join(',')];
  const { status, stdout } = await runCli(['test', 'client', ...options, '--', 'node', name]);
  test.equal(status, 0, stdout);
  test.match(stdout, `${judged.length} pass: conformant`);
});

t.test('the lines of the contract are requests and answers', (test) => {
  const lines = snippets
    .filter(({ language }) => language === 'jsonl')
    .flatMap(({ code }) => code.trim().split('\n'));
  test.ok(lines.length >= 6);
  for (const [index, line] of lines.entries()) {
    const schema = index % 2 === 0 ? 'adapter-request' : 'adapter-response';
    const message = JSON.parse(line) as { id: number; method?: string; params?: unknown };
    test.equal(message.id, Math.floor(index / 2) + 1);
    test.equal(findFault(schema, message), undefined, line);
  }
  test.end();
});

t.test('commands', async (test) => {
  const lines = snippets.filter(({ language }) => language === 'sh').flatMap(({ code }) => code.split('\n'));
  const commands = lines.filter((line) => line.includes('npx e2ee-sync '));
  test.ok(commands.length >= 3);
  for (const line of commands) {
    const words = /npx e2ee-sync ((?:test )?\w+)/.exec(line)?.[1]?.split(' ') ?? [];
    const { status, stdout } = await runCli([...words, '--help']);
    test.equal(status, 0, line);
    for (const [option] of line.replace(/ -- .*/, '').matchAll(/--[a-z-]+/g))
      test.match(stdout, option, line);
  }
  const derive = lines.find((line) => /^echo .*derive/.test(line)) ?? '';
  const input = /'(.*)'/.exec(derive)?.[1] ?? '';
  test.match(
    (await runCli(['derive', '--profile', 'documented'], { input })).stdout,
    /"normalized\.email": "6a616e65/,
  );
});

t.test('the diagnosis in the README is what is printed', async (test) => {
  const vectors = wrongAnswers.groups.find(({ profile }) => profile === 'documented')?.vectors ?? [];
  const wrong = vectors.find((vector) => 'mistake' in vector && vector.mistake === 'pbkdf2-1000-iterations');
  const { SEC_PWD_Auth = '' } = (wrong?.outputs ?? {}) as Readonly<Record<string, string>>;
  const args = ['diagnose', '--profile', 'documented', `SEC_PWD_Auth=${SEC_PWD_Auth}`, '-'];
  const { stdout } = await runCli(args, { input: JSON.stringify(wrong?.inputs) });
  test.match(stdout, 'iterations of PBKDF2');
  test.ok(readFileSync(join(root, 'README.md'), 'utf8').includes(stdout.split('\n')[0] ?? ''), stdout);
});

/** Without what differs from run to run, and the command that replays it, which the command line knows alone. */
const settled = (text: string): string =>
  text.replaceAll(/[0-9a-f]{32,}/g, '…').replaceAll(/ +replay .*\n?/g, '');

/** The failures that a guide shows, with the line breaks of the fence. */
const shown = (guide: string): string[] =>
  snippets.filter((one) => one.guide === guide && one.code.startsWith('FAIL ')).map(({ code }) => code);

t.test('the failures in the guides are what is printed', async (test) => {
  const failures = [
    ['README.md', 'client.B-any-form', 'client.login.B-short'],
    ['conformance/SERVER.md', 'server.M1-unchecked', 'server.login.M1-last-bit'],
  ] as const;
  for (const [guide, peer, only] of failures) {
    const found = faultyPeers.find(({ id }) => id === peer);
    if (found === undefined) throw new Error(`there is no fault ${peer}`);
    const printed: string[] = [];
    for await (const result of found.judge(only)) printed.push(`${formatResult(result)}\n`);
    test.same(shown(guide).map(settled), printed.map(settled), guide);
  }
});

t.test('the servers of the guide are started and judged', async (test) => {
  const commands = readFileSync(join(root, 'conformance/SERVER.md'), 'utf8').matchAll(
    /^npx e2ee-sync test server --start '(.*)' --clock$/gm,
  );
  const [reference = '', python = '', ...others] = [...commands].map(([, command = '']) => command);
  test.same(others, []);
  const cli = `'${process.execPath}' '${join(root, 'conformance/cli/e2ee-sync.cjs')}'`;
  const started = [reference.replace('npx e2ee-sync', `exec ${cli}`)];
  const there = pythonServer();
  if ('missing' in there) test.comment(`the server in Python is not started: ${there.missing}`);
  else started.push(`cd '${pythonServerFolder}' && ${python.replace('python3', `exec ${PYTHON}`)}`);
  for (const start of started) {
    const options = ['--only', 'server.signup,server.login.M2,server.expiry.link', '--start', start];
    const { status, stdout } = await runCli(['test', 'server', ...options, '--clock']);
    test.equal(status, 0, stdout);
    test.match(stdout, /\n3 pass: conformant\n$/);
  }
});

t.test('links between files', (test) => {
  const documents = [...guides, 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...chapters()];
  for (const guide of documents)
    for (const [, target = ''] of readFileSync(join(root, guide), 'utf8').matchAll(
      /\]\((?!https?:|#)([^)#\s]+)/g,
    )) {
      const path = join(root, guide, '..', target);
      test.ok(existsSync(path), `${guide} → ${target}`);
    }
  test.end();
});

const chapters = (): string[] =>
  readdirSync(join(root, 'spec'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `spec/${file}`);
