/**
 * What came of the runs so far, one a line, written as they end: a night that was broken off goes on where it was, as
 * long as neither the build nor an adapter has changed.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './programs.ts';
import type { Run, RunKey } from './run.ts';

export interface NightRecord {
  /** The run that was made before, if it was. */
  readonly find: (key: RunKey) => Run | undefined;
  /** Writes one down. */
  readonly keep: (run: Run) => void;
}

type Line = Run & { readonly build: string };

/** What decides what comes of a run, by the ends of its files. */
const SOURCES = [
  ['dist', /\.js(on)?$/],
  ['spec', /\.json$/],
  ['vectors', /\.json$/],
  ['conformance/adapters', /\.(py|go|java|json)$/],
] as const;

/** SHA-256 of all of that, in hex. */
function digest(): string {
  const hash = createHash('sha256');
  for (const [folder, ending] of SOURCES)
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort())
      if (ending.test(file)) hash.update(`${file}\n`).update(readFileSync(join(root, folder, file)));
  return hash.digest('hex');
}

const keyOf = ({ target, profile, seed, only }: RunKey): string =>
  JSON.stringify([target, profile, seed, only]);

/** @param fresh - forgets what is there */
export function openRecord(file: string, fresh: boolean): NightRecord {
  const build = digest();
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
