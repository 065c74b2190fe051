/** The suites as functions: judge a client or a server, one result after the other. */
import type { ProfileName } from '../reference/index.ts';
import type { Pbkdf2Cache } from '../spec/index.ts';
import { applyBaseline, type Baseline } from './baseline.ts';
import { TargetGone, type Check } from './check.ts';
import { openClientBench, type ClientBench } from './client/bench.ts';
import { clientChecks } from './client/checks.ts';
import { createRecord } from './client/record.ts';
import { addTimes, type TimeSpent } from './client/time-spent.ts';
import { createOracle } from './oracle.ts';
import type { Indication } from './indication.ts';
import { globToRegExp, runChecks, type RunOptions } from './run.ts';
import { openServerBench, type ServerBench } from './server/bench/bench.ts';
import { capabilitiesOf, HOW_TO_HAVE } from './server/capabilities.ts';
import { serverChecks } from './server/checks.ts';
import { clearUp, whyNotCleared, type LeftAccount } from './server/bench/clearing.ts';
import { measureTimes } from './server/login/timing.ts';
import { VerbError, type ClientTarget } from './target/client-target.ts';
import { LIMITS } from './target/limits.ts';
import type { ServerTarget } from './target/server-target.ts';
import type { Description } from './target/verbs.ts';
import type { CheckResult } from './verdict.ts';

/** How a server is treated that others use. */
export interface Politeness {
  /** The most calls a second, one after the other; 10 by default. */
  readonly callsPerSecond?: number | undefined;
  /** Permits that accounts stay where they cannot be deleted. */
  readonly leaveAccounts?: boolean | undefined;
}

/** What a run may be told. */
export interface JudgeOptions {
  /** The profile to judge in. */
  readonly profile: ProfileName;
  /** Of everything random in the run. */
  readonly seed: number;
  /** How many cases a check over random inputs tries; 3 by default. */
  readonly runs?: number | undefined;
  /** Leads to one case of such a check. */
  readonly path?: string | undefined;
  /** Milliseconds that one call or answer may take; 30 000 by default. */
  readonly timeout?: number | undefined;
  /** Ids of checks to run, separated by commas, with `*` for any characters. */
  readonly only?: string | undefined;
  /** The domain of the addresses that sign up at a server; `example.com` by default. */
  readonly addressDomain?: string | undefined;
  /** Stops after the first failure. */
  readonly bail?: boolean | undefined;
  /**
   * The server is one that others use: no floods, few calls a second, again where it asks for patience, and every account
   * that was made is deleted in the end.
   */
  readonly polite?: Politeness | undefined;
  /** Told at the end of a polite run which accounts could not be deleted. */
  readonly onLeft?: ((left: readonly LeftAccount[]) => void) | undefined;
  /** Told at the end of the run of a server which calls it answered with 429 in the end, and how often, where it did. */
  readonly onLimited?: ((calls: ReadonlyMap<string, number>) => void) | undefined;
  /** Told where a server asks for patience, in seconds. */
  readonly onWait?: ((seconds: number) => void) | undefined;
  /** Ends the run of a server before its next call. */
  readonly signal?: AbortSignal | undefined;
  /** Failures that are known. */
  readonly baseline?: Baseline | undefined;
  /** The command that runs one check again; by default the bare options. */
  readonly replay?: RunOptions['replay'] | undefined;
  /** How many of the client run side by side, where the target is a function that starts one; 1 by default. */
  readonly jobs?: number | undefined;
  /** Results of PBKDF2, where they are to be kept from run to run. */
  readonly pbkdf2?: Pbkdf2Cache | undefined;
  /** Whether failures say which known mistake explains them, where one does; true by default. */
  readonly explains?: boolean | undefined;
  /** Told whenever a check begins: which ones run, and how many wait. */
  readonly onProgress?: RunOptions['onProgress'];
  /** Told of what a run of a server measures without judging it, when all checks are done; nothing is measured without it. */
  readonly onIndication?: ((indication: Indication) => void) | undefined;
  /** Told at the end of the run of a client where the time went. */
  readonly onEnd?: ((time: TimeSpent) => void) | undefined;
}

/**
 * Judges a client.
 *
 * @param target - the client, or a function that starts one more of it
 * @throws TargetGone where the client cannot be run, or stops running
 *
 * @example
 * for await (const { id, verdict } of judgeClient(target, { profile: 'documented', seed: 1 })) report(id, verdict);
 */
