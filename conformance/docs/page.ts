/** A page of the site: Markdown with the front matter that typedoc reads, title and pages below it. */
import { posix } from 'node:path';

/** A page before it is written. */
export interface Page {
  /** Where its Markdown would stand in the repository; `sitePath` says where the page stands in the site. */
  readonly path: string;
  /** Markdown that begins with a heading of the first level. */
  readonly text: string;
}

/** The text of a page with its front matter; `pages` are all pages of the site. */
export function withFrontMatter({ path, text }: Page, pages: readonly Page[]): string {
  const title = /^# (?:<a [^>]*><\/a>)?(.*)$/m.exec(text)?.[1] ?? path;
  const below = path === 'README.md' ? [] : pages.filter((page) => parent(page.path, pages) === path);
  const children = below.map((page) => `  - ${posix.relative(posix.dirname(path), page.path)}`);
  return ['---', `title: ${JSON.stringify(title)}`, 'children:', ...children, '---', '', text]
    .filter((line) => line !== 'children:' || children.length > 0)
    .join('\n');
}

/** The nearest README above a page; the one of the repository is above none. */
function parent(path: string, pages: readonly Page[]): string | undefined {
  const folder = posix.dirname(path);
  if (folder === '.') return undefined;
  const readme = posix.join(folder, 'README.md');
  return path !== readme && pages.some((page) => page.path === readme) ? readme : parent(folder, pages);
}
