/**
 * What came of faults before, as long as nothing that has a part in it has changed: a run that was broken off goes on
 * where it was, and a second one takes no time.
 */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** @param name - of what is remembered, such as `faults` */
export function openMemo<Row>(name: string): Memo<Row> {
  const file = join(specFolder, '..', 'node_modules', '.cache', 'e2ee-sync', `${name}.jsonl`);
  const now = digestOf(sources);
  const rows = new Map<string, Row>(known<Row>(file, now));
  let isBegun = rows.size > 0;
  return {
    rows,
    keep(id, row) {
      rows.set(id, row);
      if (!isBegun) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `${JSON.stringify(now)}\n`);
      }
      isBegun = true;
      appendFileSync(file, `${JSON.stringify([id, row])}\n`);
    },
  };
}

function known<Row>(file: string, now: string): [string, Row][] {
  try {
    const [first = '', ...lines] = readFileSync(file, 'utf8').split('\n');
    if (JSON.parse(first) !== now) return [];
    // The last line may be half of one: a run was broken off while it was written.
    return lines.slice(0, -1).map((line) => JSON.parse(line) as [string, Row]);
  } catch {
    return []; // there is none yet
  }
}
