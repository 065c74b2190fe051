/**
 * Writes the record of what each check was written for, that of the checks without which no fault lives on, and the numbers
 * of the README; with `--check` fails where one is stale. It fails in any case where no fault lives on without a check that
 * is not recorded so. `--looked-at GLOB` records the checks whose ids it names as they are now: somebody has looked at them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fillMarkers } from '../../spec/generate/markers.ts';
import { publish } from '../../spec/generate/publish.ts';
import { specFolder } from '../../spec/schemas.ts';
import { listedChecks } from '../catalogue.ts';
import { readMatrix } from '../kill-matrix/record.ts';
import { formatRemovals, removalOf } from '../kill-matrix/removal.ts';
import { globToRegExp } from '../run.ts';
import { byNameFile, byNameText, readByName, remaining, unneeded } from './by-name.ts';
import { complaints, lookedAtFile, lookedAtText, readLookedAt, recorded } from './looked-at.ts';
import { numbers, numbersText } from './numbers.ts';

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean', default: false }, 'looked-at': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const lookedAt = values['looked-at'] ? globToRegExp(positionals.join(',')) : /^$/;
const record = recorded(readLookedAt(), listedChecks, (id) => lookedAt.test(id));
const matrix = readMatrix();
const removals = listedChecks.map((check) => removalOf(check, listedChecks, matrix, record));
const byName = remaining(readByName(), removals);

const readme = join(specFolder, '..', 'README.md');
const filled = fillMarkers(
  new Map([[readme, readFileSync(readme, 'utf8')]]),
  new Map([['numbers', numbersText(numbers())]]),
);
const files = new Map([[lookedAtFile, lookedAtText(record)], [byNameFile, byNameText(byName)], ...filled]);
const fresh = publish(files, values.check, 'npm run generate');
const wrong = [...complaints(record, listedChecks), ...unneeded(byName, removals)];
for (const line of wrong) process.stderr.write(`${line}\n`);
process.stdout.write(formatRemovals(removals));
process.exitCode = wrong.length > 0 ? 1 : fresh;
