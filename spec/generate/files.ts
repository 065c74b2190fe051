/**
 * The generated files of `spec/`: the chapters with their parts and examples, the examples themselves, the schemas with
 * theirs, the calls, the requirements, and the ledger of ids.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { specFolder } from '../schemas.ts';
import { callsData } from './calls.ts';
import type { SpecData } from './data.ts';
import { fillFences } from './examples-fences.ts';
import { exampleFiles } from './examples-files.ts';
import { formatJson } from './examples-format.ts';
import { examplesOf } from './examples.ts';
import { idsText, updateIds, type Ids } from './ids.ts';
import { fillMarkers } from './markers.ts';
import { generatedParts } from './parts.ts';
import { extractRequirements } from './requirements.ts';

/** The chapters and the README as they stand, by file name. */
export function readChapters(): Map<string, string> {
  const files = readdirSync(specFolder).filter((file) => file.endsWith('.md'));
  return new Map(files.sort().map((file) => [file, readFileSync(join(specFolder, file), 'utf8')]));
}

/** The ledger as it stands; empty where there is none. */
export function readIds(): Ids {
  const path = join(specFolder, 'ids.json');
  if (!existsSync(path)) return { ids: {}, withdrawn: {} };
  return JSON.parse(readFileSync(path, 'utf8')) as Ids;
}

/** What the files are to hold, by file name. */
export async function generatedFiles(
  data: SpecData,
  chapters: ReadonlyMap<string, string>,
  ids: Ids,
): Promise<Map<string, string>> {
  const examples = examplesOf(data);
  const numbered = new Map([...chapters].filter(([file]) => /^\d\d-/.test(file)));
  const requirements = extractRequirements(numbered);
  const list = { $schema: './schemas/requirements.schema.json', requirements };
  return new Map([
    ...(await fillFences(fillMarkers(chapters, generatedParts(data)), examples)),
    ...(await exampleFiles(data, examples)),
    ['calls.json', await formatJson(callsData(data.protocol.profiles))],
    ['requirements.json', `${JSON.stringify(list, null, 2)}\n`],
    ['ids.json', idsText(updateIds(ids, requirements, data.protocol.version))],
  ]);
}
