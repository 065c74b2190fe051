/**
 * Writes the vector files and the table of `vectors/README.md`, or with `--check` fails where one is stale. With
 * `--keys` it makes the test keys anew, with `--search` it counts anew for the rare events of `leading-zeros`: the files
 * take both up after the next build.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fillMarkers } from '../../spec/generate/markers.ts';
import { publish } from '../../spec/generate/publish.ts';
import { vectorFile } from './family.ts';
import { keysFile } from './primes.ts';
import { familyTable } from './readme.ts';
import { families } from './registry.ts';
import { countersFile } from './search.ts';

const folder = dirname(createRequire(import.meta.url).resolve('#vectors/README.md'));
const flag = (name: string) => process.argv.includes(name);

function corpus(): Map<string, string> {
  const made = families.map((family) => ({ family, file: vectorFile(family) }));
  const readme = join(folder, 'README.md');
  const text = fillMarkers(
    new Map([[readme, readFileSync(readme, 'utf8')]]),
    new Map([['families', familyTable(made)]]),
  );
  for (const { file } of made)
    text.set(join(folder, `${file.family}.json`), `${JSON.stringify(file, null, 2)}\n`);
  return text;
}

function files(): Map<string, string> {
  if (flag('--keys')) return new Map([[join(folder, 'keys.json'), keysFile()]]);
  if (flag('--search')) return new Map([[join(folder, 'generate', 'counters.json'), countersFile()]]);
  return corpus();
}

process.exitCode = publish(files(), flag('--check'), 'npm run vectors');
