/** Failures that are known and explained. One that starts to pass makes the run red until its line is removed. */
import type { CheckResult } from './verdict.ts';

/** A baseline file: for one target and profile, check id → the reason why it fails. */
export interface Baseline {
  /** What fails, in words. */
  readonly target: string;
  /** The profile that it holds for. */
  readonly profile: string;
  /** Check id → the reason why it fails. */
  readonly expectedFailures: Readonly<Record<string, string>>;
}

/** The result as the baseline sees it: a known failure is expected, a known failure that passes is stale. */
export function applyBaseline(baseline: Baseline | undefined, result: CheckResult): CheckResult {
  const reason = baseline?.profile === result.profile ? baseline.expectedFailures[result.id] : undefined;
  if (reason === undefined) return result;
  if (result.verdict === 'fail')
    return { ...result, verdict: 'expected-failure', reason: `${reason} (found: ${result.reason ?? ''})` };
  if (result.verdict !== 'pass') return result;
  const stale = 'the baseline expects this check to fail, and it passes: remove its line from the baseline';
  return { ...result, verdict: 'fail', reason: stale, expected: 'fail', actual: 'pass' };
}
