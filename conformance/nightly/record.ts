/**
 * What came of the runs so far, one a line, written as they end: a night that was broken off goes on where it was, as
 * long as nothing has changed that decides its verdicts.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Run, RunKey } from './run.ts';

export interface NightRecord {
  /** The run that was made before, if it was. */
  readonly find: (key: RunKey) => Run | undefined;
  /** Writes one down. */
  readonly keep: (run: Run) => void;
}

const keyOf = ({ target, profile, seed, only, build }: RunKey): string =>
  JSON.stringify([target, profile, seed, only, build]);

/**
 * @param builds - the digests of what decides the verdicts now; runs of others are forgotten
 * @param fresh - forgets what is there
 */
export function openRecord(file: string, builds: readonly string[], fresh: boolean): NightRecord {
  const lines = existsSync(file) && !fresh ? readFileSync(file, 'utf8').split('\n') : [];
  const known = lines.flatMap(read).filter((run) => builds.includes(run.build) && run.broken === null);
  writeFileSync(file, known.map((run) => `${JSON.stringify(run)}\n`).join(''));
  const runs = new Map<string, Run>(known.map((run) => [keyOf(run), run]));
  return {
    find: (key) => runs.get(keyOf(key)),
    keep: (run) => {
      appendFileSync(file, `${JSON.stringify(run)}\n`);
    },
  };
}

/** A line that was broken off is none. */
function read(line: string): Run[] {
  try {
    return [JSON.parse(line) as Run];
  } catch {
    return [];
  }
}