export async function* judgeClient(
  target: ClientTarget | (() => ClientTarget),
  options: JudgeOptions,
): AsyncGenerator<CheckResult, void, void> {
  const { profile, seed, runs = 3, path, jobs = 1 } = options;
  const start = typeof target === 'function' ? target : () => target;
  const targets = Array.from({ length: typeof target === 'function' ? jobs : 1 }, start);
  const oracle = createOracle(profile, options.pbkdf2, options.explains);
  const run = { profile, seed, runs, path, oracle, record: createRecord() };
  const benches: ClientBench[] = [];
  try {
    const { capabilities } = await describeIn(profile, targets[0] ?? start());
    for (const target of targets) benches.push(await openClientBench({ ...run, target, capabilities }));
    const kinds = targets[0]?.stderr === undefined ? [] : ['stderr'];
    yield* judged(clientChecks.map(timed), benches, {
      role: 'client',
      capabilities: [...capabilities, ...kinds],
      ...options,
    });
  } finally {
    await Promise.all(targets.map((target) => target.close()));
    await Promise.all(benches.map((bench) => bench.close()));
    options.onEnd?.(addTimes(run.record.times));
  }
}

const timed = ({ run, twin, ...check }: Check<ClientBench>): Check<ClientBench> => ({
  ...check,
  run: (bench) => bench.during(() => run(bench)),
  ...(twin !== undefined && { twin: (bench) => bench.during(() => twin(bench)) }),
});

/** Asks a client what it is. @throws TargetGone where it does not say, or does not speak the profile */
export async function describeIn(profile: ProfileName, target: ClientTarget): Promise<Description> {
  const description = await describe(target);
  if (description.profiles.includes(profile)) return description;
  throw new TargetGone(`the client declares ${description.profiles.join(', ')}, not ${profile}`);
}

/** Asks a client what it is. @throws TargetGone where it does not say */
export async function describe(target: ClientTarget): Promise<Description> {
  try {
    return await target.call('describe', {});
  } catch (error) {
    if (error instanceof VerbError)
      throw new TargetGone(`the adapter answered describe with an error: ${error.message}`);
    throw error;
  }
}

/**
 * Judges a server.
 *
 * @throws TargetGone where the server does not answer, or stops answering, or the run is stopped; RangeError where a polite
 *   run could not delete what it makes, and was not permitted to leave it
 */
export async function* judgeServer(
  target: ServerTarget,
  options: JudgeOptions,
): AsyncGenerator<CheckResult, void, void> {
  const { profile, seed, runs = 3, path, addressDomain, timeout = LIMITS.timeout.value } = options;
  const { polite, signal, pbkdf2, explains } = options;
  const capabilities = capabilitiesOf(target, profile);
  const stays = polite && !polite.leaveAccounts && whyNotCleared({ capabilities, target, profile });
  if (typeof stays === 'string')
    throw new RangeError(`what a polite run makes could not be deleted: ${stays}`);
  const bench = openServerBench({
    ...{ target, capabilities, profile, seed, runs, path, addressDomain, timeout, signal },
    ...{ pbkdf2, explains },
    pace: polite && { ...polite, onWait: options.onWait },
  });
  try {
    yield* judged(serverChecks, [bench], {
      ...{ role: 'server', capabilities, howToHave: HOW_TO_HAVE },
      ...options,
    });
    await measure(bench, options);
  } finally {
    if (bench.limited.size > 0) options.onLimited?.(bench.limited);
    if (polite !== undefined) options.onLeft?.(await clearUp({ ...bench, send: bench.end() }));
  }
}

/** Measures what there is no verdict for, where somebody wants to know; a polite run takes its time on purpose. */
async function measure(bench: ServerBench, { polite, only, onIndication }: JudgeOptions): Promise<void> {
  if (polite !== undefined || onIndication === undefined) return;
  for await (const indication of measureTimes(bench, globToRegExp(only ?? '*'))) onIndication(indication);
}

async function* judged<Bench>(
  checks: readonly Check<Bench>[],
  benches: readonly Bench[],
  options: Pick<RunOptions, 'role' | 'capabilities' | 'howToHave'> & JudgeOptions,
): AsyncGenerator<CheckResult, void, void> {
  const { profile, seed, baseline } = options;
  const bare: RunOptions['replay'] = (id, path) =>
    `--profile ${profile} --seed ${String(seed)} --only ${id}${path === undefined ? '' : ` --path ${path}`}`;
  const run = { ...options, replay: options.replay ?? bare };
  for await (const result of runChecks(checks, benches, run)) yield applyBaseline(baseline, result);
}
