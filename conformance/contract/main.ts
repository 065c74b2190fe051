/** Writes the generated parts of `conformance/ADAPTER.md`, or with `--check` fails where one is stale. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSpecData } from '../../spec/generate/data.ts';
import { fillMarkers } from '../../spec/generate/markers.ts';
import { publish } from '../../spec/generate/publish.ts';
import { specFolder } from '../../spec/schemas.ts';
import { contractParts } from './tables.ts';

const path = join(specFolder, '..', 'conformance', 'ADAPTER.md');
const filled = fillMarkers(new Map([[path, readFileSync(path, 'utf8')]]), contractParts(readSpecData()));
process.exitCode = publish(filled, process.argv.includes('--check'), 'npm run generate');
