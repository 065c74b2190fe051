/** Runs checks over a bench, one after the other, and yields their results as they come. */
import type { ProfileName } from '../reference/index.ts';
import { Blocked, Failure, type Check } from './check.ts';
import { requirement, strictest } from './requirements.ts';
import type { CheckResult, Role } from './verdict.ts';

export interface RunOptions {
  readonly role: Role;
  readonly profile: ProfileName;
  /** What the target declares. */
  readonly capabilities: readonly string[];
  /** Ids to run, separated by commas, with `*` for any characters; all where absent. */
  readonly only?: string | undefined;
  /** Stops after the first failure. */
  readonly bail?: boolean | undefined;
  /** The command that runs one check again. */
  readonly replay: (id: string, path: string | undefined) => string;
  /** Told before each check: which, and how many are left. */
  readonly onStart?: ((id: string, left: number) => void) | undefined;
}

/** What a check came to, before the row is written. */
type Outcome = Pick<CheckResult, 'verdict' | 'reason' | 'sent' | 'expected' | 'actual' | 'diagnosis'> & {
  readonly path?: string | undefined;
};

/** The checks that a run consists of. */
export function selectChecks<Bench>(
  checks: readonly Check<Bench>[],
  { profile, only }: RunOptions,
): readonly Check<Bench>[] {
  const pattern = only === undefined ? /^/ : globToRegExp(only);
  return checks.filter((check) => (check.profile ?? profile) === profile && pattern.test(check.id));
}

function globToRegExp(glob: string): RegExp {
  const escaped = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^(?:${escaped.join('.*').replaceAll(',', '|')})$`);
}

/** @throws TargetGone where the target cannot be run any more, after yielding what came before */
export async function* runChecks<Bench>(
  checks: readonly Check<Bench>[],
  bench: Bench,
  options: RunOptions,
): AsyncGenerator<CheckResult, void, void> {
  const selected = selectChecks(checks, options);
  for (const [i, check] of selected.entries()) {
    options.onStart?.(check.id, selected.length - i);
    const { path, ...outcome } = await judgeOrSkip(check, bench, options.capabilities);
    yield {
      id: check.id,
      title: check.title,
      ...boundTo(check, options.profile),
      role: options.role,
      profile: options.profile,
      ...outcome,
      replay: options.replay(check.id, path),
    };
    if (options.bail === true && (outcome.verdict === 'fail' || outcome.verdict === 'blocked')) return;
  }
}

/** The requirements of a check that hold in this profile, and the strictest of their levels. */
function boundTo<Bench>(
  { requirements }: Check<Bench>,
  profile: ProfileName,
): Pick<CheckResult, 'requirements' | 'level'> {
  const ids = requirements.filter((id) => ['both', profile].includes(requirement(id).profile));
  return { requirements: ids, level: strictest(ids) };
}

const NOTHING = { reason: null, sent: null, expected: null, actual: null, diagnosis: null } as const;

async function judgeOrSkip<Bench>(
  check: Check<Bench>,
  bench: Bench,
  capabilities: readonly string[],
): Promise<Outcome> {
  const lacking = [check.needs ?? []].flat().filter((needed) => !capabilities.includes(needed));
  if (lacking.length === 0) return await judge(check, bench);
  return { ...NOTHING, verdict: 'skipped', reason: `the target does not declare ${lacking.join(' and ')}` };
}

async function judge<Bench>({ twin, run }: Check<Bench>, bench: Bench): Promise<Outcome> {
  if (twin !== undefined) {
    const accepted = await attempt(() => twin(bench));
    if (accepted.verdict !== 'pass') {
      const reason = `the same exchange without the fault must succeed first, and did not: ${accepted.reason ?? ''}`;
      return { ...accepted, verdict: 'blocked', reason };
    }
  }
  return await attempt(() => run(bench));
}

async function attempt(run: () => Promise<unknown>): Promise<Outcome> {
  try {
    await run();
    return { verdict: 'pass', ...NOTHING };
  } catch (error) {
    if (error instanceof Blocked) return { ...NOTHING, verdict: 'blocked', reason: error.message };
    if (!(error instanceof Failure)) throw error;
    const { sent = null, expected, actual, diagnosis = null, path } = error.finding;
    return { verdict: 'fail', reason: error.message, sent, expected, actual, diagnosis, path };
  }
}
