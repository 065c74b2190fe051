/**
 * The plan of the documentation site. It mirrors the repository: `spec/05-srp.md` becomes `spec/05-srp.html`, and
 * `spec/protocol.json` stands beside it, so that whatever is cited has one path in both.
 */
import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { specFolder } from '../../spec/schemas.ts';

/** The folder of the repository. */
export const root = join(specFolder, '..');

/** The folder of the Markdown that typedoc reads. */
export const pagesFolder = join(root, '.docs');

/** The folder of the built site. */
export const siteFolder = join(root, 'docs');

/** Folders whose Markdown becomes pages and whose data is served. */
const folders = ['spec', 'vectors', 'reference', 'conformance'];

const files = folders
  .flatMap((folder) => filesBelow(join(root, folder)).map((file) => posix.join(folder, file)))
  .concat(readdirSync(root))
  .sort();

/** The Markdown of the repository that becomes pages. */
export const guides: readonly string[] = files.filter((file) => file.endsWith('.md'));

/** What machines read, and the licences: served as it is. */
export const dataFiles: readonly string[] = files.filter((file) =>
  /^(spec|vectors)\/.*\.(json|yaml)$|(^|\/)LICENSE$/.test(file),
);

/** Every file below a folder, with slashes. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(folder, posix.join(entry.parentPath, entry.name)));
}

/**
 * The path in the site of a path of the repository: a page for Markdown, the file itself for data.
 *
 * @param path - such as `spec/05-srp.md`, or a folder that has a README
 * @returns undefined for what the site does not have, such as source files
 */
export function sitePath(path: string): string | undefined {
  const readme = posix.join(path, 'README.md');
  if (guides.includes(readme)) return sitePath(readme);
  if (path.endsWith('.md')) return path.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html');
  if (path.endsWith('LICENSE')) return `${path}.txt`;
  return dataFiles.includes(path) ? path : undefined;
}

/** Links from one page: the path of a page or file in the repository, an anchor or `''`, the words of the link. */
export type Linker = (path: string, anchor: string, words: string) => string;

/** @param from - the path of the page that the links stand on */
export const linksFrom =
  (from: string): Linker =>
  (path, anchor, words) =>
    `[${words}](${path === from ? '' : posix.relative(posix.dirname(from), sitePath(path) ?? path)}${anchor && `#${anchor}`})`;
