/**
 * Writes the record of what each check was written for, or with `--check` fails where it is stale. `--looked-at GLOB`
 * records the checks whose ids it names as they are now: somebody has looked at them.
 */
import { parseArgs } from 'node:util';
import { publish } from '../../spec/generate/publish.ts';
import { listedChecks } from '../catalogue.ts';
import { globToRegExp } from '../run.ts';
import { complaints, lookedAtFile, lookedAtText, readLookedAt, recorded } from './looked-at.ts';

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean', default: false }, 'looked-at': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const lookedAt = values['looked-at'] ? globToRegExp(positionals.join(',')) : /^$/;
const record = recorded(readLookedAt(), listedChecks, (id) => lookedAt.test(id));

const files = new Map([[lookedAtFile, lookedAtText(record)]]);
const fresh = publish(files, values.check, 'npm run generate');
const wrong = complaints(record, listedChecks);
for (const line of wrong) process.stderr.write(`${line}\n`);
process.exitCode = wrong.length > 0 ? 1 : fresh;
