/** The ledger: how many checks and vectors hold an implementation to each requirement, and how many faults prove that. */
import type { ListedMistake, ListedRequirement } from '../catalogue.ts';
import { missedOf, type Removal } from '../kill-matrix/removal.ts';
import type { Matrix, Row } from '../kill-matrix/row.ts';
import type { ByName } from '../ledger/by-name.ts';
import { blocks, code, groupBy, literal, table } from './markdown.ts';
import type { Page } from './page.ts';
import { linksFrom } from './site.ts';

const path = 'conformance/ledger.md';
const link = linksFrom(path);

/** How many of the faults that break a requirement are killed, of how many. */
interface Kills {
  readonly killed: number;
  readonly all: number;
}

/** What is counted for each requirement. */
interface Entry {
  readonly requirement: ListedRequirement;
  readonly mistakes: number;
  readonly written: Kills;
  /** Edits of the derivation graph. */
  readonly edits: Kills;
}

const killsOf = (rows: readonly Row[]): Kills => ({
  killed: rows.filter(({ status }) => status === 'killed').length,
  all: rows.length,
});

/**
 * @param requirements - in reading order
 * @param mistakes - those that break them
 * @param matrix - which faults are killed
 * @param removals - what would be missed of each check
 * @param byName - the checks that would be missed by their names only
 */
export function ledgerPage(
  requirements: readonly ListedRequirement[],
  mistakes: readonly ListedMistake[],
  { faults }: Matrix,
  removals: readonly Removal[],
  byName: ByName,
): Page {
  const breaking = groupBy(mistakes, ({ requirement }) => requirement);
  const broken = groupBy(faults, ({ requirement }) => requirement);
  const entries = requirements.map((requirement): Entry => {
    const rows = broken.get(requirement.id) ?? [];
    const isWritten = ({ id }: Row): boolean => requirement.faults.includes(id);
    return {
      requirement,
      mistakes: breaking.get(requirement.id)?.length ?? 0,
      written: killsOf(rows.filter(isWritten)),
      edits: killsOf(rows.filter((one) => !isWritten(one))),
    };
  });
  const text = blocks(
    '# Ledger',
    `Each requirement with the checks that are bound to it, the families of vectors that bear on it, the named mistakes that break it, and the faults that break it, those that are written and the edits of the derivation graph, of which each must be killed by one of these checks (${link('conformance/kill-matrix.md', '', 'kill matrix')}). An id leads to all of them by name. A MUST that a check could judge and no fault breaks is marked. Where a sentence was changed, ${code('npm test')} asks for each of its checks to be looked at again.`,
    table(
      ['requirement', 'for', 'checks', 'vectors', 'mistakes', 'faults killed', 'edits killed', 'excluded'],
      [['**all**', '', ...sums(entries)], ...entries.map(row)],
    ),
    missedPart(removals, byName),
  );
  return { path, text };
}

/** What would be missed of each check, were it taken away. */
function missedPart(removals: readonly Removal[], byName: ByName): string {
  const lines = missedOf(removals).map(({ role, checks, by }) =>
    [`${role}s`, checks, by.fault, by.requirement, by.name].map(String),
  );
  const listed = (ids: readonly string[]): string =>
    ids.map((id) => link('conformance/checks.md', id, code(id))).join(', ');
  const reasons = [...groupBy(Object.keys(byName), (id) => byName[id] ?? '')].filter(([why]) => why !== '');
  const others = Object.keys(byName).filter((id) => byName[id] === null);
  return [
    '## What each check is needed for',
    'What would be noticed if a check were taken away: a fault that lives on, because no other check finds it; a requirement that no other judges; or nothing but that its name is recorded. A new check must be needed for a fault. The last number can only fall.',
    table(
      ['checks of', 'all', 'needed for a fault', 'for a requirement alone', 'missed by name only'],
      lines,
    ),
    ...(reasons.length === 0
      ? []
      : [
          'Some that are missed by name only are kept for a reason:',
          reasons.map(([why, ids]) => `- ${literal(why)}: ${listed(ids)}`).join('\n'),
        ]),
    ...(others.length === 0
      ? []
      : [`No fault is known yet that only one of these finds: ${listed(others)}.`]),
  ].join('\n\n');
}

const sums = (entries: readonly Entry[]): string[] => {
  const having = (count: (entry: Entry) => number): string =>
    `${entries.filter((entry) => count(entry) > 0).length} have some`;
  return [
    having(({ requirement }) => requirement.checks.length),
    having(({ requirement }) => requirement.vectors.length),
    having(({ mistakes }) => mistakes),
    having(({ written }) => written.killed),
    having(({ edits }) => edits.killed),
    having(({ requirement }) => (requirement.excluded === null ? 0 : 1)),
  ];
};

/** Whether it is one that implementations must follow and a check could judge, and nothing proves that one does. */
const isUnproven = ({ requirement, written, edits }: Entry): boolean =>
  requirement.level.startsWith('MUST') &&
  requirement.excluded === null &&
  written.killed + edits.killed === 0;

function row(entry: Entry): string[] {
  const { requirement, mistakes, written, edits } = entry;
  const { id, role, checks, vectors, excluded } = requirement;
  const number = (count: number): string => (count === 0 ? '' : String(count));
  const kills = ({ killed, all }: Kills): string => (all === 0 ? '' : `${killed} of ${all}`);
  return [
    link('spec/requirements.md', id, id),
    role === 'both' ? 'client and server' : role,
    number(checks.length),
    number(vectors.length),
    number(mistakes),
    isUnproven(entry) ? '**none**' : kills(written),
    kills(edits),
    excluded === null ? '' : 'no check can judge it',
  ];
}
