/** The table of `vectors/README.md`: every family with its vectors counted. */
import { table } from '../../spec/generate/markdown.ts';
import type { Family, VectorFile } from './family.ts';
import type { Vector } from './vector.ts';

type Counted = readonly { readonly family: Family; readonly file: VectorFile }[];

export function familyTable(made: Counted): string {
  const rows = made.map(({ family, file }) => {
    const profiles = file.groups.map(({ vectors }) => vectors);
    return [
      `\`${family.family}\``,
      family.covers,
      ...profiles.flatMap(counts),
      String(profiles.flat().length),
    ];
  });
  const sums = rows[0]?.slice(2).map((_, i) => String(sum(rows.map((row) => Number(row[i + 2])))));
  const profiles = made[0]?.file.groups.map(({ profile }) => `\`${profile}\``) ?? [];
  const head = profiles.flatMap((name) => [`${name} valid`, `${name} invalid`]);
  return table(['family', 'what it covers', ...head, 'all'], [...rows, ['', '', ...(sums ?? [])]]);
}

const counts = (vectors: readonly Vector[]): string[] =>
  ['valid', 'invalid'].map((wanted) => String(vectors.filter(({ result }) => result === wanted).length));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
