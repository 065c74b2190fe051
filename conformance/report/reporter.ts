/** Follows a run: a progress line in a terminal, plain lines elsewhere; at the end failures first, then the summary. */
import { formatLine, formatResult, formatSummary, printable } from './text.ts';
import type { CheckResult, Summary } from '../verdict.ts';

/** A stream that text goes to. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

export interface Reporter {
  start(id: string, left: number): void;
  result(result: CheckResult): void;
  /** `gone`: why the target could not be run to the end, where it could not. */
  end(results: readonly CheckResult[], summary: Summary, gone: string | undefined): void;
}

export function createReporter(output: Output): Reporter {
  const terminal = output.isTTY === true;
  const clear = terminal ? '\r\u001b[K' : '';
  return {
    start(id, left) {
      if (terminal) output.write(`${clear}${String(left)} left: ${id}`);
    },
    result(result) {
      if (!terminal) output.write(`${formatLine(result)}\n`);
      else if (result.verdict !== 'pass') output.write(`${clear}${formatLine(result)}\n`);
    },
    end(results, summary, gone) {
      output.write(clear);
      for (const result of results.filter(({ verdict }) => verdict === 'fail' || verdict === 'blocked'))
        output.write(`\n${formatResult(result)}\n`);
      if (gone !== undefined) output.write(`\nThe run ended early: ${printable(gone)}\n`);
      output.write(`\n${formatSummary(summary)}\n`);
    },
  };
}
