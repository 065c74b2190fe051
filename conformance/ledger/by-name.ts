/**
 * The checks without which no fault lives on: that they are gone would be noticed by their names only (`looked-at.json`).
 * The record can only become shorter: a new check must be the only one that finds some fault.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { specFolder } from '../../spec/schemas.ts';
import { noticeOf, type Removal } from '../kill-matrix/removal.ts';

/** Check → why it is kept though another sees all that it sees; null where nobody has said so yet. */
export type ByName = Readonly<Record<string, string | null>>;

export const byNameFile = join(specFolder, '..', 'conformance', 'ledger', 'by-name.json');

export const readByName = (): ByName => JSON.parse(readFileSync(byNameFile, 'utf8')) as ByName;

const isByName = (removal: Removal): boolean => !['fault', 'requirement'].includes(noticeOf(removal) ?? '');

/** The record without checks that are needed by now or gone; nothing is ever added. */
export function remaining(before: ByName, removals: readonly Removal[]): ByName {
  const kept = removals.filter((removal) => removal.id in before && isByName(removal));
  return Object.fromEntries(kept.map(({ id }) => [id, before[id] ?? null]));
}

/** The checks that the record does not excuse, in words, with what to do. */
export const unneeded = (record: ByName, removals: readonly Removal[]): string[] =>
  removals
    .filter((removal) => isByName(removal) && !(removal.id in record))
    .map(
      ({ id }) =>
        `no fault lives on without ${id}: write the fault that only this check finds in conformance/faults, and record it with npm run kill-matrix -- --only ID-OF-THE-FAULT --fresh --write; where there is none, because another check sees all that it sees, take it away`,
    );

/** The file: one line for each check. */
export const byNameText = (record: ByName): string =>
  `{\n${Object.entries(record)
    .map(([id, why]) => `  ${JSON.stringify(id)}: ${JSON.stringify(why)}`)
    .join(',\n')}\n}\n`;
