/** The page of every fault: one small change of the reference, the requirement that it breaks, and the checks that see it. */
import type { ListedFault } from '../catalogue.ts';
import type { Matrix, Row } from '../kill-matrix/row.ts';
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
): Page {
  const byId = new Map(all.map((row) => [row.id, row]));
  const rows = faults.flatMap(({ id }) => byId.get(id) ?? []);
  const edits = all.filter((row) => !rows.includes(row));
  const groups = groupBy(faults, ({ role }) => role);
  const killed = rows.filter(({ status }) => status === 'killed').length;
  const text = blocks(
    '# Kill matrix',
    `${faults.length} ways in which a client or server can be wrong. Each is the reference with one small change that breaks one requirement, and is killed when a check that is bound to this very requirement fails, its twin having passed; a failure of another check does not count. ${killed} of ${faults.length} are killed: a score of ${Math.floor((1000 * killed) / faults.length) / 10} %. ${code('npm run kill-matrix')} lets the suite judge them all, and [${edits.length} edits of the derivation graph](#edits) besides. Who is right is judged in the same way, and [passes](#controls).`,
    ...[...groups].flatMap(([role, items]) => [
      `## Faulty ${role}s`,
      `${items.length} faults.`,
      items.map((fault) => entry(fault, byId.get(fault.id))).join('\n'),
    ]),
    editsPart(path, edits, harmless),
    controlsPart(controls),
  );
  return { path, text };
}

function entry({ id, title, requirement }: ListedFault, row: Row | undefined): string {
  const breaks = link('spec/requirements.md', requirement, requirement);
  const checks = row?.killedBy.map((name) => link('conformance/checks.md', name, code(name))) ?? [];
  const below = [
    checks.length === 0 ? 'not judged yet' : `killed by ${checks.join(', ')}`,
    ...(row?.says == null ? [] : [`the report begins: ${literal(row.says)}`]),
  ];
  return [
    `- ${anchor(id)}**${code(id)}** ${title}; breaks ${breaks}`,
    ...below.map((line) => `  - ${line}`),
  ].join('\n');
}
