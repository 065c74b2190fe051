/** The part of the kill matrix about edits of the derivation graph: by requirement, how many there are and what kills them. */
import type { Row } from '../kill-matrix/row.ts';
import { anchor, code, groupBy, literal, table } from './markdown.ts';
import { linksFrom } from './site.ts';

/**
 * @param path - of the page
 * @param rows - what the suite made of the edits
 * @param harmless - those that do not count
 */
export function editsPart(path: string, rows: readonly Row[], harmless: readonly Row[]): string {
  const killed = rows.filter(({ status }) => status === 'killed').length;
  return [
    `## ${anchor('edits')}Edits of the derivation graph`,
    `${rows.length} clients and servers that have one value as an edit of the derivation graph has it: the named mistakes, and those that are made by rule in every place of every value, in both profiles. Each breaks the requirement that says how the value is computed, and is killed like a fault: ${killed} of ${rows.length} are.`,
    ...[...groupBy(rows, ({ role }) => role)].map(([role, own]) => tableOf(path, role, own)),
    'Some show only where a value begins with a zero byte, which one in 256 does. Whoever makes such a mistake draws until that is so; where the server decides it, the checks `client.zeros.*` do.',
    'A client makes a mistake as soon as it knows what that takes: what it needs of a session, a group or a document for the key that it wraps is there in a change of passphrase, and judged there.',
    `${harmless.length} edits do not count: no check of all that pass without them notices them, and it was computed why.`,
    ...partOf(
      'no fault',
      'are no faults: what they yield is read as what is right is, wherever one looks',
      harmless,
    ),
    ...partOf(
      'cannot be built',
      'cannot be built: they would take a value that their side does not have whenever it computes what is edited',
      harmless,
    ),
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

/** Those with one status, by what was computed of them. */
function partOf(wanted: Row['status'], what: string, harmless: readonly Row[]): string[] {
  const rows = harmless.filter(({ status }) => status === wanted);
  if (rows.length === 0) return [];
  const reasons = [...groupBy(rows, ({ says }) => says ?? '')].map(([why, own]) => reasonOf(why, own));
  return [`${rows.length} ${what}.`, reasons.join('\n')];
}

const reasonOf = (why: string, rows: readonly Row[]): string =>
  `- ${literal(why)}: ${rows.map(({ id }) => code(id)).join(', ')}`;
