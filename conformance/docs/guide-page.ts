/** Makes a page of a Markdown file of the repository: links that work in the site, and more of them. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { crossReferences, type Targets } from './cross-references.ts';
import type { Page } from './page.ts';
import { withAnchors } from './sections.ts';
import { linksFrom, root, sitePath } from './site.ts';

/** What follows the anchor of a requirement in a chapter: its id, which becomes a link to all that bears on it. */
const REQUIREMENT = /(<a id="([A-Z]+-\d\d)"><\/a>)\*\*\2\*\*/g;

/** A block of code; without a language it is text, and not TypeScript. */
const CODE = /^```(.*)\n[^]*?^```$/gm;

/**
 * @param path - in the repository
 * @param targets - what the specification is linked with
 */
export function guidePage(path: string, targets: Targets): Page {
  const text = relink(readFileSync(join(root, path), 'utf8'), path).replace(
    CODE,
    (block, language: string) => (language === '' ? block.replace('```', '```text') : block),
  );
  // The first page of the site has the name of the project in its head.
  if (path === 'README.md') return { path, text: text.replace(/^# .*\n/, '') };
  return { path, text: path.startsWith('spec/') ? chapter(text, path, targets) : text };
}

function chapter(text: string, path: string, targets: Targets): string {
  const link = linksFrom(path);
  const entries = text.replace(
    REQUIREMENT,
    (_, anchor: string, id: string) => `${anchor}${link('spec/requirements.md', id, `**${id}**`)}`,
  );
  return withAnchors(crossReferences(entries, targets, link));
}

/** Data that has a page of its own, which says the same in words and leads to the file. */
const IN_WORDS: ReadonlyMap<string, string> = new Map([
  ['spec/mistakes.json', 'spec/mistakes.md'],
  ['spec/requirements.json', 'spec/requirements.md'],
  ['spec/source-map.json', 'spec/source-map.md'],
]);

/** Leads links to the pages and files of the site; a link to a file that is not there becomes its words as code. */
function relink(text: string, from: string): string {
  return text.replace(
    /\[([^\]]*)\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#([^)\s]+))?\)/g,
    (_, words: string, target: string, anchor: string | undefined) => {
      const path = posix.join(posix.dirname(from), target);
      if (sitePath(path) !== undefined)
        return linksFrom(from)(IN_WORDS.get(path) ?? path, anchor ?? '', words);
      return words.includes('`') ? words : `\`${words}\``;
    },
  );
}
