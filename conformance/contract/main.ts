/** Writes the generated parts of `conformance/ADAPTER.md` and `SERVER.md`, or with `--check` fails where one is stale. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSpecData } from '../../spec/generate/data.ts';
import { fillMarkers } from '../../spec/generate/markers.ts';
import { publish } from '../../spec/generate/publish.ts';
import { specFolder } from '../../spec/schemas.ts';
import { contractParts } from './tables.ts';

const paths = ['ADAPTER.md', 'SERVER.md'].map((name) => join(specFolder, '..', 'conformance', name));
const texts = new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
const filled = fillMarkers(texts, contractParts(readSpecData()));
process.exitCode = publish(filled, process.argv.includes('--check'), 'npm run generate');
