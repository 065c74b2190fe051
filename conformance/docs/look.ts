/**
 * Looks at every page of the built site in Chromium, without a network: nothing is loaded from elsewhere, no script
 * fails, no page is wider than a screen or a telephone, and every diagram is drawn and can be read in light and dark.
 * Pages can be named: `npm run docs:look -- spec/05-srp.html`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { chromiumPath as executablePath } from './chromium.ts';
import { filesBelow, root, siteFolder } from './site.ts';

const script = readFileSync(join(root, 'conformance/docs/look-inside.js'), 'utf8');

const SCREENS = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];

if (executablePath === undefined)
  process.stdout.write('skipped: looking at the pages (no Chromium; CHROMIUM can name one)\n');
else {
  const browser = await chromium.launch({ executablePath });
  const named = process.argv.slice(2);
  const all = filesBelow(siteFolder).filter((file) => file.endsWith('.html'));
  const paths = named.length > 0 ? named : all;
  const faults = await lookAtAll(await browser.newPage({ offline: true }), paths.sort());
  await browser.close();
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.stdout.write(`looked at ${paths.length} pages: ${faults.length} faults\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

async function lookAtAll(page: Page, paths: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  let path = '';
  const report = (fault: string): void => void faults.push(`${path}: ${fault}`);
  page.on('pageerror', ({ message }) => report(`a script fails: ${message}`));
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) report(`${request.url()} is loaded from elsewhere`);
  });
  for (path of paths) {
    await page.goto(pathToFileURL(join(siteFolder, path)).href);
    (await lookAt(page)).forEach(report);
  }
  return faults;
}

async function lookAt(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const diagrams = await page.locator('code.mermaid, .diagram').count();
  if (diagrams > 0)
    await page
      .locator('html[data-diagrams=drawn]')
      .waitFor({ timeout: 20_000 })
      .catch(() => faults.push('the diagrams are not drawn'));
  for (const screen of SCREENS) {
    await page.setViewportSize(screen);
    for (const fault of await inside(page, 'tooWide()')) faults.push(`at ${screen.width} pixels, ${fault}`);
  }
  for (const colorScheme of diagrams > 0 ? (['light', 'dark'] as const) : []) {
    await page.emulateMedia({ colorScheme });
    for (const fault of await inside(page, 'diagramFaults()')) faults.push(`in ${colorScheme}, ${fault}`);
  }
  return faults;
}

/** Calls a function of `look-inside.js` in the browser. */
async function inside(page: Page, call: string): Promise<string[]> {
  return await page.evaluate<string[]>(`${script}\n${call}`);
}
