/** Verdicts and what a run comes to. */
import type { ProfileName } from '../reference/index.ts';

/**
 * `blocked`: a prerequisite failed, so nothing can be said: red, never green. `skipped`: the target does not
 * declare the capability. `expected-failure`: listed in the baseline.
 */
export type Verdict = 'pass' | 'fail' | 'blocked' | 'skipped' | 'expected-failure';

/** Who is judged. */
export type Role = 'client' | 'server';

/** What the reference server keeps its state in. */
export const STORAGES = ['memory', 'sqlite'] as const;
export type Storage = (typeof STORAGES)[number];

/** One row of the result file (`spec/schemas/result.schema.json`). */
export interface CheckResult {
  /** The check. */
  readonly id: string;
  /** What must hold, as a sentence. */
  readonly title: string;
  /** The requirements that it judges in this profile. */
  readonly requirements: readonly string[];
  /** The strictest level among them. */
  readonly level: string;
  /** Who is judged. */
  readonly role: Role;
  /** The profile that was judged. */
  readonly profile: ProfileName;
  /** What the server kept its state in, where the reference server was judged over several storages. */
  readonly storage?: Storage;
  /** How it ended. */
  readonly verdict: Verdict;
  /** Why, in a sentence; null for a pass. */
  readonly reason: string | null;
  /** What was sent, where that matters. */
  readonly sent: string | null;
  /** What the specification asks for. */
  readonly expected: string | null;
  /** What came instead. */
  readonly actual: string | null;
  /** The known mistake that explains the difference. */
  readonly diagnosis: string | null;
  /** Ids of the known mistakes that the diagnosis names. */
  readonly mistakes: readonly string[];
  /** The command that runs exactly this case again. */
  readonly replay: string;
}

/** The exit statuses of the command line. */
export const EXIT = {
  /** Every MUST that was judged holds. */
  conformant: 0,
  /** A MUST is broken, or could not be judged. */
  notConformant: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The target or its adapter could not be run, or not to the end. */
  target: 3,
  /** A fault of the suite itself. */
  suite: 4,
} as const;

/** One of them. */
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** How many results there are of each verdict, and what the run comes to. */
export interface Summary {
  /** As the specification says. */
  readonly pass: number;
  /** Not as the specification says. */
  readonly fail: number;
  /** A prerequisite failed. */
  readonly blocked: number;
  /** The target does not declare the capability. */
  readonly skipped: number;
  /** Listed in the baseline. */
  readonly 'expected-failure': number;
  /** Failures of checks that are bound to a SHOULD only. */
  readonly warnings: number;
  /** What the command line ends with. */
  readonly exitStatus: ExitStatus;
}

const isMust = ({ level }: CheckResult): boolean => level.startsWith('MUST');
/** What fails a run, where a MUST is broken. */
export const isRed = ({ verdict }: CheckResult): boolean => verdict === 'fail' || verdict === 'blocked';

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
