/** Random cases for a check: a few by default, more on request, shrunk to the smallest that fails. */
import fc from 'fast-check';
import { Blocked, Failure, Limited } from './check.ts';

export interface PropertyOptions {
  readonly seed: number;
  readonly runs: number;
  /** Of a case that failed before: runs just that one. */
  readonly path?: string | undefined;
  /** Milliseconds after which no further or smaller case is tried; 120 000 by default. */
  readonly patience?: number | undefined;
  /** The calls that a server has answered with 429, and how often, as they come: a case in which it did is not judged. */
  readonly limited?: ReadonlyMap<string, number> | undefined;
}

/**
 * Judges random cases.
 *
 * @throws Failure of the smallest case that fails, with the path that leads to it
 * @throws Limited where the server limited attempts in the case that fails
 */
export async function forAll<T>(
  { seed, runs, path, patience = 120_000, limited = new Map() }: PropertyOptions,
  arbitrary: fc.Arbitrary<T>,
  judge: (value: T) => Promise<void>,
  /** Cases that every run tries first. */
  always: readonly T[] = [],
): Promise<void> {
  const examples = always.map((value): [T] => [value]);
  const numRuns = runs + examples.length;
  const endOnFailure = path !== undefined; // a replay is of this case, and looks for no smaller one
  const parameters = { seed, numRuns, examples, endOnFailure, ...(path !== undefined && { path }) };
  const start = performance.now();
  let tried = 0;
  let atLimit: Limited | undefined;
  const judgeUnlessLimited = async (value: T): Promise<void> => {
    const before = new Map(limited);
    try {
      await judge(value);
    } catch (error) {
      const call = [...limited].find(([name, times]) => times > (before.get(name) ?? 0))?.[0];
      if (call !== undefined && (error instanceof Failure || error instanceof Blocked))
        atLimit = new Limited(call);
      throw error;
    }
  };
  const inTime = async (value: T): Promise<void> => {
    if (atLimit !== undefined) return; // no smaller case would be judged
    // However slow the target is, one case is judged.
    if (tried++ === 0 || performance.now() - start < patience) await judgeUnlessLimited(value);
  };
  const outcome = await fc.check(fc.asyncProperty(arbitrary, inTime), parameters);
  if (atLimit !== undefined) throw atLimit;
  if (!outcome.failed) return;
  const error = asFailure(outcome.errorInstance);
  if (!(error instanceof Failure)) throw error;
  throw new Failure(error.message, { ...error.finding, path: outcome.counterexamplePath ?? undefined });
}

/** A flow that worked before and does not work for this case is a failure of this case. */
function asFailure(error: unknown): unknown {
  if (!(error instanceof Blocked)) return error;
  return new Failure(error.message, {
    expected: 'the flow succeeds for this input too',
    actual: error.message,
  });
}
