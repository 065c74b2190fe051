/** What differs from the record, whatever chance has to do with it. */
import { differences, type Recorded } from './record.ts';
import type { Row } from './row.ts';

/** How often a fault is judged again whose killers are not those of the record: a race may end one way or the other. */
const AGAIN = 2;

/**
 * The differences that show every time.
 *
 * @param seen - the rows of a run
 * @param judge - judges faults again, by their ids
 * @param drawing - as `differences` has it
 */
export async function settledDifferences(
  record: Recorded,
  seen: readonly Row[],
  judge: (ids: readonly string[]) => Promise<readonly Row[]>,
  drawing?: ReadonlySet<string>,
): Promise<string[]> {
  const differ = (rows: readonly Row[]): string[] => differences(record, rows, drawing);
  let lines = differ(seen);
  for (let times = 0; times < AGAIN && lines.length > 0; times++) {
    const differing = seen.filter((row) => differ([row]).some((line) => lines.includes(line)));
    const again = differ(await judge(differing.map(({ id }) => id)));
    lines = lines.filter((line) => again.includes(line));
  }
  return lines;
}
