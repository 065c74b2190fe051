/** The page of every named mistake: what is done wrong, what is right, and how it is told (`spec/mistakes.json`). */
import { crossReferences, type Targets } from './cross-references.ts';
import type { KnownMistake, MistakeInProfile } from './known-mistakes.ts';
import { anchor, blocks, code, groupBy, literal } from './markdown.ts';
import type { Page } from './page.ts';
import { titles } from './sections.ts';
import { linksFrom } from './site.ts';

const path = 'spec/mistakes.md';
const link = linksFrom(path);

/**
 * @param mistakes - in the order of their sections
 * @param targets - what their words refer to
 * @param told - ids of those that clients or servers are told of
 */
export function mistakesPage(
  mistakes: readonly KnownMistake[],
  targets: Targets,
  told: ReadonlySet<string>,
): Page {
  const chapters = groupBy(mistakes, ({ section }) => section.split('.')[0] ?? '');
  const text = blocks(
    '# Mistakes',
    `${mistakes.length} known wrong readings of the formulas. ${code('e2ee-sync diagnose')} and the suite trace a wrong value to them. The same as data, with the edits of the formulas: ${link('spec/mistakes.json', '', code('mistakes.json'))}.`,
    `Each says what is done wrong, then what is right. The values named are those in which it is made; whatever follows from them comes out wrong too. What comes of a mistake stands in the family ${link('vectors/families.md', 'wrong-answers', 'wrong-answers')} under the ids given here; all other families together tell every one of them by right values.`,
    ...[...chapters].flatMap(([chapter, items]) => [
      `## ${heading(chapter)}`,
      ...[...groupBy(items, ({ section }) => section)].flatMap(([section, below]) => [
        `### ${heading(section)}`,
        `${below.length} mistakes in reading section ${link(targets.sections.get(section) ?? '', section, section)}.`,
        below.map((mistake) => entry(mistake, targets, told.has(mistake.id))).join('\n'),
      ]),
    ]),
  );
  return { path, text };
}

const heading = (number: string): string => `${number} ${titles.get(number) ?? ''}`;

function entry(
  { id, title, hint, requirement, seen, inProfiles }: KnownMistake,
  targets: Targets,
  isTold: boolean,
): string {
  const linked = (words: string): string => crossReferences(literal(words), targets, link);
  const below = [
    linked(hint),
    `breaks ${link('spec/requirements.md', requirement, requirement)} in ${inProfiles.map(({ profile }) => code(profile)).join(' and ')}`,
    seen.length === 0 ? '' : `seen in: ${seen.map(literal).join('; ')}`,
    ...byProfile('made in', inProfiles, ({ values }) => values.map(code).join(', ')),
    ...byProfile('yields the right values', inProfiles, ({ equivalent = '' }) => literal(equivalent)),
    vectorsOf(inProfiles),
    isTold ? link('conformance/edits.md', id, 'what clients and servers that make it are told') : '',
  ];
  const head = `- ${anchor(id)}**${code(id)}**: ${linked(title)}`;
  return [head, ...below.filter((line) => line !== '').map((line) => `  - ${line}`)].join('\n');
}

/** What is said of each profile; once where it is the same in all of them. */
function byProfile(
  what: string,
  inProfiles: readonly MistakeInProfile[],
  say: (item: MistakeInProfile) => string,
): string[] {
  const said = groupBy(inProfiles, say);
  if (said.size === 1)
    return [...said.keys()].filter((words) => words !== '').map((words) => `${what}: ${words}`);
  return [...said]
    .filter(([words]) => words !== '')
    .map(
      ([words, items]) => `${what} in ${items.map(({ profile }) => code(profile)).join(' and ')}: ${words}`,
    );
}

function vectorsOf(inProfiles: readonly MistakeInProfile[]): string {
  const ids = inProfiles.flatMap(({ vectors }) => vectors);
  if (ids.length === 0) return '';
  return `${ids.length} ${ids.length === 1 ? 'vector holds' : 'vectors hold'} what comes of it: ${ids.map(code).join(', ')}`;
}
