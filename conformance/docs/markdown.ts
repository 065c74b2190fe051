/** What the generated pages are written with. */

export { code, table } from '../../spec/generate/markdown.ts';

/** A list item that links can lead to. */
export const anchor = (id: string): string => `<a id="${id}"></a>`;

/** Blocks with a blank line between them. */
export const blocks = (...parts: readonly string[]): string => `${parts.join('\n\n')}\n`;

/** Text in which no character means anything to Markdown. */
export const literal = (text: string): string => text.replace(/[\\`*_[\]<>#&]/g, '\\$&');

/** Items by a key, in the order in which the keys appear. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
