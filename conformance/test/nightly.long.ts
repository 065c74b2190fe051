/** `npm run nightly` on one seed and a few checks; and that its table is red where a verdict is not expected or differs. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { nightsPage } from '../docs/nights-page.ts';
import { seedsInWords, withNight } from '../nightly/nights.ts';
import { brokenOff, verdictsOf, type Run } from '../nightly/run.ts';
import { formatTable, isQuiet, rowsOf } from '../nightly/table.ts';
import type { CheckResult } from '../verdict.ts';
import { root } from './root.ts';
import { PLAIN } from './run-cli.ts';

const ONLY = 'client.login.answer,client.login.saltKey-upper-case';

async function nightly(
  test: Test,
  folder: string,
  ...more: string[]
): Promise<{ code: number; out: string }> {
  const main = join(root, 'dist/conformance/nightly/main.js');
  const options = ['--folder', folder, '--only', ONLY, '--runs-alone', ...more];
  return await new Promise((done) => {
    execFile('env', [...PLAIN, process.execPath, main, ...options], (error, out, errors) => {
      test.equal(errors, '');
      done({ code: Number(error?.code ?? 0), out });
    });
  });
}

t.test('two seeds of a few targets, and the same again', async (test) => {
  const folder = test.testdir();
  const targets = ['--targets', 'reference client (adapter),client of packages (documented)', '--seeds'];
  const one = await nightly(test, folder, ...targets, '1', '--from', '7');
  test.equal(one.code, 0, one.out);
  test.match(
    one.out,
    /^1 of 3: reference client \(adapter\), documented, seed 7: 0 findings, \d+ s$/m,
    'it says how far it has come',
  );
  test.match(
    one.out,
    /^client of packages \(documented\)  documented  \.  2 checks, /m,
    'its baseline is known',
  );
  test.match(one.out, readFileSync(join(folder, 'table.txt'), 'utf8'));
  const fewer = ['--targets', 'reference client (adapter)', '--seeds', '2', '--from', '7'];
  const two = await nightly(test, folder, ...fewer);
  test.equal(two.code, 0, two.out);
  test.equal(two.out.match(/seed 7: 0 findings, from before$/gm)?.length, 2, 'it goes on where it was');
  test.match(two.out, /^reference client \(adapter\) +deployed +\.\.  2 checks, /m);
});

t.test('nothing judged is not quiet', async (test) => {
  const none = await nightly(test, test.testdir(), '--targets', 'nobody');
  test.equal(none.code, 1);
});

const row = (id: string, verdict: string): CheckResult =>
  ({ id, verdict, reason: `${id} is so`, replay: `judge ${id}` }) as CheckResult;
const run = (seed: number, rows: readonly CheckResult[], broken: string | null = null, build = 'x'): Run => ({
  ...{ target: 'a client', profile: 'deployed', seed, only: '*', build, seconds: 2 },
  ...verdictsOf(rows),
  broken,
});
const right = [row('a', 'pass'), row('b', 'skipped'), row('c', 'expected-failure')];

t.test('what makes a night red', (test) => {
  test.equal(isQuiet(rowsOf([run(1, right), run(2, right)])), true);
  for (const [what, second, says] of [
    [
      'a failure',
      run(2, [...right.slice(1), row('a', 'fail')]),
      /FAIL a client, deployed, seed 2: a: a is so\n +judge a\n/,
    ],
    [
      'what is blocked',
      run(2, [...right.slice(1), row('a', 'blocked')]),
      /BLOCKED a client, deployed, seed 2: a/,
    ],
    [
      'another verdict',
      run(2, [row('a', 'skipped'), ...right.slice(1)]),
      /DIFFERS .*: a: pass with 1; skipped with 2\n/,
    ],
    ['a check that is gone', run(2, right.slice(1)), /DIFFERS .*: a: pass with 1; not judged with 2\n/],
    [
      'one of two verdicts',
      run(2, [...right, row('b', 'pass')]),
      /DIFFERS .*: b: skipped with 1; skipped pass with 2\n/,
    ],
    ['no end', run(2, [], 'no answer\n'), /NOT JUDGED TO THE END a client, deployed, seed 2: no answer\n/],
  ] as const) {
    const rows = rowsOf([run(1, right), second]);
    test.equal(isQuiet(rows), false, what);
    test.match(formatTable(rows), says, what);
  }
  test.match(
    formatTable(rowsOf([run(1, right), run(2, right)])),
    /^a client  deployed    \.\.  2 checks, 2 s a seed\n/,
    'what is skipped is not counted',
  );
  test.end();
});

t.test('which runs judged to the end', (test) => {
  test.equal(brokenOff(0, right, 'conformant'), null);
  test.equal(brokenOff(1, [...right, row('d', 'fail')], 'not conformant'), null, 'findings are told as such');
  test.equal(brokenOff(3, right, 'no answer'), 'no answer');
  test.equal(brokenOff(null, right, 'ended by a signal'), 'ended by a signal');
  test.match(brokenOff(1, [], 'no results'), /^status 1, and nothing that passed; no results$/);
  test.match(brokenOff(0, right.slice(1), ''), /^status 0, and nothing that passed/);
  test.end();
});

t.test('who is not there is skipped by name, and a complete night is red then', async (test) => {
  const main = join(root, 'dist/conformance/nightly/main.js');
  const night = (...more: string[]) =>
    new Promise<{ code: number; out: string }>((done) => {
      const options = ['--folder', test.testdir(), '--only', ONLY, '--runs-alone', '--seeds', '1', ...more];
      const targets = ['--targets', 'client in Python,client of the examples'];
      const args = [...PLAIN, 'PYTHON=no-python-here', process.execPath, main, ...options, ...targets];
      execFile('env', args, (error, out) => {
        done({ code: Number(error?.code ?? 0), out });
      });
    });
  const whole = await night();
  test.equal(whole.code, 0, whole.out);
  test.match(whole.out, /^skipped: client in Python: no-python-here is not there/m);
  const complete = await night('--complete');
  test.equal(complete.code, 1);
  test.match(complete.out, /^FAILED: not judged: client in Python: /m);
});

t.test('what is recorded of a night', (test) => {
  const names = ['another', 'a client'];
  const tonight = { day: '2026-01-02', names };
  const first = withNight([], rowsOf([run(1, right), run(2, right)]), tonight);
  test.same(first, [
    { target: 'a client', profile: 'deployed', checks: 2, seeds: [1, 2], day: '2026-01-02', build: 'x' },
  ]);
  const more = withNight(first, rowsOf([run(4, right), run(2, right)]), { ...tonight, day: '2026-01-03' });
  test.match(more, [{ seeds: [1, 2, 4], day: '2026-01-03' }], 'seeds are added');
  const later = withNight(more, rowsOf([run(9, right, null, 'y')]), tonight);
  test.match(later, [{ seeds: [9], build: 'y' }], 'and begin anew with another build');
  test.same(later[0]?.seeds, [9]);
  const red = rowsOf([run(5, right), run(6, [...right.slice(1), row('a', 'fail')])]);
  test.same(withNight(first, red, tonight), first, 'a red row is not recorded');
  test.same(withNight(first, [], { ...tonight, names: ['another'] }), [], 'who is gone is not either');
  test.equal(seedsInWords([1, 2, 3, 7, 9, 10]), '1 to 3, 7, 9 to 10');
  test.end();
});

t.test('some checks are not recorded', async (test) => {
  const main = join(root, 'dist/conformance/nightly/main.js');
  const options = ['--folder', test.testdir(), '--only', ONLY, '--runs-alone', '--write'];
  const came = await new Promise((done) => {
    execFile('env', [...PLAIN, process.execPath, main, ...options], (error, _, errors) => {
      done([error?.code, errors]);
    });
  });
  test.same(came, [2, '--write records runs of all checks; leave out --only\n']);
});

t.test('the page shows every target, and which state judged it', (test) => {
  const night = {
    ...{ target: 'a client', profile: 'deployed', checks: 3, seeds: [1, 2], day: '2026-01-02' },
    build: 'x of client',
  };
  const targets = [{ name: 'a client', judged: 'client', profiles: ['documented', 'deployed'] }] as const;
  const page = (build: string): string =>
    nightsPage([night], targets, (judged) => `${build} of ${judged}`).text;
  test.match(page('x'), /^\| a client +\| `documented` +\| +\| none yet +\|/m);
  test.match(
    page('x'),
    /^\| a client +\| `deployed` +\| 3 +\| 2: 1 to 2 +\| 2026-01-02 +\| this state +\|$/m,
  );
  test.match(page('y'), /\| an earlier state +\|$/m);
  test.end();
});
