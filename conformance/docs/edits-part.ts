/** The part of the kill matrix about edits of the derivation graph: by requirement, how many there are and what kills them. */
import { triesOf, type Row } from '../kill-matrix/row.ts';
import { anchor, code, groupBy, literal, table } from './markdown.ts';
import { linksFrom } from './site.ts';

/**
 * @param path - of the page
 * @param rows - what the suite made of the edits
 * @param harmless - those that do not count
 */
export function editsPart(path: string, rows: readonly Row[], harmless: readonly Row[]): string {
  const killed = rows.filter(({ status }) => status === 'killed').length;
  const { again, most } = triesOf(rows);
  return [
    `## ${anchor('edits')}Edits of the derivation graph`,
    `${rows.length} clients and servers that have one value as an edit of the derivation graph has it: the named mistakes, and those that are made by rule in every place of every value, in both profiles. Each breaks the requirement that says how the value is computed, and is killed like a fault: ${killed} of ${rows.length} are. ${linksFrom(path)('conformance/edits.md', '', 'What is read first')} of each is on a page of its own.`,
    ...[...groupBy(rows, ({ role }) => role)].map(([role, own]) => tableOf(path, role, own)),
    'Some show only where a value begins with a zero byte, which one in 256 does, or where a number has a high bit, which every second one has. Whoever makes such a mistake draws what it may draw (salts, keys, IVs, a, b) until that is so: at most 4000 times for a zero byte, and a server at most 64 times for a high bit; where the other side decides it, the checks `client.zeros.*` do. Such a peer is made so that its mistake shows, as it would in one login of 256, or of two. That it is killed says that the suite sees the mistake where it shows, and not that one run meets it in an implementation that draws once.',
    `What shows by chance and is not drawn is judged again until a check finds it, at most 24 times: ${again} took more than one try, at most ${most}. What shows every time is tried once; whether it does, is computed.`,
    'A client makes a mistake as soon as it knows what that takes: what it needs of a session, a group or a document for the key that it wraps is there in a change of passphrase, and judged there.',
    `${harmless.length} edits do not count: no check of all that pass without them notices them, and it was computed why.`,
    ...partOf(
      'no fault',
      'are no faults: what they yield is read as what is right is, wherever one looks',
      harmless,
    ),
    ...partOf(
      'cannot be built',
      'cannot be built: they would take a value that their side never has when it computes what is edited',
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
