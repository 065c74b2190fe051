/** Tables of hostile requests in one check: every row is judged, so that the first that fails hides no other. */
import { Failure, type Check } from '../check.ts';
import type { ServerBench } from './bench.ts';

/** A table of what a server refuses with one status, and the check that is made of it. */
export interface RefusalTable<Rows> extends Pick<
  Check<ServerBench>,
  'id' | 'title' | 'requirements' | 'needs' | 'profile'
> {
  readonly status: number;
  readonly error?: string;
  /** Makes the rows. */
  readonly rows: Rows;
}

/** How many of the others a report tells of. */
const TOLD = 4;

/**
 * Judges every row.
 *
 * @throws Failure of the first that fails; it says how many there are, and names some of the others
 */
export async function judgeRows<T>(rows: readonly T[], judge: (row: T) => Promise<void>): Promise<void> {
  const failures: Failure[] = [];
  for (const row of rows)
    try {
      await judge(row);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(error);
    }
  const [first, ...others] = failures;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  const { finding } = first;
  const more = [...new Set(failures.map(({ message }) => message))].slice(1, 1 + TOLD);
  throw new Failure(`${first.message}; so it is in ${failures.length} of ${rows.length} cases`, {
    ...finding,
    actual: [finding.actual, ...more].join('; '),
  });
}
