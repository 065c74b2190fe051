/** Follows a run: a progress line in a terminal, plain lines elsewhere; at the end failures first, then the summary. */
import type { TimeSpent } from '../client/time-spent.ts';
import type { Indication } from '../indication.ts';
import type { LeftAccount } from '../server/bench/clearing.ts';
import {
  formatIndication,
  formatLeft,
  formatLimits,
  formatLine,
  formatPart,
  formatResult,
  formatSummary,
  formatTime,
  printable,
  type EndedPart,
} from './text.ts';
import type { Progress } from '../run.ts';
import { isRed, type CheckResult, type Summary } from '../verdict.ts';
import { causesOf } from './causes.ts';

/** A stream that text goes to. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  /** The width of a terminal, in characters. */
  readonly columns?: number | undefined;
}

/** What a run came to. */
export interface Ended {
  readonly results: readonly CheckResult[];
  readonly indications: readonly Indication[];
  readonly summary: Summary;
  /** Why the target could not be run to the end, where it could not. */
  readonly gone: string | undefined;
}

export interface Reporter {
  progress(progress: Progress): void;
  result(result: CheckResult): void;
  /** Where the time of one profile went. */
  time(time: TimeSpent): void;
  /** What one part of a run of several came to. */
  part(part: EndedPart): void;
  /** What could not be deleted. */
  left(accounts: readonly LeftAccount[]): void;
  /** Which calls were answered with 429, and how often. */
  limited(calls: ReadonlyMap<string, number>): void;
  /** The server asks for patience, in seconds. */
  wait(seconds: number): void;
  end(ended: Ended): void;
}

export function createReporter(output: Output): Reporter {
  const start = performance.now();
  const times: TimeSpent[] = [];
  const parts: EndedPart[] = [];
  const left: LeftAccount[] = [];
  let limits: ReadonlyMap<string, number> | undefined;
  const terminal = output.isTTY === true;
  const columns = (output.columns ?? 80) - 1;
  const clear = terminal ? '\r\u001b[K' : '';
  return {
    progress({ running, left }) {
      if (terminal) output.write(clear + `${left} left; running: ${running.join(', ')}`.slice(0, columns));
    },
    result(result) {
      if (!terminal) output.write(`${formatLine(result)}\n`);
      else if (result.verdict !== 'pass') output.write(`${clear}${formatLine(result)}\n`);
    },
    time: (time) => void times.push(time),
    part: (part) => void parts.push(part),
    left: (accounts) => void left.push(...accounts),
    limited: (calls) => void (limits = calls),
    wait(seconds) {
      output.write(`${clear}The server asks to come back in ${String(seconds)} seconds: waiting\n`);
    },
    end({ results, indications, summary, gone }) {
      output.write(clear);
      for (const [result, ...alike] of causesOf(results)) output.write(`\n${formatResult(result, alike)}\n`);
      if (limits !== undefined && results.some(isRed)) output.write(`\n${formatLimits(limits)}\n`);
      if (gone !== undefined) output.write(`\nThe run ended early: ${printable(gone)}\n`);
      if (left.length > 0) output.write(`\n${formatLeft(left)}\n`);
      for (const indication of indications) output.write(`\n${formatIndication(indication)}\n`);
      if (parts.length > 0) output.write(`\n${parts.map(formatPart).join('\n')}\n`);
      output.write(`\n${formatTime(performance.now() - start, times)}\n${formatSummary(summary)}\n`);
    },
  };
}
