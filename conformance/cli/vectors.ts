/** `e2ee-sync vectors verify [-- COMMAND…]`: the reference or a client held to the published vectors. */
import type { ProfileName } from '../../reference/index.ts';
import { TargetGone } from '../check.ts';
import { describe } from '../judge.ts';
import { printable } from '../report/text.ts';
import { LIMITS } from '../target/limits.ts';
import { createProcessTarget } from '../target/process-target.ts';
import { verifyCorpus, type FamilyResult, type Selection } from '../vectors/corpus.ts';
import { referenceImplementation } from '../vectors/reference.ts';
import { targetImplementation } from '../vectors/target.ts';
import type { Attempt, Implementation } from '../vectors/verify.ts';
import { EXIT, type ExitStatus } from '../verdict.ts';
import { defaultJobs } from './options.ts';

export interface VerifyOptions {
  readonly profile?: ProfileName;
  /** Families, with commas between; `*` stands for any characters. */
  readonly only?: string;
  /** How many processes of a client run side by side. */
  readonly jobs?: number;
  /** Milliseconds that one call may take. */
  readonly timeout?: number;
}

/** @param command - starts the adapter of a client; the reference is verified where it is empty */
export async function verifyVectors(command: readonly string[], options: VerifyOptions): Promise<ExitStatus> {
  const { profile, only = '*' } = options;
  const wanted = familiesLike(only);
  const chosen = { profiles: profile && [profile], wanted };
  if (command.length === 0) return await report(referenceImplementation(), chosen, only);
  const { jobs = defaultJobs, timeout = LIMITS.timeout.value } = options;
  const targets = Array.from({ length: jobs }, () => createProcessTarget({ command, timeout }));
  const [first] = targets;
  try {
    if (first === undefined) return EXIT.usage;
    const { name, version, profiles, capabilities } = await describe(first);
    process.stdout.write(`${printable(name)} ${printable(version)}, ${profiles.join(' and ')}\n`);
    const spoken = profiles.filter((one) => profile === undefined || one === profile);
    if (spoken.length === 0)
      throw new TargetGone(`the client declares ${profiles.join(', ')}, not ${String(profile)}`);
    return await report(targetImplementation(targets, capabilities), { profiles: spoken, wanted }, only);
  } catch (error) {
    if (!(error instanceof TargetGone)) throw error;
    process.stdout.write(`The client could not be run to the end: ${printable(error.message)}\n`);
    return EXIT.target;
  } finally {
    await Promise.all(targets.map((target) => target.close()));
  }
}

function familiesLike(only: string): (family: string) => boolean {
  const patterns = only
    .split(',')
    .map((glob) => new RegExp(`^${glob.trim().split('*').map(escape).join('.*')}$`));
  return (family) => patterns.some((pattern) => pattern.test(family));
}

const escape = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/** Faults of a family that are printed: they mostly have one reason. */
const MOST = 10;

async function report(
  implementation: Implementation<Attempt>,
  selection: Selection,
  only: string,
): Promise<ExitStatus> {
  const results: FamilyResult[] = [];
  for await (const result of verifyCorpus(implementation, selection)) {
    results.push(result);
    process.stdout.write(line(result));
    for (const [id, fault] of result.faults.slice(0, MOST))
      process.stdout.write(`  ${id} ${printable(fault)}\n`);
    const left = result.faults.length - MOST;
    if (left > 0) process.stdout.write(`  and ${left} more\n`);
  }
  if (results.length === 0) {
    process.stderr.write(`error: no family of vectors is named ${only}\n`);
    return EXIT.usage;
  }
  const faults = sum(results, ({ faults: { length } }) => length);
  const count = sum(results, ({ valid, invalid }) => valid + invalid);
  const skipped = skippedIn(results);
  if (skipped.length > 0) process.stdout.write(`Not asked: ${skipped.join('; ')}\n`);
  const verdict = faults === 0 ? 'all as they must be' : `${faults} are not as they must be`;
  process.stdout.write(count === 0 ? 'no vector could be asked\n' : `${count} vectors, ${verdict}\n`);
  return faults === 0 && count > 0 ? EXIT.conformant : EXIT.notConformant;
}

const sum = (results: readonly FamilyResult[], count: (result: FamilyResult) => number): number =>
  results.reduce((total, result) => total + count(result), 0);

/** `179 for want of accept`, the most first. */
function skippedIn(results: readonly FamilyResult[]): string[] {
  const counts = new Map<string, number>();
  for (const [what, count] of results.flatMap(({ skipped }) => [...skipped]))
    counts.set(what, (counts.get(what) ?? 0) + count);
  const inOrder = [...counts].sort(([, one], [, other]) => other - one);
  return inOrder.map(([what, count]) => `${count} for want of ${printable(what)}`);
}

const line = ({ family, valid, invalid, milliseconds }: FamilyResult): string =>
  `${family.padEnd(18)} ${column(valid, 4)} valid ${column(invalid, 4)} invalid ${column(Math.round(milliseconds), 6)} ms\n`;

const column = (value: number, width: number): string => String(value).padStart(width);
