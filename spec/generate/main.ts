/** Writes the generated files of `spec/`, or with `--check` fails where one is stale. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { specFolder } from '../schemas.ts';
import { publish } from './publish.ts';
import { extractRequirements } from './requirements.ts';

const chapters = new Map(
  readdirSync(specFolder)
    .filter((file) => /^\d\d-.*\.md$/.test(file))
    .sort()
    .map((file) => [file, readFileSync(join(specFolder, file), 'utf8')]),
);
const requirements = {
  $schema: './schemas/requirements.schema.json',
  requirements: extractRequirements(chapters),
};
const files = new Map([
  [join(specFolder, 'requirements.json'), `${JSON.stringify(requirements, null, 2)}\n`],
]);
process.exitCode = publish(files, process.argv.includes('--check'), 'npm run generate');
