/** Verdicts in words: what failed, which requirement it breaks, how to see it again. */
import { addTimes, type TimeSpent } from '../client/time-spent.ts';
import type { Indication } from '../indication.ts';
import { requirement } from '../requirements.ts';
import type { LeftAccount } from '../server/bench/clearing.ts';
import type { CheckResult, Summary } from '../verdict.ts';
import { wrapped } from './causes.ts';

const LABELS = {
  pass: 'pass',
  fail: 'FAIL',
  blocked: 'BLOCKED',
  skipped: 'skipped',
  'expected-failure': 'expected failure',
} as const;

/** The profile, and the storage where there are several: `documented, sqlite`. */
const whereOf = ({ profile, storage }: CheckResult): string =>
  storage === undefined ? profile : `${profile}, ${storage}`;

/** One line for a result: verdict, profile, storage, id, and what it is about. */
export function formatLine(result: CheckResult): string {
  const { verdict, id, title, reason } = result;
  const about = verdict === 'skipped' || verdict === 'expected-failure' ? (reason ?? '') : title;
  return `${LABELS[verdict].padEnd(8)} ${whereOf(result).padEnd(10)} ${id.padEnd(36)} ${printable(about)}`;
}

/**
 * All that is known of a result that is not a pass.
 *
 * @param alike - others that are blocked by the same: told by their ids instead of their requirements
 */
export function formatResult(result: CheckResult, alike: readonly CheckResult[] = []): string {
  const rows: (readonly [label: string, text: string | null])[] = [
    ['what', result.reason],
    ['sent', result.sent],
    ['expected', result.expected],
    ['actual', result.actual],
    ['diagnosis', result.diagnosis],
    ['replay', result.replay],
  ];
  const details = rows.flatMap(([label, text]) =>
    text === null ? [] : [`  ${label.padEnd(9)} ${indent(printable(text))}`],
  );
  const ids = [result, ...alike].map(({ id }) => id);
  const head =
    alike.length === 0
      ? [`${result.id} (${whereOf(result)})`, ...formatRequirements(result)]
      : [`${ids.length} checks for one reason (${whereOf(result)})`, ...wrapped(ids)];
  return [`${LABELS[result.verdict]} ${head.join('\n')}`, ...details].join('\n');
}

/** How many requirements are told in their own words; a check of a value that everything goes into has a dozen. */
const TOLD = 3;

/** Those of the section that the diagnosis names first; behind them, where there are many, ids alone. */
function formatRequirements({ id: check, requirements, diagnosis }: CheckResult): string[] {
  const isNamed = (id: string): boolean => diagnosis?.includes(`(§${requirement(id).section})`) ?? false;
  const ordered = [...requirements.filter(isNamed), ...requirements.filter((id) => !isNamed(id))];
  const others = ordered.slice(TOLD).join(', ');
  const more = others === '' ? [] : [`  also ${others}: e2ee-sync explain ${check}`];
  return [...ordered.slice(0, TOLD).map(formatRequirement), ...more];
}

/** What was measured, and that it is no verdict. */
export const formatIndication = ({ profile, requirement: id, text }: Indication): string =>
  `indication, no verdict (${id}, ${profile}): ${printable(text)}`;

/** `  SRP-19 (§5.3) The client MUST …` */
export function formatRequirement(id: string): string {
  const { section, text } = requirement(id);
  return `  ${id} (§${section}) ${text}`;
}

/** The counts, and what they come to. */
export function formatSummary({ exitStatus, warnings, ...counts }: Summary): string {
  const warned = warnings === 0 ? '' : `, ${String(warnings)} of them only a warning (SHOULD)`;
  const verdict = {
    0: Object.values(counts).some((count) => count > 0) ? 'conformant' : 'nothing was judged',
    1: 'not conformant',
    2: '',
    3: 'the target could not be run to the end',
    4: '',
  }[exitStatus];
  return `${formatCounts(counts)}${warned}: ${verdict}`;
}

/** `298 pass, 1 fail` */
const formatCounts = (counts: Omit<Summary, 'exitStatus' | 'warnings'>): string =>
  Object.entries(counts)
    .filter(([verdict, count]) => count > 0 || verdict === 'pass')
    .map(([verdict, count]) => `${String(count)} ${verdict}`)
    .join(', ');

/** One part of a run of several, when it has ended. */
export type EndedPart = { readonly name: string } & (
  | {
      readonly summary: Summary;
      /** Milliseconds, all in all and of the checks that end the server and start it again. */
      readonly took: number;
      readonly durability: number;
      /** Milliseconds of processor time: they depend little on what else the machine does. */
      readonly processor: number;
    }
  | {
      /** Why it could not be judged on this machine. */
      readonly missing: string;
    }
);

/** `server, memory, documented: 298 pass, 12.1 s, 2.0 s of it durability, 14.0 s of processor time` */
export function formatPart(part: EndedPart): string {
  if ('missing' in part) return `${part.name}: not judged, ${printable(part.missing)}`;
  const { name, took, durability, processor } = part;
  const { exitStatus: _, warnings: __, ...counts } = part.summary;
  const apart = durability === 0 ? '' : `, ${seconds(durability)} of it durability`;
  return `${name}: ${formatCounts(counts)}, ${seconds(took)}${apart}, ${seconds(processor)} of processor time`;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** Accounts that are still at the server, one a line. */
export const formatLeft = (left: readonly LeftAccount[]): string =>
  [
    `These accounts of the suite may still be at the server (${String(left.length)}):`,
    ...left.map(({ email, why }) => `  ${printable(email)}: ${printable(why)}`),
  ].join('\n');

/** How many of the calls that a server answered with 429 are named. */
const LIMITED_NAMED = 5;

/** That a server limits attempts, where, and what to do about it. */
export function formatLimits(calls: ReadonlyMap<string, number>): string {
  const often = [...calls].sort(([, one], [, other]) => other - one);
  const total = often.reduce((sum, [, count]) => sum + count, 0);
  const named = often.slice(0, LIMITED_NAMED).map(([call, count]) => `${count} of ${printable(call)}`);
  const more = often.length > LIMITED_NAMED ? [`${often.length - LIMITED_NAMED} other calls`] : [];
  return [
    `The server answered 429 to ${String(total)} requests (${[...named, ...more].join(', ')}): it limits attempts (HTTP-19), and what is`,
    'blocked by that was not judged. Next: raise its limits in the instance under test to the numbers of conformance/SERVER.md, "Limits";',
    'or wait until they end, and run again with --only for what was blocked.',
  ].join('\n');
}

/** How long a run took, and how much of that the client under test. */
export function formatTime(milliseconds: number, times: readonly TimeSpent[]): string {
  const { total, inClient } = addTimes(times);
  const share =
    total === 0 ? '' : `, ${Math.round((100 * inClient) / total)} % of it in the client under test`;
  return `${seconds(milliseconds)}${share}`;
}

/** Text from a target, with nothing in it that a terminal would act on; line ends stay. */
export const printable = (text: string): string =>
  text.replace(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const indent = (text: string): string => text.replaceAll('\n', `\n${' '.repeat(12)}`);
