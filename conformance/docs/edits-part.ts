/** The part of the kill matrix about edits of the derivation graph: by requirement, how many there are and what kills them. */
import type { Row } from '../kill-matrix/row.ts';
import { anchor, code, groupBy, literal, table } from './markdown.ts';
import { linksFrom } from './site.ts';

/**
 * @param path - of the page
 * @param rows - what the suite made of the edits
 * @param harmless - those that are no faults
 */
export function editsPart(path: string, rows: readonly Row[], harmless: readonly Row[]): string {
  const killed = rows.filter(({ status }) => status === 'killed').length;
  return [
    `## ${anchor('edits')}Edits of the derivation graph`,
    `${rows.length} clients and servers that have one value as an edit of the derivation graph has it: the named mistakes, and those that are made by rule in every place of every value, in both profiles. Each breaks the requirement that says how the value is computed, and is killed like a fault: ${killed} of ${rows.length} are.`,
    ...[...groupBy(rows, ({ role }) => role)].map(([role, own]) => tableOf(path, role, own)),
    'Left out are clients whose mistake shows only where a value that the b of the server decides begins with a zero byte, in one login of 256; as servers they are here.',
    `${harmless.length} edits are no faults and do not count: none of the checks finds them, and it was computed that nobody could.`,
    [...groupBy(harmless, ({ says }) => says ?? '')].map(([why, own]) => reasonOf(why, own)).join('\n'),
  ].join('\n\n');
}

function tableOf(path: string, role: string, rows: readonly Row[]): string {
  const link = linksFrom(path);
  const lines = [...groupBy(rows, ({ requirement }) => requirement)].map(([requirement, own]) => {
    const checks = [...new Set(own.flatMap(({ killedBy }) => killedBy))];
    return [
      link('spec/requirements.md', requirement, requirement),
      String(own.length),
      String(own.filter(({ status }) => status === 'killed').length),
      checks.map((name) => link('conformance/checks.md', name, code(name))).join(', '),
    ];
  });
  return table([`requirement that ${role}s break`, 'edits', 'killed', 'by'], lines);
}

const reasonOf = (why: string, rows: readonly Row[]): string =>
  `- ${literal(why)}: ${rows.map(({ id }) => code(id)).join(', ')}`;
