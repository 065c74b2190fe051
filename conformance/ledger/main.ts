/**
 * Writes the record of what each check was written for, and the numbers of the README; with `--check` fails where one is
 * stale. `--looked-at GLOB` records the checks whose ids it names as they are now: somebody has looked at them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fillMarkers } from '../../spec/generate/markers.ts';
import { publish } from '../../spec/generate/publish.ts';
import { specFolder } from '../../spec/schemas.ts';
import { listedChecks } from '../catalogue.ts';
import { globToRegExp } from '../run.ts';
import { complaints, lookedAtFile, lookedAtText, readLookedAt, recorded } from './looked-at.ts';
import { numbers, numbersText } from './numbers.ts';

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean', default: false }, 'looked-at': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const lookedAt = values['looked-at'] ? globToRegExp(positionals.join(',')) : /^$/;
const record = recorded(readLookedAt(), listedChecks, (id) => lookedAt.test(id));

const readme = join(specFolder, '..', 'README.md');
const filled = fillMarkers(
  new Map([[readme, readFileSync(readme, 'utf8')]]),
  new Map([['numbers', numbersText(numbers())]]),
);
const files = new Map([[lookedAtFile, lookedAtText(record)], ...filled]);
const fresh = publish(files, values.check, 'npm run generate');
const wrong = complaints(record, listedChecks);
for (const line of wrong) process.stderr.write(`${line}\n`);
process.exitCode = wrong.length > 0 ? 1 : fresh;
