/** What decides what comes of a run, in one number: where it has changed, what came of runs before is worth nothing. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { specFolder } from '../../spec/schemas.ts';

const root = join(specFolder, '..');

/** A folder of the package, and which of its files. */
export type Source = readonly [folder: string, isMeant: RegExp];

/** What every run depends on: what is built, and the data that it reads. */
export const SOURCES: readonly Source[] = [
  ['dist', /\.js(on)?$/],
  ['spec', /\.(json|yaml)$/],
  ['vectors', /\.json$/],
];

/**
 * SHA-256 of all files that are meant, of the versions of what is installed, and of Node's; in hex.
 *
 * @param folder - that the sources are in; the package by default
 * @param isBeside - which files of these folders are not meant after all
 */
export function digestOf(
  sources: readonly Source[] = SOURCES,
  folder: string = root,
  isBeside = /^$/,
): string {
  const hash = createHash('sha256').update(`${process.version}\n`);
  hash.update(readFileSync(join(folder, 'package-lock.json')));
  for (const [name, isMeant] of sources)
    for (const file of readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).sort())
      if (isMeant.test(file) && !isBeside.test(file))
        hash.update(`${name}/${file}\n`).update(readFileSync(join(folder, name, file)));
  return hash.digest('hex');
}
