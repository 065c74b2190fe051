/**
 * `npm run diagnosis-score`: runs the named mistakes as clients, and prints how many of them a failure names; `--mechanical`
 * those that are made by rule, `--every N` every Nth, `--json FILE` writes what came of each, `--verbose` prints those that
 * are not named.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ProfileName } from '../../reference/index.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { clientEdits, tryEdit, type EditRow } from './edits.ts';

const { values } = parseArgs({
  options: {
    mechanical: { type: 'boolean', default: false },
    every: { type: 'string', default: '1' },
    json: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
const kind = values.mechanical ? 'mechanical' : 'named';

const all: EditRow[] = [];
for (const profile of protocol.profiles as ProfileName[]) {
  const edits = clientEdits(profile, kind).filter((_, i) => i % Number(values.every) === 0);
  const rows: EditRow[] = [];
  for (const edit of edits) {
    const row = await tryEdit(edit);
    rows.push(row);
    if (values.verbose && row.telling !== 'named')
      process.stdout.write(`${row.id} (${row.telling}): ${row.says[0] ?? 'no check fails'}\n`);
  }
  const count = (telling: EditRow['telling']): number => rows.filter((row) => row.telling === telling).length;
  process.stdout.write(
    `clients, ${profile}: ${count('named')} of ${rows.length} ${kind} mistakes are named by a failure, ${count('failed')} fail without being named, ${count('unnoticed')} are not noticed\n`,
  );
  all.push(...rows);
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(all, null, 2)}\n`);
