/** The page of the families of vectors: what is in each file, what its flags mean, and which requirements it bears on. */
import { anchor, blocks, code, table } from './markdown.ts';
import type { Page } from './page.ts';
import { linksFrom } from './site.ts';

/** What the page says of a vector file (`spec/schemas/vector-file.schema.json`). */
export interface VectorFile {
  readonly family: string;
  readonly version: string;
  readonly source: string;
  readonly requirements: readonly string[];
  readonly notes: Readonly<Record<string, FlagNote>>;
  readonly groups: readonly { readonly profile: string; readonly vectors: readonly unknown[] }[];
}

interface FlagNote {
  readonly bugType: string;
  readonly description: string;
  readonly effect?: string;
  readonly links?: readonly string[];
}

const path = 'vectors/families.md';
const link = linksFrom(path);

/** @param files - the path of each file in the repository, and what it holds */
export function familiesPage(files: ReadonlyMap<string, VectorFile>): Page {
  const text = blocks(
    '# Families of vectors',
    `Each family is one file of known answers with all intermediate values; ${link('vectors/README.md', '', 'how to read them')}.`,
    ...[...files].flatMap(([file, content]) => family(file, content)),
  );
  return { path, text };
}

function family(
  file: string,
  { family, version, source, requirements, notes, groups }: VectorFile,
): string[] {
  const sizes = groups.map(({ profile, vectors }) => `${vectors.length} in ${code(profile)}`);
  const flags = Object.entries(notes).map(([flag, { bugType, description, effect = '', links = [] }]) => [
    code(flag),
    bugType,
    [description, ...links.map((url) => `([${new URL(url).hostname}](${url}))`)].join(' '),
    effect,
  ]);
  return [
    `## ${anchor(family)}${family}`,
    `${link(file, '', code(file))}, version ${version}, made by ${code(source)}: ${sizes.join(', ')}.`,
    `It bears on ${requirements.map((id) => link('spec/requirements.md', id, id)).join(', ')}.`,
    ...(flags.length === 0 ? [] : [table(['flag', 'kind', 'what it marks', 'effect of a mistake'], flags)]),
  ];
}
