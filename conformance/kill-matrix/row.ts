/** A row of the kill matrix: what the suite made of one fault. */
import type { Role } from '../verdict.ts';
import { isRight, type ControlRow } from './control.ts';

/**
 * `killed`: a check that is bound to the requirement which the fault breaks fails, its twin having passed. `caught
 * elsewhere`: only other checks fail, which is no kill. `survived`: none fails. Two do not count, and no check notices them:
 * `no fault`, what nobody can tell from what is right, and `cannot be built`, what would take a value that its side does not
 * know.
 */
export type Status = 'killed' | 'caught elsewhere' | 'survived' | 'no fault' | 'cannot be built';

/** Whether it does not count. */
export const isHarmless = ({ status }: Row): boolean => status === 'no fault' || status === 'cannot be built';

export interface Row {
  /** Of the fault. */
  readonly id: string;
  readonly role: Role;
  /** The requirement that it breaks. */
  readonly requirement: string;
  /** The checks bound to it that fail, in the order in which they run. */
  readonly killedBy: readonly string[];
  /** The other checks that fail; looked for only where none of those did. */
  readonly caughtBy: readonly string[];
  readonly status: Status;
  /** The first line that an implementer would read; null where nothing fails. For what does not count, why it does not. */
  readonly says: string | null;
  /** How often it was judged until a check killed it, where that was more than once. */
  readonly tried?: number;
}

/** What of a row is compared with the record. */
export type Outcome = Pick<Row, 'id' | 'requirement' | 'killedBy' | 'status'>;

/** Those that were judged more often than once until a check killed them, and the most times. */
export function triesOf(rows: readonly Row[]): { readonly again: number; readonly most: number } {
  const tries = rows.flatMap(({ tried = 1 }) => (tried > 1 ? [tried] : []));
  return { again: tries.length, most: Math.max(1, ...tries) };
}

export interface Matrix {
  readonly faults: readonly Row[];
  /** What is no fault or cannot be built, each with the reason, which was computed. */
  readonly harmless: readonly Row[];
  /** Checks that no fault of this run is killed by. */
  readonly idleChecks: readonly string[];
  /** The share of faults that are killed. */
  readonly score: number;
  /** Who is right, judged by the checks that judge the faults. */
  readonly controls: readonly ControlRow[];
}

/** @param checks - ids of all checks that a fault should be found for */
export function matrixOf(
  rows: readonly Row[],
  checks: readonly string[],
  controls: readonly ControlRow[] = [],
): Matrix {
  const faults = rows.filter((row) => !isHarmless(row));
  const busy = new Set(faults.flatMap(({ killedBy }) => killedBy));
  const killed = faults.filter(({ status }) => status === 'killed');
  return {
    faults,
    harmless: rows.filter(isHarmless),
    idleChecks: checks.filter((id) => !busy.has(id)),
    score: faults.length === 0 ? 0 : killed.length / faults.length,
    controls,
  };
}

/** Whether every fault is killed, every check kills one, and none kills who is right. */
export const isWhole = ({ score, idleChecks, controls }: Matrix): boolean =>
  score === 1 && idleChecks.length === 0 && controls.every(isRight);
