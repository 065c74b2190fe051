/** Writes the vector files, or with `--check` fails where one is stale. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { publish } from '../../spec/generate/publish.ts';
import { vectorFile } from './family.ts';
import { login } from './login.ts';

const folder = dirname(createRequire(import.meta.url).resolve('#vectors/README.md'));
const files = [login].map((family) => [join(folder, `${family.family}.json`), vectorFile(family)] as const);
process.exitCode = publish(new Map(files), process.argv.includes('--check'), 'npm run vectors');
