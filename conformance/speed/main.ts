/** `npm run bench`: measures the reference, prints a table, and with `--json FILE` writes the rows there. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { clientRows, serverFloorRows, serverPeerRows } from './halves.ts';
import { loginRows } from './logins.ts';
import { starterRows } from './starters.ts';
import { syncRows } from './sync.ts';
import { tableOf, type Row } from './row.ts';

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const rows: Row[] = [];
for (const measure of [serverFloorRows, serverPeerRows, clientRows, loginRows, syncRows, starterRows]) {
  const found = await measure();
  rows.push(...found);
}
process.stdout.write(tableOf(rows));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ rows }, null, 2)}\n`);
