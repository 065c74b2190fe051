/** The page of the documentation that lists every requirement with what bears on it. */
import type { ListedRequirement } from '../catalogue.ts';

/**
 * @param requirements - in reading order
 * @param sections - section number → link to its heading
 * @returns Markdown
 */
export function requirementsPage(
  requirements: readonly ListedRequirement[],
  sections: ReadonlyMap<string, string>,
): string {
  const bound = requirements.filter(({ checks }) => checks.length > 0).length;
  const rows = requirements.map((item) => {
    const { id, section, level, role, profile, vectors, faults } = item;
    const cells = [
      id,
      `[${section}](${sections.get(section) ?? ''})`,
      level,
      role,
      profile,
      judged(item),
      list(vectors),
      list(faults),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '---',
    'title: Requirements',
    '---',
    '',
    '# Requirements',
    '',
    `${requirements.length} requirements; ${bound} have a check so far.`,
    '',
    '| id | section | level | role | profile | checks | vectors | faults |',
    '| -- | ------- | ----- | ---- | ------- | ------ | ------- | ------ |',
    ...rows,
    '',
  ].join('\n');
}

const judged = ({ checks, excluded }: ListedRequirement): string =>
  checks.length > 0 ? list(checks) : (excluded ?? '');
const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join('<br>');
