/** One family of known answers, and the text of its file (`spec/schemas/vector-file.schema.json`). */
import protocol from '../../spec/protocol.json' with { type: 'json' };
import requirementsFile from '../../spec/requirements.json' with { type: 'json' };
import type { ProfileName } from '../../spec/index.ts';
import type { Vector } from './vector.ts';

/** What is particular about the vectors that carry a flag. */
export interface Note {
  readonly bugType: string;
  readonly description: string;
  readonly effect?: string;
  readonly links?: readonly string[];
}

export type Notes = Readonly<Record<string, Note>>;

export interface Family {
  /** Also the name of its file in `vectors/` and of its generator in `vectors/generate/`. */
  readonly family: string;
  /** What it covers, for the table of `vectors/README.md`. */
  readonly covers: string;
  readonly notes: Notes;
  /** The requirements that its valid vectors bear on; those of the invalid ones are added. */
  readonly requirements: readonly string[];
  readonly vectors: (profile: ProfileName) => readonly Vector[];
}

/** A vector file, before it is text. */
export interface VectorFile {
  readonly family: string;
  readonly requirements: readonly string[];
  readonly groups: readonly { readonly profile: ProfileName; readonly vectors: readonly Vector[] }[];
}

/** The vectors of a family in every profile; their ids begin with the name of the profile. */
export function vectorFile({ family, notes, requirements, vectors }: Family) {
  const groups = (protocol.profiles as ProfileName[]).map((profile) => ({
    profile,
    vectors: vectors(profile).map((vector) => ({ ...vector, id: `${profile}.${vector.id}` })),
  }));
  const broken = groups.flatMap((group) => group.vectors.flatMap(({ requirement }) => requirement ?? []));
  const bearsOn = new Set([...requirements, ...broken]);
  return {
    $schema: '../spec/schemas/vector-file.schema.json',
    family,
    version: protocol.version,
    source: `vectors/generate/${family}.ts`,
    requirements: requirementsFile.requirements.map(({ id }) => id).filter((id) => bearsOn.has(id)),
    notes,
    groups,
  } satisfies VectorFile & Record<string, unknown>;
}

/** A range of requirements: `ids('SRP', 1, 3)` is SRP-01, SRP-02, SRP-03. */
export const ids = (prefix: string, first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, i) => `${prefix}-${String(first + i).padStart(2, '0')}`);
