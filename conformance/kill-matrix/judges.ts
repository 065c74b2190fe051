/** Which checks judge a fault: those of the requirement that it breaks, which may kill it, and the others that can see it. */
import { listedChecks } from '../catalogue.ts';
import { globToRegExp } from '../run.ts';
import type { FaultyPeer } from './faulty-peer.ts';

/** What a check is found by here. */
export type Judge = Pick<(typeof listedChecks)[number], 'id' | 'role' | 'requirements'>;

export interface Judges {
  /** Bound to the requirement. */
  readonly bound: readonly Judge[];
  readonly others: readonly Judge[];
}

/** @param checks - to judge by; all by default */
export function judgesOf(
  { role, requirement, seenBy = ['*'] }: Pick<FaultyPeer, 'role' | 'requirement' | 'seenBy'>,
  checks: readonly Judge[] = listedChecks,
): Judges {
  const seeing = among(checks, role, seenBy);
  const isBound = ({ requirements }: Judge): boolean => requirements.includes(requirement);
  return { bound: seeing.filter(isBound), others: seeing.filter((check) => !isBound(check)) };
}

/** Those of a role that ids name. */
export function among(
  checks: readonly Judge[],
  role: Judge['role'],
  globs: readonly string[],
): readonly Judge[] {
  const isMeant = globToRegExp(globs.join(','));
  return checks.filter((check) => check.role === role && isMeant.test(check.id));
}
