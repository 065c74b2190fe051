/** The examples run: the suite inside other test runners, green for a client that works, red with the finding for one that does not. */
import { execFile } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { root } from './root.ts';
import { PLAIN } from './run-cli.ts';

const examples = join(root, 'conformance/examples');

interface Runner {
  readonly name: string;
  /** The words after `node` and before the file. */
  readonly command: readonly string[];
  /** What says that something passed, failed, and was skipped. */
  readonly pass: RegExp;
  readonly fail: RegExp;
  readonly skip: RegExp;
}

const runners: readonly Runner[] = [
  {
    name: 'tap',
    command: [],
    pass: /^ok \d+ - client\.signup\.request: /m,
    fail: /^not ok \d+ - client\.logout: /m,
    skip: /^ok \d+ - client\.group\.request: .*# SKIP the target does not declare groups/m,
  },
  {
    name: 'vitest',
    command: ['node_modules/vitest/vitest.mjs', 'run', '--reporter', 'verbose', '--no-color'],
    pass: /✓ .* client\.signup\.request: /,
    fail: /× .* client\.logout: /,
    skip: /↓ .* client\.group\.request: .*the target does not declare groups/,
  },
];

async function run(
  { name, command }: Runner,
  folder: string,
): Promise<{ readonly status: number; readonly output: string }> {
  const only = 'ONLY=client.signup.request,client.logout,client.group.request';
  const words = [...PLAIN, only, process.execPath, ...command, join(folder, name, 'client.test.js')];
  return await new Promise((done) => {
    execFile('env', words, { cwd: root, timeout: 120_000 }, (error, stdout, stderr) => {
      done({ status: error === null ? 0 : Number(error.code ?? -1), output: stdout + stderr });
    });
  });
}

/** The examples around a client that keeps its session after a logout. */
function broken(test: Test): string {
  const folder = test.testdir();
  cpSync(examples, folder, { recursive: true });
  const file = join(folder, 'my-client.js');
  const whole = readFileSync(file, 'utf8');
  const without = whole.replace('await find(session).logout();', '');
  test.not(without, whole);
  writeFileSync(file, without);
  return folder;
}

for (const runner of runners)
  t.test(runner.name, async (test) => {
    const green = await run(runner, examples);
    test.equal(green.status, 0, green.output);
    test.match(green.output, runner.pass);
    test.match(green.output, runner.skip);
    test.notMatch(green.output, runner.fail);
    const red = await run(runner, broken(test));
    test.equal(red.status, 1, red.output);
    test.match(red.output, runner.pass);
    test.match(red.output, runner.fail);
    test.match(red.output, /FAIL client\.logout \(documented\)[^]* replay /, 'the finding is in the report');
  });
