/** The page of every fault: one small change of the reference, the requirement that it breaks, and the checks that see it. */
import type { ListedFault } from '../catalogue.ts';
import { OTHER, type Deployed } from '../kill-matrix/deployed.ts';
import type { ControlRow } from '../kill-matrix/control.ts';
import type { Matrix, Outcome, Row } from '../kill-matrix/row.ts';
import { anchor, blocks, code, groupBy, literal } from './markdown.ts';
import { controlsPart } from './controls-part.ts';
import { editsPart } from './edits-part.ts';
import type { Page } from './page.ts';
import { linksFrom } from './site.ts';

const path = 'conformance/kill-matrix.md';
const link = linksFrom(path);

/**
 * @param faults - those of clients and of servers
 * @param matrix - what the suite made of them
 */
export function killMatrixPage(
  faults: readonly ListedFault[],
  { faults: all, harmless, controls }: Matrix,
  deployed: Deployed,
): Page {
  const byId = new Map(all.map((row) => [row.id, row]));
  const rows = faults.flatMap(({ id }) => byId.get(id) ?? []);
  const edits = all.filter((row) => !rows.includes(row));
  const others = new Map(deployed.faults.map((row) => [row.id, row]));
  const twice = rows.filter((row) => [row, others.get(row.id)].every((one) => one && isKilled(one)));
  const groups = groupBy(faults, ({ role }) => role);
  const killed = rows.filter(isKilled).length;
  const text = blocks(
    '# Kill matrix',
    `${faults.length} ways in which a client or server can be wrong. Each is the reference with one small change that breaks one requirement, and is killed when a check that is bound to this very requirement fails, its twin having passed; a failure of another check does not count. ${killed} of ${faults.length} are killed: a score of ${Math.floor((1000 * killed) / faults.length) / 10} %. ${code('npm run kill-matrix')} lets the suite judge them all, and [${edits.length} edits of the derivation graph](#edits) besides. Who is right is judged in the same way, and [passes](#controls).`,
    `${others.size} of them are for no profile. They are judged in both profiles, and ${twice.length} of ${others.size} are killed in both; the others are faults in one profile alone, or break a requirement of one.`,
    ...[...groups].flatMap(([role, items]) => [
      `## Faulty ${role}s`,
      `${items.length} faults.`,
      items.map((fault) => entry(fault, byId.get(fault.id), others.get(fault.id))).join('\n'),
    ]),
    editsPart(path, edits, harmless),
    controlsPart(withOther(controls, deployed.controls)),
  );
  return { path, text };
}

const isKilled = ({ status }: Outcome): boolean => status === 'killed';

function entry({ id, title, requirement }: ListedFault, row?: Row, other?: Outcome): string {
  const breaks = link('spec/requirements.md', requirement, requirement);
  const below = [
    row === undefined ? 'not judged yet' : killers(row, other),
    ...(row?.says == null ? [] : [`the report begins: ${literal(row.says)}`]),
  ];
  return [
    `- ${anchor(id)}**${code(id)}** ${title}; breaks ${breaks}`,
    ...below.map((line) => `  - ${line}`),
  ].join('\n');
}

/** Who kills it; and in the other profile, where it is judged there. */
function killers(row: Outcome, other: Outcome | undefined): string {
  if (other === undefined) return cameOf(row);
  const isSame = [...row.killedBy].sort().join() === [...other.killedBy].sort().join();
  if (isKilled(row) && isKilled(other) && isSame) return `in both profiles ${cameOf(row)}`;
  return `${cameOf(row)}; in ${OTHER} ${cameOf(other)}`;
}

const cameOf = ({ status, killedBy }: Outcome): string =>
  status === 'killed'
    ? `killed by ${killedBy.map((name) => link('conformance/checks.md', name, code(name))).join(', ')}`
    : status;

/** Of both profiles; one that is judged in both runs is one. */
const withOther = (rows: readonly ControlRow[], others: readonly ControlRow[]): ControlRow[] => [
  ...new Map([...others, ...rows].map((row) => [row.id, row])).values(),
];
