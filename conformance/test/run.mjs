/**
 * Compiles the tests into `.tests` and runs them: all, or those that are named as they stand in the sources. Options
 * are tap's: `npm test -- --reporter=terse spec/test/graph.test.ts`.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Runs a command of a package that is installed here; where it fails, so does this. */
function run(command, ...args) {
  const { status } = spawnSync(`node_modules/.bin/${command}`, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** `spec/test/graph.test.ts` is run as `.tests/spec/test/graph.test.js`. */
const compiled = (arg) => arg.replace(/^(\.\/)?(.*\.test)\.ts$/, '.tests/$2.js');

rmSync('.tests', { recursive: true, force: true }); // what was a test once may be none now
run('tsc', '-p', 'tsconfig.test.json');
run('tap', ...process.argv.slice(2).map(compiled));
