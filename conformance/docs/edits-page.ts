/** The page of the first lines: what the implementer of a client or server reads that makes a mistake, named or made by rule. */
import { mechanicalMistakes, type Mistake } from '../../spec/mutate.ts';
import type { ProfileName } from '../../spec/index.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { mistakeOf, namedOf, type Diagnoses } from '../kill-matrix/diagnoses.ts';
import type { Matrix, Row } from '../kill-matrix/row.ts';
import { formatShare, shareOf } from '../kill-matrix/share.ts';
import type { TellingRow } from '../kill-matrix/telling.ts';
import type { KnownMistake } from './known-mistakes.ts';
import { anchor, blocks, code, groupBy, literal } from './markdown.ts';
import type { Page } from './page.ts';
import { titles } from './sections.ts';
import { linksFrom } from './site.ts';

const path = 'conformance/edits.md';
const link = linksFrom(path);
const PROFILES = protocol.profiles as readonly ProfileName[];

/**
 * @param mistakes - the named ones, in the order of their sections
 * @param diagnoses - what comes of them
 * @param matrix - what comes of the others
 */
export function editsPage(mistakes: readonly KnownMistake[], diagnoses: Diagnoses, { faults }: Matrix): Page {
  const byMistake = groupBy(diagnoses, ({ id }) => mistakeOf(id));
  const listed = mistakes.filter(({ id }) => byMistake.has(id));
  const [, shown] = namedOf(diagnoses);
  const text = blocks(
    '# What a mistake is told',
    `The first line that the implementer of a client or server reads which makes a mistake: the check that fails, what is wrong, and the diagnosis. Faults of other kinds have theirs in the ${link('conformance/kill-matrix.md', '', 'kill matrix')}. The words of your own failure lead to what may be behind it, and a mistake to what it looks like.`,
    '## Named mistakes',
    `${shown} of the ${link('spec/mistakes.md', '', 'known mistakes')} show in what a client sends or compares, or in what a server answers or accepts. ${score(diagnoses)} Where the first diagnosis does not name it alone, that is said; and so it is where nobody can tell a mistake from what is right, or build it.`,
    ...[...groupBy(listed, ({ section }) => section)].flatMap(([section, items]) => [
      `### ${section} ${titles.get(section) ?? ''}`,
      items.map((mistake) => named(mistake, byMistake.get(mistake.id) ?? [])).join('\n'),
    ]),
    '## Edits made by rule',
    `Every place of every formula is edited by rule: an operand left out, exchanged or swapped, a constant, hash or encoding changed, zero bytes lost. Below each value are its edits by the first line of a check that is bound to the requirement of the value. The suite adds a diagnosis to that, which is not recorded: it finds these edits by search, too. Those without a line are in the ${link('conformance/kill-matrix.md', 'edits', 'kill matrix')} with the reason.`,
    ...[...byValue(faults)].flatMap(([value, edits]) => [`### ${code(value)}`, ruled(edits)]),
  );
  return { path, text };
}

const score = (diagnoses: Diagnoses): string =>
  `Of the clients and servers that make one, ${formatShare(shareOf(diagnoses.map(({ telling }) => telling)))} are told so: the first diagnosis names the mistake, and no other names another (${code('npm run diagnosis-score')}).`;

/** `client.documented.x-no-colon` */
function partsOf(id: string): { readonly role: string; readonly profile: string } {
  const [role = '', profile = ''] = id.split('.');
  return { role, profile };
}

/** `a client, and a server in documented` */
function makers(ids: readonly string[]): string {
  const roles = groupBy(ids.map(partsOf), ({ role }) => role);
  const each = [...roles].map(([role, parts]) => {
    const profiles = [...new Set(parts.map(({ profile }) => profile))];
    return profiles.length === PROFILES.length
      ? `a ${role}`
      : `a ${role} in ${profiles.map(code).join(' and ')}`;
  });
  return each.join(', and ');
}

const COMMENTS: Readonly<Record<TellingRow['telling'], string>> = {
  named: '',
  'among others': ', which is told others too that come to the same in what was seen',
  misnamed: ', which is told of another mistake',
  failed: ', which is not told why',
  unnoticed: ', which passes',
  'no fault': ', which nobody can tell from a right one',
  'cannot be built': ', which cannot be built',
};

function named({ id, title }: KnownMistake, rows: readonly TellingRow[]): string {
  const told = groupBy(rows, ({ telling, says, but }) => JSON.stringify([telling, says, but]));
  const below = [...told.values()].map((alike) => {
    const [{ telling, says, but }] = alike as [TellingRow];
    const who = makers(alike.map((row) => row.id)) + COMMENTS[telling];
    if (says === null || telling === 'no fault') return who;
    return `${who}: ${telling === 'cannot be built' ? literal(says) : lineOf(says)}${but === null ? '' : `; later ${lineOf(but)}`}`;
  });
  return [
    `- ${anchor(id)}**${link('spec/mistakes.md', id, code(id))}** ${literal(title)}`,
    ...below.map((line) => `  - ${line}`),
  ].join('\n');
}

/** A line, with a link to its check. */
function lineOf(says: string): string {
  const [check = '', ...rest] = says.split(': ');
  return `${link('conformance/checks.md', check, code(check))}: ${literal(rest.join(': '))}`;
}

interface Made {
  readonly row: Row;
  readonly mistake: Mistake;
}

/** The edits that are made by rule, by the value that they edit. */
function byValue(faults: readonly Row[]): Map<string, Made[]> {
  const made = new Map(faults.map((row) => [row.id, row]));
  const all = ['client', 'server'].flatMap((role) =>
    PROFILES.flatMap((profile) =>
      mechanicalMistakes(profile).flatMap((mistake): Made[] => {
        const row = made.get(`${role}.${profile}.${mistake.id}`);
        return row === undefined ? [] : [{ row, mistake }];
      }),
    ),
  );
  return groupBy(all, ({ mistake }) => valuesOf(mistake));
}

/** By line: what is edited. */
function ruled(edits: readonly Made[]): string {
  const lines = groupBy(edits, ({ row }) => row.says ?? '');
  return [...lines]
    .map(([says, alike]) => {
      const makersOf = groupBy([...groupBy(alike, ({ mistake }) => mistake.title)], ([, same]) =>
        makers(same.map(({ row }) => row.id)),
      );
      const below = [...makersOf].map(
        ([who, same]) => `  - ${who}: ${same.map(([title]) => literal(short(title, alike))).join('; ')}`,
      );
      return [`- ${lineOf(says)}`, ...below].join('\n');
    })
    .join('\n');
}

/** Without the value, which stands above. */
function short(title: string, edits: readonly Made[]): string {
  const end = edits.map(({ mistake }) => ` in ${valuesOf(mistake)}`).find((words) => title.endsWith(words));
  return end === undefined ? title : title.slice(0, -end.length);
}

const valuesOf = ({ nodes }: Mistake): string => [...nodes.keys()].join(', ');
