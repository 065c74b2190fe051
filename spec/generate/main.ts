/** Writes the generated files of `spec/`, or with `--check` fails where one is stale. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { specFolder } from '../schemas.ts';
import { extractRequirements } from './requirements.ts';

const chapters = new Map(
  readdirSync(specFolder)
    .filter((file) => /^\d\d-.*\.md$/.test(file))
    .sort()
    .map((file) => [file, readFileSync(join(specFolder, file), 'utf8')]),
);

const generated = new Map([
  [
    'requirements.json',
    `${JSON.stringify({ $schema: './schemas/requirements.schema.json', requirements: extractRequirements(chapters) }, null, 2)}\n`,
  ],
]);

const stale = [...generated].filter(([file, text]) => readIfThere(file) !== text);
if (process.argv.includes('--check')) {
  for (const [file] of stale) process.stderr.write(`spec/${file} is stale: run npm run generate\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [file, text] of stale) writeFileSync(join(specFolder, file), text);
  process.stdout.write(`${String(stale.length)} of ${String(generated.size)} generated files written\n`);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(join(specFolder, file), 'utf8');
  } catch {
    return undefined;
  }
}
