/** Writes the Markdown of every page of the site into a folder, before typedoc builds it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listedChecks, listedFaults, listedRequirements } from '../catalogue.ts';
import { readDeployed } from '../kill-matrix/deployed.ts';
import { mistakeOf, readDiagnoses } from '../kill-matrix/diagnoses.ts';
import { readMatrix } from '../kill-matrix/record.ts';
import { removalOf } from '../kill-matrix/removal.ts';
import { readByName } from '../ledger/by-name.ts';
import { readLookedAt } from '../ledger/looked-at.ts';
import { readNights } from '../nightly/nights.ts';
import { nightDigest } from '../nightly/digest.ts';
import { TARGETS } from '../nightly/targets.ts';
import { checksPage } from './checks-page.ts';
import { editsPage } from './edits-page.ts';
import { familiesPage, type VectorFile } from './families-page.ts';
import { guidePage } from './guide-page.ts';
import { killMatrixPage } from './kill-matrix-page.ts';
import { knownMistakes } from './known-mistakes.ts';
import { ledgerPage } from './ledger-page.ts';
import { mistakesPage } from './mistakes-page.ts';
import { withFrontMatter } from './page.ts';
import { nightsPage } from './nights-page.ts';
import { requirementsPage } from './requirements-page.ts';
import { schemasPage } from './schemas-page.ts';
import { sections } from './sections.ts';
import { dataFiles, guides, pagesFolder, root } from './site.ts';
import { sourceMapPage } from './source-map-page.ts';

const requirements = new Map(
  listedRequirements.map(({ id, section }) => [id, sections.get(section) ?? ''] as const),
);
const targets = { sections, requirements };
const mistakes = knownMistakes();
const matrix = readMatrix();
const diagnoses = readDiagnoses();
const lookedAt = readLookedAt();
const removals = listedChecks.map((check) => removalOf(check, listedChecks, matrix, lookedAt));
const vectors = dataFiles
  // The keys that vectors use are no family.
  .filter((file) => /^vectors\/(?!keys\.)[\w-]+\.json$/.test(file))
  .map((file) => [file, JSON.parse(readFileSync(join(root, file), 'utf8')) as VectorFile] as const);

const pages = [
  ...guides.map((path) => guidePage(path, targets)),
  requirementsPage(listedRequirements, mistakes, targets),
  mistakesPage(mistakes, targets, new Set(diagnoses.map(({ id }) => mistakeOf(id)))),
  sourceMapPage(targets),
  schemasPage(),
  checksPage(listedChecks),
  killMatrixPage(listedFaults, matrix, readDeployed()),
  editsPage(mistakes, diagnoses, matrix),
  nightsPage(readNights(), TARGETS, nightDigest),
  ledgerPage(listedRequirements, mistakes, matrix, removals, readByName()),
  familiesPage(new Map(vectors)),
];

rmSync(pagesFolder, { recursive: true, force: true });
for (const page of pages) {
  const file = join(pagesFolder, page.path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, withFrontMatter(page, pages));
}
