/**
 * What came of faults before, as long as nothing was built anew that has a part in it: a run that was broken off goes on
 * where it was, and a second one takes no time.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { specFolder } from '../../spec/schemas.ts';

/** What is remembered, by the id of a fault. */
export interface Memo<Row> {
  readonly rows: ReadonlyMap<string, Row>;
  readonly keep: (id: string, row: Row) => void;
}

/** The folder of what is built: this file is `conformance/kill-matrix/memo.js` in it. */
const built = fileURLToPath(new URL('../..', import.meta.url));
/** What judges nothing. */
const ASIDE = /^conformance\/(docs|speed|agreement|cli|ledger|self)\//;

/** SHA-256 of all that is built and has a part in a run. */
function digest(): string {
  const hash = createHash('sha256');
  const files = readdirSync(built, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => /\.js(on)?$/.test(name) && !ASIDE.test(name)).sort())
    hash.update(`${file}\n`).update(readFileSync(join(built, file)));
  return hash.digest('hex');
}

/** @param name - of what is remembered, such as `faults` */
export function openMemo<Row>(name: string): Memo<Row> {
  const file = join(specFolder, '..', 'node_modules', '.cache', 'e2ee-sync', `${name}.jsonl`);
  const now = digest();
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
