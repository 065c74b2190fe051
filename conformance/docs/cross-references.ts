/** Makes links of what a text says in passing: `(7.3)`, `section 5.2`, `chapters 4 to 6`, `SRP-12`. */
import type { Linker } from './site.ts';

/** Where the references of a text lead to. */
export interface Targets {
  /** Section number → page. */
  readonly sections: ReadonlyMap<string, string>;
  /** Requirement id → page. */
  readonly requirements: ReadonlyMap<string, string>;
}

/** Code, links, tags and headings, in which nothing is changed. */
const FIXED = /^```[^]*?^```$|`[^`\n]*`|\[[^\]]*\]\([^)]*\)|<[^>]*>|^#.*$/gm;

const list = (number: string): string => `${number}(?:(?:,|,? and|,? or| to)\\s${number})*`;

/** What is taken for a reference; sections of other documents are not. */
const REFERENCE = new RegExp(
  [
    String.raw`(?<=\()${list(String.raw`\d+(?:\.\d+)+`)}(?=[),;])`,
    String.raw`(?<!(?:RFC|SP) [\w-]+,?\s(?:section|chapter)s?\s)(?<=\b(?:[Ss]ection|[Cc]hapter)s?\s)${list(String.raw`\d+(?:\.\d+)*`)}`,
    String.raw`\b[A-Z]+-\d\d\b`,
  ].join('|'),
  'g',
);

/**
 * @param text - Markdown
 * @param link - makes the links of the page that it stands on
 * @returns the text with links; what names no known section or requirement is left as it is
 */
export function crossReferences(text: string, { sections, requirements }: Targets, link: Linker): string {
  const linked = (word: string): string => {
    const page = sections.get(word) ?? requirements.get(word);
    return page === undefined ? word : link(page, word, word);
  };
  const inProse = (prose: string): string =>
    prose.replace(REFERENCE, (found) => found.replace(/[A-Z]+-\d\d|\d+(?:\.\d+)*/g, linked));
  const fixed = text.match(FIXED) ?? [];
  return text
    .split(FIXED)
    .map((prose, i) => inProse(prose) + (fixed[i] ?? ''))
    .join('');
}
