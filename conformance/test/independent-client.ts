/** A client that was written from the chapters alone: every known answer and every check, in both profiles. */
import type { Test } from 'tap';
import { runCli } from './run-cli.ts';

/** Steps that no client takes, and logins, which the clients' own tests play. */
const NOT_ASKED = ['accept-A', 'accept-M1', 'accept-verifier', 'a login that is played from a vector'];
const SEEDS = process.env['SLOW'] === '1' ? ['1', '2', '3', '4', '5'] : ['1'];

/** @param command - what starts the adapter of the client */
export async function judgeIndependentClient(test: Test, command: readonly string[]): Promise<void> {
  for (const profile of ['documented', 'deployed']) {
    await test.test(`${profile}: the known answers`, async (answers) => {
      const args = ['vectors', 'verify', '--profile', profile, '--', ...command];
      const run = await runCli(args, { timeout: 280_000 });
      answers.equal(run.status, 0, run.stdout + run.stderr);
      const reasons = [...run.stdout.matchAll(/\d+ for want of ([^;\n]+)/g)].map(([, reason]) => reason);
      answers.same(reasons.sort(), NOT_ASKED.toSorted(), run.stdout);
    });

    for (const seed of SEEDS)
      await test.test(`${profile}: every check, seed ${seed}`, async (checks) => {
        const args = ['test', 'client', '--profile', profile, '--seed', seed, '--', ...command];
        const run = await runCli(args, { timeout: 280_000 });
        checks.equal(run.status, 0, run.stdout.slice(-3000) + run.stderr);
        checks.match(run.stdout, /^\d+ pass: conformant$/m, 'nothing is skipped');
        checks.equal(run.stderr, '', 'the client prints nothing');
      });
  }
}
