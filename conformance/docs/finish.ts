/** Completes the site that typedoc has built: adds the files that machines read, and checks every link and anchor. */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { listedMistakes } from '../catalogue.ts';
import { allRequirements } from '../requirements.ts';
import { anchorsOf, brokenLinks } from './broken-links.ts';
import { sections } from './sections.ts';
import { dataFiles, filesBelow, pagesFolder, root, siteFolder, sitePath } from './site.ts';

const add = (source: string, path: string): void => {
  mkdirSync(dirname(join(siteFolder, path)), { recursive: true });
  copyFileSync(source, join(siteFolder, path));
};

for (const file of dataFiles) add(join(root, file), sitePath(file) ?? file);
add(createRequire(import.meta.url).resolve('@mermaid-js/tiny'), 'assets/mermaid.js');

const files = new Set(filesBelow(siteFolder));
const html = [...files].filter((file) => file.endsWith('.html')).sort();
const pages = new Map(html.map((file) => [file, readFileSync(join(siteFolder, file), 'utf8')]));

const faults = [...missingPages(), ...missingAnchors(), ...brokenLinks(pages, files)];
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(`${pages.size} pages, ${files.size} files, ${faults.length} broken links\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

/** Every page that was written is built. */
function missingPages(): string[] {
  const expected = filesBelow(pagesFolder).map((file) => sitePath(file) ?? file);
  return expected.filter((page) => !files.has(page)).map((page) => `${page}: was not built`);
}

/**
 * The id of every requirement leads to its chapter and to the page of requirements, that of every mistake to the page of
 * mistakes; every section has an anchor.
 */
function missingAnchors(): string[] {
  const expected = allRequirements.flatMap(({ id, section }) => {
    const chapter = sitePath(sections.get(section) ?? '') ?? '';
    return [`${chapter}#${id}`, `${chapter}#${section}`, `spec/requirements.html#${id}`];
  });
  const mistakes = listedMistakes.map(({ id }) => `spec/mistakes.html#${id}`);
  const anchors = new Set(
    [...pages].flatMap(([path, text]) => [...anchorsOf(text)].map((name) => `${path}#${name}`)),
  );
  return [...expected, ...mistakes]
    .filter((place) => !anchors.has(place))
    .map((place) => `${place}: there is no such anchor`);
}
