/** One run at night: a target in a profile with a seed, judged by the command line, and what came of it. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ProfileName } from '../../reference/index.ts';
import type { CheckResult, Verdict } from '../verdict.ts';
import { root } from './programs.ts';
import { CLI } from './targets.ts';

/** Which run it is. */
export interface RunKey {
  readonly target: string;
  readonly profile: ProfileName;
  readonly seed: number;
  /** The checks that were wanted, as for `--only`. */
  readonly only: string;
  /** SHA-256 of what decides the verdicts, in hex. */
  readonly build: string;
}

/** A verdict that nobody expects, with the command that judges it again. */
export type Finding = Pick<CheckResult, 'id' | 'verdict' | 'reason' | 'replay'>;

export interface Run extends RunKey {
  readonly seconds: number;
  /** The verdict of every check; of one that was judged more than once, all of them. */
  readonly verdicts: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
  /** The end of what was printed, where the suite could not judge to the end. */
  readonly broken: string | null;
}

const EXPECTED: readonly Verdict[] = ['pass', 'skipped', 'expected-failure'];
/** What a status that is a verdict of a whole run is: conformant, or not. */
const WHOLE = [0, 1];
/** Milliseconds after which a run is ended: many times what the slowest takes. */
const PATIENCE = 3_600_000;

/** @param words - of the command line, before the options and after them */
export async function judge(
  key: RunKey,
  words: { readonly before: readonly string[]; readonly after: readonly string[] },
  folder: string,
): Promise<Run> {
  const { target, profile, seed, only } = key;
  const file = join(folder, `${target.replace(/\W+/g, '-')}-${profile}-${seed}.json`);
  rmSync(file, { force: true });
  const options = ['--profile', profile, '--seed', String(seed), '--only', only, '--json', file];
  const begin = performance.now();
  const { status, output } = await printed([CLI, ...words.before, ...options, ...words.after]);
  const seconds = Math.round((performance.now() - begin) / 1000);
  const checks = resultsIn(file);
  rmSync(file, { force: true });
  return { ...key, seconds, ...verdictsOf(checks), broken: brokenOff(status, checks, output) };
}

/** @internal How a run ended that judged nobody to the end; null for one that did. */
export function brokenOff(
  status: number | null,
  checks: readonly CheckResult[],
  output: string,
): string | null {
  const said = output.slice(-2000);
  if (status === null || !WHOLE.includes(status)) return said;
  return checks.some(({ verdict }) => verdict === 'pass')
    ? null
    : `status ${status}, and nothing that passed; ${said}`;
}

/** How many checks came to a verdict in a run: what is skipped did not. */
export const judgedIn = ({ verdicts }: Run): number =>
  Object.values(verdicts).filter((verdict) => verdict !== 'skipped').length;

/** @internal What is kept of the rows of a result file. */
export function verdictsOf(checks: readonly CheckResult[]): Pick<Run, 'verdicts' | 'findings'> {
  const verdicts: Record<string, string> = {};
  for (const { id, verdict } of checks)
    verdicts[id] = verdicts[id] === undefined ? verdict : `${verdicts[id]} ${verdict}`;
  const findings = checks
    .filter(({ verdict }) => !EXPECTED.includes(verdict))
    .map(({ id, verdict, reason, replay }) => ({ id, verdict, reason, replay }));
  return { verdicts, findings };
}

function resultsIn(file: string): readonly CheckResult[] {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { checks: CheckResult[] }).checks;
  } catch {
    return []; // the run ended before it wrote them
  }
}

async function printed(args: readonly string[]): Promise<{ status: number | null; output: string }> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const read = (text: string): void => void (output = (output + text).slice(-100_000));
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', read);
  const limit = setTimeout(() => child.kill('SIGTERM'), PATIENCE);
  const status = await new Promise<number | null>((done) => child.once('close', done));
  clearTimeout(limit);
  return { status, output };
}
