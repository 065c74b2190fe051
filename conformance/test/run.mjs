/**
 * Compiles the tests into `.tests` and runs them: all `*.test.ts`, or with `--long` all `*.long.ts`, or those that are
 * named as they stand in the sources. Options are tap's: `npm test -- --reporter=terse spec/test/graph.test.ts`.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Runs a command of a package that is installed here; where it fails, so does this. */
function run(command, ...args) {
  const { status } = spawnSync(`node_modules/.bin/${command}`, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** `spec/test/graph.test.ts` is run as `.tests/spec/test/graph.test.js`. */
const compiled = (arg) => arg.replace(/^(\.\/)?(.*\.(test|long))\.ts$/, '.tests/$2.js');

/** The tests that judge whole implementations, or the command line: minutes each. */
const long = () =>
  readdirSync('.tests', { recursive: true })
    .filter((file) => file.endsWith('.long.js'))
    .sort()
    .map((file) => join('.tests', file));

rmSync('.tests', { recursive: true, force: true }); // what was a test once may be none now
run('tsc', '-p', 'tsconfig.test.json');
run('tap', ...process.argv.slice(2).flatMap((arg) => (arg === '--long' ? long() : [compiled(arg)])));
