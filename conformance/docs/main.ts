/** Writes the generated pages of the documentation into a folder, before the site is built. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { specFolder } from '../../spec/schemas.ts';
import { listedRequirements } from '../catalogue.ts';
import { requirementsPage } from './requirements-page.ts';

const folder = join(specFolder, '..', '.docs');

/** Section number → link to its heading, from the folder of generated pages. */
const sections = new Map<string, string>();
for (const file of readdirSync(specFolder).filter((name) => /^\d\d-.*\.md$/.test(name)))
  for (const [, number = '', title = ''] of readFileSync(join(specFolder, file), 'utf8').matchAll(
    /^#+ ([\d.]+) (.*)$/gm,
  )) {
    const slug = `${number} ${title}`
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/\s/g, '-');
    sections.set(number, `${relative(folder, join(specFolder, file))}#${slug}`);
  }

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'requirements.md'), requirementsPage(listedRequirements, sections));
