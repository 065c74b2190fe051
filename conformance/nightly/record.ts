/**
 * What came of the runs so far, one a line, written as they end: a night that was broken off goes on where it was, as
 * long as neither the build nor an adapter has changed.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { digestOf, SOURCES, type Source } from '../kill-matrix/digest.ts';
import { root } from './programs.ts';
import type { Run, RunKey } from './run.ts';

export interface NightRecord {
  /** The run that was made before, if it was. */
  readonly find: (key: RunKey) => Run | undefined;
  /** Writes one down. */
  readonly keep: (run: Run) => void;
}

type Line = Run & { readonly build: string };

const ADAPTERS: Source = ['conformance/adapters', /\.(py|go|java|json)$/];
/** What is built of the suite and has no part in a verdict. */
const BESIDE = /^conformance\/(agreement|docs|faults|kill-matrix|ledger|nightly|speed)\//;

/** SHA-256 of what decides the verdicts of a night, in hex. */
export const nightDigest = (): string => digestOf([...SOURCES, ADAPTERS], root, BESIDE);

const keyOf = ({ target, profile, seed, only }: RunKey): string =>
  JSON.stringify([target, profile, seed, only]);

/**
 * @param build - the digest of what decides the verdicts
 * @param fresh - forgets what is there
 */
export function openRecord(file: string, build: string, fresh: boolean): NightRecord {
  const lines = existsSync(file) && !fresh ? readFileSync(file, 'utf8').split('\n') : [];
  const known = lines.flatMap(read).filter((line) => line.build === build && line.broken === null);
  writeFileSync(file, known.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const runs = new Map<string, Run>(known.map((line) => [keyOf(line), line]));
  return {
    find: (key) => runs.get(keyOf(key)),
    keep: (run) => {
      appendFileSync(file, `${JSON.stringify({ ...run, build } satisfies Line)}\n`);
    },
  };
}

/** A line that was broken off is none. */
function read(line: string): Line[] {
  try {
    return [JSON.parse(line) as Line];
  } catch {
    return [];
  }
}
