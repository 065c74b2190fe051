/**
 * Finds the links of a site that lead nowhere: to a file that is not there, to an anchor that no page has. Links to
 * other sites are not followed, but nothing may be loaded from them, so that the site can be read without a network.
 */
import { posix } from 'node:path';

/** Scripts, style sheets and the comments between them, in which nothing is a link. */
const NOT_MARKUP = /<(script|style)\b([^>]*)>.*?<\/\1>|<!--.*?-->/gs;
const TAG = /<([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/gi;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

/** Tags that load what they name. */
const LOADS = new Set(['img', 'script', 'link', 'iframe', 'source', 'video', 'audio', 'object', 'embed']);

interface Reference {
  readonly tag: string;
  readonly url: string;
}

interface Parsed {
  readonly anchors: ReadonlySet<string>;
  readonly references: readonly Reference[];
}

/**
 * @param pages - path → HTML
 * @param files - the paths of all files of the site
 * @returns a line for each broken link, in the order of the pages
 */
export function brokenLinks(pages: ReadonlyMap<string, string>, files: ReadonlySet<string>): string[] {
  const parsed = new Map([...pages].map(([path, html]) => [path, parse(html)]));
  return [...parsed].flatMap(([path, { references }]) =>
    references
      .map((reference) => [reference.url, whyBroken(reference, path, parsed, files)] as const)
      .filter(([, why]) => why !== undefined)
      .map(([url, why]) => `${path}: ${url}: ${why ?? ''}`),
  );
}

/** The anchors of a page, such as `SRP-12`. */
export const anchorsOf = (html: string): ReadonlySet<string> => parse(html).anchors;

function parse(html: string): Parsed {
  const anchors = new Set<string>();
  const references: Reference[] = [];
  for (const [, tag = '', attributes = ''] of html.replace(NOT_MARKUP, '<$1$2>').matchAll(TAG))
    for (const [, name = '', value = ''] of attributes.matchAll(ATTRIBUTE)) {
      if (name === 'id' || (name === 'name' && tag === 'a')) anchors.add(unescapeHtml(value));
      if (name === 'href' || name === 'src') references.push({ tag, url: unescapeHtml(value) });
    }
  return { anchors, references };
}

const unescapeHtml = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

function whyBroken(
  { tag, url }: Reference,
  from: string,
  pages: ReadonlyMap<string, Parsed>,
  files: ReadonlySet<string>,
): string | undefined {
  if (/^([a-z][\w+.-]*:|\/\/)/i.test(url))
    return LOADS.has(tag) && !url.startsWith('data:') ? 'is loaded from elsewhere' : undefined;
  const [path, anchor = ''] = url.split('#').map(decodeURIComponent);
  const target = fileAt(path ?? '', from);
  if (!files.has(target)) return 'there is no such file';
  const known = pages.get(target)?.anchors;
  return anchor === '' || known === undefined || known.has(anchor) ? undefined : 'there is no such anchor';
}

/** The file that a relative address leads to. */
function fileAt(address: string, from: string): string {
  if (address === '') return from;
  const path = posix.join(posix.dirname(from), address.replace(/\?.*/, ''));
  return path.endsWith('/') ? `${path}index.html` : path;
}
