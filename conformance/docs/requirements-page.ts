/** The page of every requirement with what bears on it: section, checks, vectors, faults, mistakes, or why no check can. */
import type { ListedMistake, ListedRequirement } from '../catalogue.ts';
import { crossReferences, type Targets } from './cross-references.ts';
import { anchor, blocks, code, groupBy, table } from './markdown.ts';
import type { Page } from './page.ts';
import { linksFrom } from './site.ts';

const path = 'spec/requirements.md';
const link = linksFrom(path);

/** What requirements are counted by: those that have one, those that are excluded, those that have nothing. */
const columns: readonly [string, (item: ListedRequirement) => boolean][] = [
  ['all', () => true],
  ['check', ({ checks }) => checks.length > 0],
  ['vectors', ({ vectors }) => vectors.length > 0],
  ['fault', ({ faults }) => faults.length > 0],
  ['excluded', ({ excluded }) => excluded !== null],
  [
    'nothing yet',
    ({ checks, vectors, excluded }) => checks.length + vectors.length === 0 && excluded === null,
  ],
];

/**
 * @param requirements - in reading order
 * @param mistakes - those that break them
 * @param targets - what their sentences refer to
 */
export function requirementsPage(
  requirements: readonly ListedRequirement[],
  mistakes: readonly ListedMistake[],
  targets: Targets,
): Page {
  const breaking = groupBy(mistakes, ({ requirement }) => requirement);
  const groups = [...groupBy(requirements, ({ id }) => id.split('-')[0] ?? '')];
  const data = link('spec/requirements.json', '', code('requirements.json'));
  const text = blocks(
    '# Requirements',
    `Every normative sentence of the chapters, and what judges it. The same as data: ${data}. An id leads to its place in the chapters, and from there back to here.`,
    table(
      ['ids', ...columns.map(([title]) => title)],
      [
        ['**all**', ...counts(requirements)],
        ...groups.map(([prefix, items]) => [link(path, prefix.toLowerCase(), prefix), ...counts(items)]),
      ],
    ),
    ...groups.flatMap(([prefix, items]) => [
      `## ${prefix}`,
      items.map((item) => entry(item, breaking.get(item.id) ?? [], targets)).join('\n'),
    ]),
  );
  return { path, text };
}

const counts = (items: readonly ListedRequirement[]): string[] =>
  columns.map(([, counted]) => String(items.filter(counted).length || ''));

function entry(item: ListedRequirement, mistakes: readonly ListedMistake[], targets: Targets): string {
  const { id, section, role, profile, text, checks, vectors, faults, excluded } = item;
  const chapter = targets.sections.get(section) ?? '';
  const whom = role === 'both' ? 'client and server' : role;
  const where = profile === 'both' ? 'all profiles' : profile;
  const bearing = (title: string, page: string, names: readonly string[]): string =>
    names.length === 0 ? '' : `${title}: ${names.map((name) => link(page, name, code(name))).join(', ')}`;
  const below = [
    bearing('checks', 'conformance/checks.md', checks),
    bearing('vectors', 'vectors/families.md', vectors),
    bearing('faults', 'conformance/kill-matrix.md', faults),
    bearing(
      'mistakes',
      'spec/mistakes.md',
      mistakes.map(({ id: mistake }) => mistake),
    ),
    excluded === null ? '' : `no check can judge it: ${excluded}`,
  ];
  const place = `${whom}, ${where}, section ${link(chapter, section, section)}`;
  const head = `- ${anchor(id)}${link(chapter, id, `**${id}**`)} (${place}): ${crossReferences(text, targets, link)}`;
  return [head, ...below.filter((line) => line !== '').map((line) => `  - ${line}`)].join('\n');
}
