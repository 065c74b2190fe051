/** What the proofs of both sides share: every fault is caught, and every check catches one. */
import type { Test } from 'tap';
import type { Check } from '../check.ts';
import type { CheckResult } from '../verdict.ts';
import type { ProfileName } from '../../reference/index.ts';

/** What is told of a fault. */
interface Told {
  readonly id: string;
  /** The requirement that it breaks. */
  readonly requirement: string;
  /** The one in which it is tried; `documented` where none is named. */
  readonly profile?: ProfileName;
}

/**
 * The faults, one at a time, each judged by the checks that are bound to its requirement; then whether each check
 * failed for one of them.
 *
 * @param judge - judges what has the fault, by the checks that `only` names
 */
export async function proveChecks<Fault extends Told>(
  test: Test,
  checks: readonly Pick<Check<never>, 'id' | 'requirements'>[],
  faults: readonly Fault[],
  judge: (fault: Fault, profile: ProfileName, only: string) => AsyncIterable<CheckResult>,
): Promise<void> {
  const catching = new Set<string>();
  await test.test('every fault is caught', async (inner) => {
    for (const fault of faults) {
      const { id, requirement, profile = 'documented' } = fault;
      const bound = checks.filter(({ requirements }) => requirements.includes(requirement));
      const only = bound.map((check) => check.id).join(',');
      let caught = 0;
      for await (const result of judge(fault, profile, only)) {
        if (result.verdict !== 'fail') continue;
        catching.add(result.id);
        caught++;
      }
      inner.not(caught, 0, `${id} breaks ${requirement}`);
    }
  });
  await test.test('every check catches a fault', (inner) => {
    for (const { id } of checks) inner.ok(catching.has(id), `${id} catches something`);
    inner.equal(new Set(checks.map(({ id }) => id)).size, checks.length, 'no id twice');
    inner.end();
  });
}
