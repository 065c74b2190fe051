/** The published vectors as data (`spec/schemas/vector-file.schema.json`). */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ProfileName } from '../../reference/index.ts';

/** Values by name, as lower-case hex. */
export type Values = Readonly<Record<string, string>>;

/** A request and its answer. */
export interface Call {
  readonly method: string;
  readonly path: string;
  /** The header X-Session-Id. */
  readonly session?: string;
  readonly request?: unknown;
  readonly status: number;
  readonly response: unknown;
}

/** One scenario. */
export interface Vector {
  readonly id: string;
  readonly comment: string;
  readonly flags: readonly string[];
  readonly result: 'valid' | 'invalid';
  /** What an implementation is asked to do. */
  readonly step: string;
  readonly stage?: string;
  readonly requirement?: string;
  readonly error?: string;
  readonly mistake?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly intermediates: Values;
  readonly outputs: Values;
  readonly exchange?: readonly Call[];
}

export interface Note {
  readonly bugType: string;
  readonly description: string;
  readonly effect?: string;
  readonly links?: readonly string[];
}

/** One file. */
export interface VectorFile {
  readonly family: string;
  readonly requirements: readonly string[];
  readonly notes: Readonly<Record<string, Note>>;
  readonly groups: readonly { readonly profile: ProfileName; readonly vectors: readonly Vector[] }[];
}

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
