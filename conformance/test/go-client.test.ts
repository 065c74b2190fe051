/** The client in Go, which somebody wrote from the chapters alone, judged as anybody's client. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { root } from './root.ts';
import { runCli } from './run-cli.ts';

const folder = join(root, 'conformance/adapters/go');
/** Steps that no client takes, and logins, which the client's own tests play. */
const NOT_ASKED = ['accept-A', 'accept-M1', 'accept-verifier', 'a login that is played from a vector'];
const SEEDS = process.env['SLOW'] === '1' ? ['1', '2', '3', '4', '5'] : ['1'];

// A toolchain that is older must not fetch a newer one.
const go = (...args: string[]): { status: number | null; output: string } => {
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' };
  const { status, stdout, stderr } = spawnSync('go', args, { cwd: folder, encoding: 'utf8', env });
  return { status, output: `${stdout}${stderr}` };
};
const skip = go('mod', 'download').status === 0 ? false : 'Go 1.26 or golang.org/x/text is not there';

t.test('the client', { skip }, (test) => {
  const build = mkdtempSync(join(tmpdir(), 'e2ee-sync-go-'));
  test.teardown(() => {
    rmSync(build, { recursive: true });
  });
  const client = join(build, 'client');
  const built = go('build', '-o', client, '.');
  test.equal(built.status, 0, built.output);

  test.test('its own tests pass', (own) => {
    own.equal(spawnSync('gofmt', ['-l', '.'], { cwd: folder, encoding: 'utf8' }).stdout, '', 'gofmt');
    for (const args of [
      ['vet', './...'],
      ['test', './...'],
    ]) {
      const { status, output } = go(...args);
      own.equal(status, 0, output);
    }
    own.end();
  });

  for (const profile of ['documented', 'deployed']) {
    test.test(`${profile}: the known answers`, async (answers) => {
      const run = await runCli(['vectors', 'verify', '--profile', profile, '--', client]);
      answers.equal(run.status, 0, run.stdout + run.stderr);
      const reasons = [...run.stdout.matchAll(/\d+ for want of ([^;\n]+)/g)].map(([, reason]) => reason);
      answers.same(reasons.sort(), NOT_ASKED.toSorted(), run.stdout);
    });

    for (const seed of SEEDS)
      test.test(`${profile}: every check, seed ${seed}`, async (checks) => {
        const args = ['test', 'client', '--profile', profile, '--seed', seed, '--', client];
        const run = await runCli(args, { timeout: 110_000 });
        checks.equal(run.status, 0, run.stdout.slice(-3000) + run.stderr);
        checks.match(run.stdout, /^\d+ pass: conformant$/m, 'nothing is skipped');
        checks.equal(run.stderr, '', 'the client prints nothing');
      });
  }
  test.end();
});
