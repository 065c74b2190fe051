/** What would be noticed if a check were taken away: faults that live on, requirements that nothing judges, the record. */
import type { ListedCheck } from '../catalogue.ts';
import { complaints, type LookedAt } from '../ledger/looked-at.ts';
import type { Role } from '../verdict.ts';
import type { Matrix } from './row.ts';

export interface Removal {
  readonly id: string;
  readonly role: Role;
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
  { id, role, requirements }: ListedCheck,
  checks: readonly ListedCheck[],
  { faults }: Matrix,
  record: LookedAt,
): Removal {
  const others = checks.filter((check) => check.id !== id);
  return {
    id,
    role,
    faults: faults
      .filter(({ killedBy }) => killedBy.length === 1 && killedBy[0] === id)
      .map((fault) => fault.id),
    requirements: requirements.filter((name) => !others.some((check) => check.requirements.includes(name))),
    ledger: complaints(record, others),
  };
}

/**
 * What notices it, the strongest of all: a fault that lives on; a requirement that nothing judges; or that its name is
 * recorded, which says nothing of what the check is for.
 */
export type Notice = 'fault' | 'requirement' | 'name';

/** @returns undefined where nothing does */
export function noticeOf({ faults, requirements, ledger }: Removal): Notice | undefined {
  if (faults.length > 0) return 'fault';
  if (requirements.length > 0) return 'requirement';
  return ledger.length > 0 ? 'name' : undefined;
}

/** How many checks of a role are missed, and for what. */
export interface Missed {
  readonly role: Role;
  readonly checks: number;
  readonly by: Readonly<Record<Notice, number>>;
}

const ROLES: readonly Role[] = ['client', 'server'];

export const missedOf = (removals: readonly Removal[]): Missed[] =>
  ROLES.map((role) => {
    const own = removals.filter((removal) => removal.role === role);
    const by = (notice: Notice): number => own.filter((removal) => noticeOf(removal) === notice).length;
    return {
      role,
      checks: own.length,
      by: { fault: by('fault'), requirement: by('requirement'), name: by('name') },
    };
  });

/** How many removals are noticed, and by what: a line for each role. */
export const formatRemovals = (removals: readonly Removal[]): string =>
  missedOf(removals)
    .map(
      ({ role, checks, by }) =>
        `${checks} checks of ${role}s: without ${by.fault} of them a fault lives on, without ${by.requirement} more a requirement is judged by none, and ${by.name} are missed by name only\n`,
    )
    .join('');
