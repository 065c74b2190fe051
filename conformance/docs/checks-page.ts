/** The page of every check: what it says of a client or server, and the requirements that it judges by. */
import type { ListedCheck } from '../catalogue.ts';
import { anchor, blocks, code, groupBy } from './markdown.ts';
import type { Page } from './page.ts';
import { linksFrom } from './site.ts';

const path = 'conformance/checks.md';
const link = linksFrom(path);

/** @param checks - in the order in which they run */
export function checksPage(checks: readonly ListedCheck[]): Page {
  const count = (wanted: string): string => String(checks.filter(({ role }) => role === wanted).length);
  const groups = groupBy(checks, ({ id }) => id.split('.').slice(0, 2).join('.'));
  const text = blocks(
    '# Checks',
    `${count('client')} checks of clients and ${count('server')} of servers. One that says that something is refused is marked _negative_: the same exchange without the fault must succeed first. ${code('e2ee-sync list')} prints the same, ${code('e2ee-sync explain ID')} one of them.`,
    ...[...groups].flatMap(([group, items]) => [`## ${group}`, items.map(entry).join('\n')]),
  );
  return { path, text };
}

const entry = ({ id, title, negative, requirements }: ListedCheck): string =>
  [
    `- ${anchor(id)}**${code(id)}**${negative ? ' _(negative)_' : ''}: ${title}`,
    `  - requirements: ${requirements.map((name) => link('spec/requirements.md', name, name)).join(', ')}`,
  ].join('\n');
