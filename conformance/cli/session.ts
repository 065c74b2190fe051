/** One run of the suite from the command line: judges in each profile, reports, writes the result file. */
import { randomInt } from 'node:crypto';
import type { ProfileName } from '../../reference/index.ts';
import type { Baseline } from '../baseline.ts';
import { coverage, sizeOf } from '../catalogue.ts';
import { TargetGone } from '../check.ts';
import type { Indication } from '../indication.ts';
import type { JudgeOptions } from '../judge.ts';
import { replayBy } from '../replay.ts';
import { createReporter, type Output, type Reporter } from '../report/reporter.ts';
import { printable, type EndedPart } from '../report/text.ts';
import {
  createResultFile,
  writeResultFile,
  type JudgedTarget,
  type ResultFile,
} from '../report/result-file.ts';
import { defaultJobs } from './options.ts';
import { EXIT, summarize, type CheckResult, type ExitStatus, type Role, type Summary } from '../verdict.ts';

/** The options that `test client`, `test server` and `test self` have in common. */
export interface TestOptions {
  readonly profile?: ProfileName;
  readonly only?: string;
  readonly seed?: number;
  readonly runs?: number;
  readonly path?: string;
  readonly jobs?: number;
  readonly timeout?: number;
  readonly baseline?: Baseline;
  readonly json?: string;
  readonly bail?: boolean;
}

/** What a run in one profile is told. */
export interface SuiteOptions extends JudgeOptions {
  /** Told of each part of a run of several, when it has ended. */
  readonly onPart: (part: EndedPart) => void;
}

/** What is run: a name for the report, and the results in one profile. */
export interface Suite {
  readonly target: JudgedTarget;
  readonly profiles: readonly ProfileName[];
  /** The words of the command that come before and after the options of a replay. */
  readonly command: readonly [before: string, after: string];
  readonly judge: (options: SuiteOptions) => AsyncIterable<CheckResult>;
}

const BOTH: readonly Role[] = ['client', 'server'];

export async function runSuite(
  suite: Suite,
  options: TestOptions,
  output: Output = process.stdout,
): Promise<ExitStatus> {
  const seed = options.seed ?? randomInt(2 ** 31);
  const reporter = createReporter(output);
  const results: CheckResult[] = [];
  const indications: Indication[] = [];
  output.write(
    `Judging ${printable(suite.target.name)}, ${suite.profiles.join(' and ')}, seed ${String(seed)}\n`,
  );
  const roles = suite.target.kind === 'self' ? BOTH : [suite.target.kind];
  output.write(`${sizeOf(roles, suite.profiles)}\n${coverage()}\n`);
  let gone: string | undefined;
  try {
    for await (const result of everyProfile(suite, { ...options, seed }, reporter, indications)) {
      results.push(result);
      reporter.result(result);
    }
  } catch (error) {
    if (!(error instanceof TargetGone)) throw error;
    gone = error.message;
  }
  if (results.length === 0 && indications.length === 0 && gone === undefined) {
    output.write(`There is no check ${options.only ?? ''} in this profile; e2ee-sync list shows all\n`);
    return EXIT.usage;
  }
  const summary = summaryOf(results, gone);
  reporter.end({ results, indications, summary, gone });
  if (options.json !== undefined)
    writeResults(options.json, suite, { seed, checks: results, indications, summary });
  return summary.exitStatus;
}

function summaryOf(results: readonly CheckResult[], gone: string | undefined): Summary {
  const summary = summarize(results);
  if (gone !== undefined) return { ...summary, exitStatus: EXIT.target };
  // Where only times were asked for, nothing is judged.
  return results.length === 0 ? { ...summary, exitStatus: EXIT.conformant } : summary;
}

function writeResults(
  path: string,
  suite: Suite,
  run: Pick<ResultFile, 'seed' | 'checks' | 'indications' | 'summary'>,
): void {
  const [only] = suite.profiles;
  const profile = suite.profiles.length === 1 && only !== undefined ? only : 'all';
  writeResultFile(path, createResultFile({ target: suite.target, profile, ...run }));
}

async function* everyProfile(
  suite: Suite,
  options: TestOptions & { readonly seed: number },
  reporter: Reporter,
  indications: Indication[],
): AsyncGenerator<CheckResult, void, void> {
  const { only, seed, runs, path, jobs = defaultJobs, timeout, baseline, bail } = options;
  for (const profile of suite.profiles) {
    for await (const result of suite.judge({
      profile,
      seed,
      only,
      runs,
      path,
      timeout,
      baseline,
      bail,
      replay: replayBy(suite.command, { profile, seed }),
      jobs,
      onProgress: reporter.progress,
      onIndication: (indication) => void indications.push(indication),
      onEnd: reporter.time,
      onPart: reporter.part,
      onLeft: reporter.left,
      onLimited: reporter.limited,
      onWait: reporter.wait,
    })) {
      yield result;
      if (bail === true && (result.verdict === 'fail' || result.verdict === 'blocked')) return;
    }
  }
}
