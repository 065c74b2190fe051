/** How far a run has come, on standard error output: a line that is written over, or one every half a minute. */

export interface Progress {
  /** @param isGood - whether it came to what it should */
  readonly tell: (id: string, came: string, isGood: boolean, seconds: number) => void;
  readonly end: () => void;
}

/** Seconds between two lines where they cannot be written over. */
const PAUSE = 30;

/**
 * @param what - is judged, and what it should come to: `faults`, `killed`
 * @param verbose - a line for each
 */
export function createProgress(
  all: number,
  [what, good]: readonly [string, string],
  verbose: boolean,
): Progress {
  const begin = performance.now();
  let done = 0;
  let right = 0;
  let told = 0;
  const elapsed = (): number => (performance.now() - begin) / 1000;
  const line = (): string => `${done} of ${all} ${what} judged, ${right} ${good}, ${elapsed().toFixed(0)} s`;
  return {
    tell(id, came, isGood, seconds) {
      done++;
      if (isGood) right++;
      if (verbose) process.stderr.write(`${seconds.toFixed(1).padStart(6)} s ${id}: ${came}\n`);
      else if (process.stderr.isTTY) process.stderr.write(`\r${line()}`);
      else if (elapsed() - told >= PAUSE) {
        told = elapsed();
        process.stderr.write(`${line()}\n`);
      }
    },
    end: () => void process.stderr.write(`${process.stderr.isTTY && !verbose ? '\r' : ''}${line()}\n`),
  };
}
