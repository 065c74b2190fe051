/** Flow charts in Mermaid, without colours, so that they can be read on a light and on a dark page. */
import { block } from './markdown.ts';

/** @param heavy - names that get a thick border */
export function flowchart(direction: string, lines: readonly string[], heavy: readonly string[]): string {
  const style = [`classDef thick stroke-width:3px`, `class ${heavy.map(id).join(',')} thick`];
  const all = heavy.length === 0 ? lines : [...lines, ...style];
  return block('mermaid', [`flowchart ${direction}`, ...all.map((line) => `  ${line}`)]);
}

export function arrow(from: string, to: string, label = '', line = '-->'): string {
  return `${id(from)} ${line}${label === '' ? '' : `|${label}|`} ${id(to)}`;
}

export const rounded = (name: string, label = name): string => `${id(name)}([${label}])`;
export const square = (name: string, label = name): string => `${id(name)}[${label}]`;

/** Mermaid's names hold letters, digits and underscores; a label may hold more. */
const id = (name: string): string => name.replaceAll('.', '_');
