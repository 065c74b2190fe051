/** The adapters here, judged as anybody's client: what the two around npm packages fail is in their baselines. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Baseline } from '../baseline.ts';
import { root } from './root.ts';
import { runCli } from './run-cli.ts';

const adapters = join(root, 'conformance/adapters');

/** What the packages derive takes seconds in plain JavaScript: one known failure for each reason; with `SLOW=1` all. */
const FEW = ['client.signup.*', 'client.login.email', 'client.login.M1', 'client.push.*', 'client.pull.*'];
const slow = process.env['SLOW'] === '1';

t.jobs = 2;
for (const profile of ['documented', 'deployed'])
  void t.test(profile, { buffered: true }, async (test) => {
    const file = `${adapters}/${profile}.baseline.json`;
    const { expectedFailures } = JSON.parse(readFileSync(file, 'utf8')) as Baseline;
    const command = ['node', `dist/conformance/adapters/${profile}.js`];
    const reasons = Object.values(expectedFailures);
    const known = Object.keys(expectedFailures).filter(
      (_, i) => slow || reasons.indexOf(reasons[i] ?? '') === i,
    );
    const only = slow ? '*' : [...known, ...FEW].join(',');
    const options = ['--baseline', file, '--seed', '1', '--runs', '1', '--only', only];
    const { status, stdout, stderr, left } = await runCli(['test', 'client', ...options, '--', ...command], {
      timeout: 280_000,
    });
    test.equal(status, 0, stdout.slice(-3000) + stderr);
    test.match(stdout, new RegExp(`, ${known.length} expected-failure: conformant\n$`));
    for (const id of known) test.ok(stdout.includes(id), id);
    test.same(left, [], 'no process is left behind');
  });

void t.test('the reference, in both profiles', { buffered: true }, async (test) => {
  const only = 'client.change-with-code,client.fix-dupes,client.share.team,client.unshare.*,client.teams';
  const command = ['node', 'dist/conformance/adapters/reference.js'];
  const options = ['--seed', '1', '--only', only];
  const { status, stdout, stderr, left } = await runCli(['test', 'client', ...options, '--', ...command], {
    timeout: 280_000,
  });
  test.equal(status, 0, stdout.slice(-3000) + stderr);
  test.match(stdout, /^pass +deployed +client\.change-with-code/m);
  test.match(stdout, /\n\d+ pass: conformant\n$/);
  test.notMatch(stdout, /^skipped /m);
  test.same(left, [], 'no process is left behind');
});
