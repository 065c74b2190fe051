/** Red results by what made them red: what blocks many checks is told once. */
import { isRed, type CheckResult } from '../verdict.ts';

/** One result, or several that are blocked by one and the same thing. */
export type Alike = readonly [CheckResult, ...CheckResult[]];

/** A failure often explains why others are blocked. */
const rank = ({ verdict }: CheckResult): number => (verdict === 'blocked' ? 1 : 0);

/** The red results, failures first, else in the order in which their causes are met; every failure has one of its own. */
export function causesOf(results: readonly CheckResult[]): readonly Alike[] {
  const causes = new Map<string, [CheckResult, ...CheckResult[]]>();
  for (const result of results.filter(isRed)) {
    const { verdict, id, profile, storage, reason, sent, expected, actual, diagnosis } = result;
    const told = [reason, sent, expected, actual, diagnosis];
    const cause = JSON.stringify([profile, storage, verdict === 'blocked' ? told : id]);
    const alike = causes.get(cause);
    if (alike === undefined) causes.set(cause, [result]);
    else alike.push(result);
  }
  return [...causes.values()].sort(([one], [other]) => rank(one) - rank(other));
}

const WIDTH = 120;

/** Ids with commas between, as many on a line as it takes. */
export function wrapped(ids: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const [i, id] of ids.entries()) {
    const item = i === ids.length - 1 ? id : `${id},`;
    if (line !== '' && line.length + item.length + 1 > WIDTH) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? `  ${item}` : ` ${item}`;
  }
  return [...lines, line];
}
