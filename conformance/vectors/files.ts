/** The published vectors as data (`spec/schemas/vector-file.schema.json`). */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Family, VectorFile as Published } from '../../vectors/generate/family.ts';

export type { Call, Values, Vector } from '../../vectors/generate/vector.ts';

/** One file as it is published: what the generator makes, with its notes. */
export type VectorFile = Published & Pick<Family, 'notes'>;

/** Every published family, by the name of its file. */
export function vectorFiles(): ReadonlyMap<string, VectorFile> {
  const folder = dirname(createRequire(import.meta.url).resolve('#vectors/README.md'));
  const names = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'keys.json');
  const files = names.map((file) => [
    file.replace(/\.json$/, ''),
    JSON.parse(readFileSync(join(folder, file), 'utf8')) as VectorFile,
  ]);
  return new Map(files as [string, VectorFile][]);
}
