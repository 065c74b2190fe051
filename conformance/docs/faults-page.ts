/** The page of every fault: one small change of the reference, and the one requirement that it breaks. */
import type { ListedFault } from '../catalogue.ts';
import { anchor, blocks, code, groupBy } from './markdown.ts';
import type { Page } from './page.ts';
import { linksFrom } from './site.ts';

const path = 'conformance/faults.md';
const link = linksFrom(path);

/** @param faults - those of clients and of servers */
export function faultsPage(faults: readonly ListedFault[]): Page {
  const groups = groupBy(faults, ({ role }) => role);
  const text = blocks(
    '# Faults',
    `${faults.length} ways in which a client or server can be wrong. Each is the reference with one small change that breaks one requirement; the suite has to catch every one of them, which is how its checks are tested.`,
    ...[...groups].flatMap(([role, items]) => [
      `## Faulty ${role}s`,
      `${items.length} faults.`,
      items.map(entry).join('\n'),
    ]),
  );
  return { path, text };
}

const entry = ({ id, title, requirement }: ListedFault): string =>
  `- ${anchor(id)}**${code(id)}** ${title}; breaks ${link('spec/requirements.md', requirement, requirement)}`;
