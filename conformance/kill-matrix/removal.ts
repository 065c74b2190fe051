/** What would be noticed if a check were taken away: faults that live on, requirements that nothing judges, the record. */
import type { ListedCheck } from '../catalogue.ts';
import { complaints, type LookedAt } from '../ledger/looked-at.ts';
import type { Matrix } from './row.ts';

export interface Removal {
  readonly id: string;
  /** Faults that no other check kills. */
  readonly faults: readonly string[];
  /** Requirements that no other check is bound to. */
  readonly requirements: readonly string[];
  /** What the ledger says: the check is recorded there. */
  readonly ledger: readonly string[];
}

/**
 * @param checks - all that there are
 * @param record - which check was written for which sentences
 */
export function removalOf(
  { id, requirements }: ListedCheck,
  checks: readonly ListedCheck[],
  { faults }: Matrix,
  record: LookedAt,
): Removal {
  const others = checks.filter((check) => check.id !== id);
  return {
    id,
    faults: faults
      .filter(({ killedBy }) => killedBy.length === 1 && killedBy[0] === id)
      .map((fault) => fault.id),
    requirements: requirements.filter((name) => !others.some((check) => check.requirements.includes(name))),
    ledger: complaints(record, others),
  };
}

/** Whether it is noticed at all. */
export const isNoticed = ({ faults, requirements, ledger }: Removal): boolean =>
  faults.length + requirements.length + ledger.length > 0;

/** How many removals are noticed, and by what. */
export function formatRemovals(removals: readonly Removal[]): string {
  const count = (by: (removal: Removal) => readonly string[]): number =>
    removals.filter((removal) => by(removal).length > 0).length;
  const [faults, requirements] = [
    count((removal) => removal.faults),
    count((removal) => removal.requirements),
  ];
  return `${removals.length} checks: without ${faults} of them a fault lives on, without ${requirements} a requirement is judged by none, without ${count((removal) => removal.ledger)} the ledger complains\n`;
}
