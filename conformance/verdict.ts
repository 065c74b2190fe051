/** Verdicts and what a run comes to. */
import type { ProfileName } from '../reference/index.ts';

/**
 * `blocked`: a prerequisite failed, so nothing can be said: red, never green. `skipped`: the target does not
 * declare the capability. `expected-failure`: listed in the baseline.
 */
export type Verdict = 'pass' | 'fail' | 'blocked' | 'skipped' | 'expected-failure';

export type Role = 'client' | 'server';

/** One row of the result file (`spec/schemas/result.schema.json`). */
export interface CheckResult {
  readonly id: string;
  /** What must hold, as a sentence. */
  readonly title: string;
  readonly requirements: readonly string[];
  readonly level: string;
  readonly role: Role;
  readonly profile: ProfileName;
  readonly verdict: Verdict;
  /** Why, in a sentence; null for a pass. */
  readonly reason: string | null;
  readonly sent: string | null;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly diagnosis: string | null;
  /** The command that runs exactly this case again. */
  readonly replay: string;
}

/** The exit statuses of the command line. */
export const EXIT = { conformant: 0, notConformant: 1, usage: 2, target: 3, suite: 4 } as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

export interface Summary extends Readonly<Record<Verdict, number>> {
  readonly warnings: number;
  readonly exitStatus: ExitStatus;
}

const isMust = ({ level }: CheckResult): boolean => level.startsWith('MUST');
const isRed = ({ verdict }: CheckResult): boolean => verdict === 'fail' || verdict === 'blocked';

/** Counts the verdicts. A failing MUST fails the run; a failing SHOULD warns. A run without a pass is never green. */
export function summarize(results: readonly CheckResult[]): Summary {
  const count = (verdict: Verdict) => results.filter((result) => result.verdict === verdict).length;
  const red = results.filter(isRed);
  const conformant = !red.some(isMust) && count('pass') > 0;
  return {
    pass: count('pass'),
    fail: count('fail'),
    blocked: count('blocked'),
    skipped: count('skipped'),
    'expected-failure': count('expected-failure'),
    warnings: red.filter((result) => !isMust(result)).length,
    exitStatus: conformant ? EXIT.conformant : EXIT.notConformant,
  };
}
