/** Runs checks over benches, one after the other on each, and yields their results in the order of the checks. */
import type { ProfileName } from '../reference/index.ts';
import { Blocked, Failure, type Check } from './check.ts';
import { createQueue } from './queue.ts';
import { requirement, strictest } from './requirements.ts';
import { isRed, type CheckResult, type Role } from './verdict.ts';

export interface RunOptions {
  readonly role: Role;
  readonly profile: ProfileName;
  /** What the target declares. */
  readonly capabilities: readonly string[];
  /** How a capability is had, as a sentence, where a report is to say so. */
  readonly howToHave?: Readonly<Record<string, string>> | undefined;
  /** Ids to run, separated by commas, with `*` for any characters; all where absent. */
  readonly only?: string | undefined;
  /** Stops after the first failure. */
  readonly bail?: boolean | undefined;
  /** Leaves out the checks that flood a server which others use. */
  readonly polite?: object | undefined;
  /** The command that runs one check again. */
  readonly replay: (id: string, path: string | undefined) => string;
  /** Told whenever a check begins. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** How far a run has come. */
export interface Progress {
  /** Ids of the checks that run. */
  readonly running: readonly string[];
  /** How many wait. */
  readonly left: number;
}

/** What a check came to, before the row is written. */
type Outcome = Pick<
  CheckResult,
  'verdict' | 'reason' | 'sent' | 'expected' | 'actual' | 'diagnosis' | 'mistakes'
> & {
  readonly path?: string | undefined;
};

/** The checks that a run consists of. */
export function selectChecks<Bench>(
  checks: readonly Check<Bench>[],
  { profile, only }: Pick<RunOptions, 'profile' | 'only'>,
): readonly Check<Bench>[] {
  const pattern = only === undefined ? /^/ : globToRegExp(only);
  return checks.filter((check) => (check.profile ?? profile) === profile && pattern.test(check.id));
}

/** `client.login.*,server.*` as an expression that whole ids are held against. */
export function globToRegExp(glob: string): RegExp {
  const escaped = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^(?:${escaped.join('.*').replaceAll(',', '|')})$`);
}

/**
 * @param benches - over which the checks are spread; those that look back on the run are judged at the end, on the first
 * @throws TargetGone where the target cannot be run any more, after yielding what came before
 */
export async function* runChecks<Bench>(
  checks: readonly Check<Bench>[],
  benches: readonly Bench[],
  options: RunOptions,
): AsyncGenerator<CheckResult, void, void> {
  const selected = selectChecks(checks, options);
  const isClosing = ({ closing }: Check<Bench>): boolean => closing === true;
  const first = selected.filter((check) => !isClosing(check));
  for (const [part, over] of [
    [first, benches],
    [selected.filter(isClosing), benches.slice(0, 1)],
  ] as const)
    for await (const result of spread(part, over, options)) {
      yield result;
      if (options.bail === true && isRed(result)) return;
    }
}

/** Every bench takes checks until none is left; what was judged is yielded as soon as all before it is. */
async function* spread<Bench>(
  checks: readonly Check<Bench>[],
  benches: readonly Bench[],
  options: RunOptions,
): AsyncGenerator<CheckResult, void, void> {
  const queue = createQueue(checks);
  const running = new Set<string>();
  const results = new Map<Check<Bench>, CheckResult>();
  let failure: { readonly error: unknown } | undefined;
  let ended = false;
  let news = (): void => undefined;

  const work = async (bench: Bench): Promise<void> => {
    for (let check = queue.take(bench); check !== undefined && !ended; check = queue.take(bench)) {
      running.add(check.id);
      options.onProgress?.({ running: [...running], left: queue.left });
      results.set(check, await resultOf(check, bench, options));
      running.delete(check.id);
      news();
    }
  };
  for (const bench of benches)
    work(bench).catch((error: unknown) => {
      failure ??= { error };
      ended = true;
      news();
    });

  try {
    for (const check of checks) {
      while (!results.has(check) && failure === undefined) await new Promise<void>((done) => (news = done));
      const result = results.get(check);
      if (result !== undefined) yield result;
    }
    if (failure !== undefined) throw failure.error;
  } finally {
    ended = true;
  }
}

async function resultOf<Bench>(check: Check<Bench>, bench: Bench, options: RunOptions): Promise<CheckResult> {
  const { role, profile, replay } = options;
  const { path, ...outcome } = await judgeOrSkip(check, bench, options);
  const { id, title } = check;
  return { id, title, ...boundTo(check, profile), role, profile, ...outcome, replay: replay(id, path) };
}

/** The requirements of a check that hold in this profile, and the strictest of their levels. */
function boundTo<Bench>(
  { requirements }: Check<Bench>,
  profile: ProfileName,
): Pick<CheckResult, 'requirements' | 'level'> {
  const ids = requirements.filter((id) => ['both', profile].includes(requirement(id).profile));
  return { requirements: ids, level: strictest(ids) };
}

const NOTHING = {
  ...{ reason: null, sent: null, expected: null, actual: null, diagnosis: null },
  mistakes: [],
} as const;

async function judgeOrSkip<Bench>(
  check: Check<Bench>,
  bench: Bench,
  { capabilities, howToHave = {}, polite }: RunOptions,
): Promise<Outcome> {
  const lacking = [check.needs ?? []].flat().filter((needed) => !capabilities.includes(needed));
  const hints = lacking.flatMap((needed) => howToHave[needed] ?? []);
  const why =
    lacking.length > 0
      ? [`the target does not declare ${lacking.join(' and ')}`, ...hints].join('; ')
      : polite && check.floods && `a polite run leaves it out: ${check.floods}`;
  if (why === undefined || why === '') return await judge(check, bench);
  return { ...NOTHING, verdict: 'skipped', reason: why };
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
    const { sent = null, expected, actual, path, explain } = error.finding;
    const { text = null, mistakes = [] } = error.finding.diagnosis ?? (await explain?.()) ?? {};
    const told = { sent, expected, actual, diagnosis: text, mistakes: mistakes.map(({ id }) => id) };
    return { verdict: 'fail', reason: error.message, ...told, path };
  }
}
