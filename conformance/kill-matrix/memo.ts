/**
 * What came of faults before, as long as nothing that has a part in it has changed: a run that was broken off goes on
 * where it was, and a second one takes no time.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { specFolder } from '../../spec/schemas.ts';
import { digestOf, SOURCES, type Source } from './digest.ts';

/** What is remembered, by the id of a fault. */
export interface Memo<Row> {
  readonly rows: ReadonlyMap<string, Row>;
  readonly keep: (id: string, row: Row) => void;
}

/** What is built, but for what judges nothing. */
const JUDGING = /^(?!conformance\/(docs|speed|agreement|cli|ledger|self)\/).*\.js(on)?$/;
const sources = SOURCES.map((source): Source => (source[0] === 'dist' ? ['dist', JUDGING] : source));

const folder = join(specFolder, '..', 'node_modules', '.cache', 'e2ee-sync');

/**
 * Each state of what decides has a file of its own: what two runs write at once, of two states, never comes into one.
 *
 * @param name - of what is remembered, such as `faults`
 */
export function openMemo<Row>(name: string): Memo<Row> {
  const file = `${name}.${digestOf(sources).slice(0, 16)}.jsonl`;
  const rows = new Map<string, Row>(known<Row>(join(folder, file)));
  let isBegun = rows.size > 0;
  return {
    rows,
    keep(id, row) {
      rows.set(id, row);
      if (!isBegun) begin(name, file);
      isBegun = true;
      appendFileSync(join(folder, file), `${JSON.stringify([id, row])}\n`);
    },
  };
}

/** What is remembered of other states is worth nothing. */
function begin(name: string, file: string): void {
  mkdirSync(folder, { recursive: true });
  for (const other of readdirSync(folder))
    if (other.startsWith(`${name}.`) && other !== file) rmSync(join(folder, other), { force: true });
}

function known<Row>(file: string): [string, Row][] {
  if (!existsSync(file)) return [];
  // The last line may be half of one: a run was broken off while it was written.
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as [string, Row]];
    } catch {
      return []; // and the next run wrote on in that line
    }
  });
}
