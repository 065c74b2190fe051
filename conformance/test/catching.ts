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
 * The faults, one at a time, each judged by the checks that are bound to its requirement: by those that have caught
 * none so far, and where they do not catch it, by the others until one does. Then whether each check failed for a fault.
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
  const timesCaught = async (fault: Fault): Promise<number> => {
    const { requirement, profile = 'documented' } = fault;
    const bound = checks.filter(({ requirements }) => requirements.includes(requirement));
    let caught = 0;
    for (const proven of [false, true]) {
      const only = bound.filter(({ id }) => catching.has(id) === proven).map(({ id }) => id);
      if (only.length === 0 || (proven && caught > 0)) continue;
      for await (const result of judge(fault, profile, only.join(','))) {
        if (result.verdict !== 'fail') continue;
        catching.add(result.id);
        caught++;
        if (proven) break;
      }
    }
    return caught;
  };
  await test.test('every fault is caught', async (inner) => {
    for (const fault of faults)
      inner.not(await timesCaught(fault), 0, `${fault.id} breaks ${fault.requirement}`);
  });
  await test.test('every check catches a fault', (inner) => {
    for (const { id } of checks) inner.ok(catching.has(id), `${id} catches something`);
    for (const ids of [checks, faults].map((all) => all.map(({ id }) => id)))
      inner.same(
        ids.filter((id, i) => ids.indexOf(id) !== i),
        [],
        'no id twice',
      );
    inner.end();
  });
}
