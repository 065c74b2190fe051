/** The JSON Schemas of `schemas/`, by name: `aes-message` is `schemas/aes-message.schema.json`. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A JSON Schema (2020-12) with its `$id`. */
export interface Schema {
  /** Its identifier. */
  readonly $id: string;
  readonly [keyword: string]: unknown;
}

/** The folder `spec/` of this package, whether the code runs from its sources or from the build. */
export const specFolder: string = dirname(createRequire(import.meta.url).resolve('#spec/protocol.json'));

const folder = join(specFolder, 'schemas');
const SUFFIX = '.schema.json';

/** Every schema, by name. */
export const schemas: ReadonlyMap<string, Schema> = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => [
      file.slice(0, -SUFFIX.length),
      JSON.parse(readFileSync(join(folder, file), 'utf8')) as Schema,
    ]),
);
