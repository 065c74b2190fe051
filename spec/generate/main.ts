/** Writes the generated files of `spec/`, or with `--check` fails where one is stale. */
import { join } from 'node:path';
import { specFolder } from '../schemas.ts';
import { readSpecData } from './data.ts';
import { generatedFiles, readChapters, readIds } from './files.ts';
import { publish } from './publish.ts';

try {
  const files = [...(await generatedFiles(readSpecData(), readChapters(), readIds()))];
  const paths = new Map(files.map(([file, text]) => [join(specFolder, file), text]));
  process.exitCode = publish(paths, process.argv.includes('--check'), 'npm run generate');
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
