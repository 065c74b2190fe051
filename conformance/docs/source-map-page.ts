/** The page of the source: every sentence of the two documents, and the requirements that say the same. */
import sourceMap from '../../spec/source-map.json' with { type: 'json' };
import { crossReferences, type Targets } from './cross-references.ts';
import { anchor, blocks, code, literal, table } from './markdown.ts';
import type { Page } from './page.ts';
import { linksFrom } from './site.ts';

interface Unit {
  readonly id: string;
  readonly text: string;
  readonly requirements: readonly string[];
  /** Why no requirement takes it up. */
  readonly informative: string | null;
  readonly note?: string;
}

const path = 'spec/source-map.md';
const link = linksFrom(path);

/** @param targets - what the notes refer to */
export function sourceMapPage(targets: Targets): Page {
  const text = blocks(
    '# Map of the source',
    `Every heading, sentence, list step and table row of the source, and the requirements that say the same, or why it asks for nothing. The same as data: ${link('spec/source-map.json', '', code('source-map.json'))}.`,
    ...sourceMap.documents.flatMap(({ title, units }) => document(title, units, targets)),
  );
  return { path, text };
}

function document(title: string, units: readonly Unit[], targets: Targets): string[] {
  const taken = units.filter(({ requirements }) => requirements.length > 0).length;
  return [
    `## ${title}`,
    `${units.length} units: ${taken} are taken up by requirements, ${units.length - taken} are informative.`,
    table(
      ['', 'the source says', 'taken up by', 'note'],
      units.map((unit) => row(unit, targets)),
    ),
  ];
}

function row({ id, text, requirements, informative, note = '' }: Unit, targets: Targets): string[] {
  const linked = (words: string): string => crossReferences(words, targets, link);
  return [
    `${anchor(id)}${id}`,
    literal(text),
    informative === null ? linked(requirements.join(' ')) : `_${linked(informative)}_`,
    linked(literal(note)),
  ];
}
