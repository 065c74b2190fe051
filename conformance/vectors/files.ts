/** The published vectors as data (`spec/schemas/vector-file.schema.json`). */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Family, VectorFile as Published } from '../../vectors/generate/family.ts';

export type { Call, Values, Vector } from '../../vectors/generate/vector.ts';

/** One file as it is published: what the generator makes, with its notes. */
export type VectorFile = Published & Pick<Family, 'notes'>;

const folder = dirname(createRequire(import.meta.url).resolve('#vectors/README.md'));

/** Every published family, by the name of its file. */
export function vectorFiles(): ReadonlyMap<string, VectorFile> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'keys.json');
  const families = files.map((file) => file.replace(/\.json$/, ''));
  return new Map(families.map((family) => [family, vectorFile(family)]));
}

/** One published family. */
export const vectorFile = (family: string): VectorFile =>
  JSON.parse(readFileSync(join(folder, `${family}.json`), 'utf8')) as VectorFile;
