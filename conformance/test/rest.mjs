/**
 * `npm run verify:rest`: what `npm run verify` does beside the tests, as many steps side by side as there are cores. What a
 * step printed comes when it ends, below its name and its seconds; where one fails the others go on, and those that failed
 * are named at the end. Some of them: `npm run verify:rest -- types format`. What they run is built first.
 */
import { spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Those that take longest first, so that the last to be begun are short. */
const STEPS = {
  lint: 'eslint .',
  documentation: 'npm run --silent docs && npm run --silent docs:look',
  agreement: 'node dist/conformance/agreement/main.js --check',
  vectors: 'node dist/vectors/generate/main.js --check',
  types: 'tsc -p .',
  format: 'prettier --check .',
  package: 'publint --strict',
  specification: 'node dist/spec/generate/main.js --check',
  contract: 'node dist/conformance/contract/main.js --check',
  ledger: 'node dist/conformance/ledger/main.js --check',
  // All of them take minutes: `npm run nightly` asks them all. Which ones, is drawn and printed.
  'diagnosis-score': 'node dist/conformance/kill-matrix/score.js --every 8 --check',
};
/** It takes every core by itself, and says how far it has come. */
const LAST = { 'kill-matrix': 'node dist/conformance/kill-matrix/main.js --check --by-record' };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in STEPS) && !(name in LAST));
if (unknown.length > 0) {
  const known = Object.keys({ ...STEPS, ...LAST }).join(', ');
  process.stderr.write(`there is no step ${unknown.join(', ')}; the steps are ${known}\n`);
  process.exit(2);
}
const chosen = (steps) =>
  Object.entries(steps).filter(([name]) => wanted.length === 0 || wanted.includes(name));
// A step that is named is to judge what the sources say now, as all of them do.
const { status: built } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
if (built !== 0) process.exit(built ?? 1);
const failed = [];

/** Runs steps, some at a time. */
async function runAll(steps, jobs, stdio) {
  const waiting = [...steps];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) await run(step, stdio);
  };
  await Promise.all(Array.from({ length: jobs }, work));
}

async function run([name, command], stdio) {
  const begin = performance.now();
  const child = spawn(command, { shell: true, stdio: ['ignore', stdio, stdio] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => (output += text));
  const status = await new Promise((done) => child.once('close', done));
  if (status !== 0) failed.push(name);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  const came = status === 0 ? 'ok' : `FAILED with ${status}`;
  process.stdout.write(`${name}: ${came}, ${seconds} s (${command})\n${output.replaceAll(/^(?=.)/gm, '  ')}`);
}

await runAll(chosen(STEPS), availableParallelism(), 'pipe');
if (failed.length === 0) await runAll(chosen(LAST), 1, 'inherit');
if (failed.length > 0) process.stderr.write(`failed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
