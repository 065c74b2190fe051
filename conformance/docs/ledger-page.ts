/** The ledger: how many checks and vectors hold an implementation to each requirement, and how many faults prove that. */
import type { ListedMistake, ListedRequirement } from '../catalogue.ts';
import type { Matrix } from '../kill-matrix/row.ts';
import { blocks, code, groupBy, table } from './markdown.ts';
import type { Page } from './page.ts';
import { linksFrom } from './site.ts';

const path = 'conformance/ledger.md';
const link = linksFrom(path);

/** What is counted for each requirement. */
interface Entry {
  readonly requirement: ListedRequirement;
  readonly mistakes: number;
  readonly killed: number;
}

/**
 * @param requirements - in reading order
 * @param mistakes - those that break them
 * @param matrix - which faults are killed
 */
export function ledgerPage(
  requirements: readonly ListedRequirement[],
  mistakes: readonly ListedMistake[],
  { faults }: Matrix,
): Page {
  const breaking = groupBy(mistakes, ({ requirement }) => requirement);
  const killed = groupBy(
    faults.filter(({ status }) => status === 'killed'),
    ({ requirement }) => requirement,
  );
  const entries = requirements.map((requirement) => ({
    requirement,
    mistakes: breaking.get(requirement.id)?.length ?? 0,
    killed: killed.get(requirement.id)?.length ?? 0,
  }));
  const text = blocks(
    '# Ledger',
    `Each requirement with the checks that are bound to it, the families of vectors that bear on it, the named mistakes that break it, and the faults that break it, of which each must be killed by one of these checks (${link('conformance/kill-matrix.md', '', 'kill matrix')}). An id leads to all of them by name. Where a sentence was changed, ${code('npm test')} asks for each of its checks to be looked at again.`,
    table(
      ['requirement', 'for', 'checks', 'vectors', 'mistakes', 'faults killed', 'excluded'],
      [['**all**', '', ...sums(entries)], ...entries.map(row)],
    ),
  );
  return { path, text };
}

const sums = (entries: readonly Entry[]): string[] => {
  const having = (count: (entry: Entry) => number): string =>
    `${entries.filter((entry) => count(entry) > 0).length} have some`;
  return [
    having(({ requirement }) => requirement.checks.length),
    having(({ requirement }) => requirement.vectors.length),
    having(({ mistakes }) => mistakes),
    having(({ killed }) => killed),
    having(({ requirement }) => (requirement.excluded === null ? 0 : 1)),
  ];
};

function row({ requirement, mistakes, killed }: Entry): string[] {
  const { id, role, checks, vectors, faults, excluded } = requirement;
  const number = (count: number): string => (count === 0 ? '' : String(count));
  return [
    link('spec/requirements.md', id, id),
    role === 'both' ? 'client and server' : role,
    number(checks.length),
    number(vectors.length),
    number(mistakes),
    faults.length === 0 ? '' : `${killed} of ${faults.length}`,
    excluded === null ? '' : 'no check can judge it',
  ];
}
