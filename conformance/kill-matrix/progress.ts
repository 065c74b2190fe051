/** How far a run has come, on standard error output: a line that is written over, or one every half a minute. */
import type { Row } from './row.ts';

export interface Progress {
  readonly tell: (row: Row, seconds: number) => void;
  readonly end: () => void;
}

/** Seconds between two lines where they cannot be written over. */
const PAUSE = 30;

/** @param verbose - a line for each fault */
export function createProgress(all: number, verbose: boolean): Progress {
  const begin = performance.now();
  let done = 0;
  let killed = 0;
  let told = 0;
  const elapsed = (): number => (performance.now() - begin) / 1000;
  const line = (): string => `${done} of ${all} faults judged, ${killed} killed, ${elapsed().toFixed(0)} s`;
  return {
    tell({ id, status }, seconds) {
      done++;
      if (status === 'killed') killed++;
      if (verbose) process.stderr.write(`${seconds.toFixed(1).padStart(6)} s ${id}: ${status}\n`);
      else if (process.stderr.isTTY) process.stderr.write(`\r${line()}`);
      else if (elapsed() - told >= PAUSE) {
        told = elapsed();
        process.stderr.write(`${line()}\n`);
      }
    },
    end: () => void process.stderr.write(`${process.stderr.isTTY && !verbose ? '\r' : ''}${line()}\n`),
  };
}
