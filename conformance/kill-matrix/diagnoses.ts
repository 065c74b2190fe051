/** The diagnosis score as it is recorded, `diagnoses.json`: which clients and servers that make a known mistake are told so. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { specFolder } from '../../spec/schemas.ts';
import { editsOf, PROFILES, ROLES } from './edits.ts';
import type { Telling, TellingRow } from './telling.ts';

/** Ids, role and profile and mistake with points between them, by what came of them; those that are not named are listed first. */
export type Diagnoses = Readonly<Record<Telling, readonly string[]>>;

const TELLINGS: readonly Telling[] = ['unnoticed', 'failed', 'cannot be built', 'no fault', 'named'];

export const diagnosesFile = join(specFolder, '..', 'conformance', 'kill-matrix', 'diagnoses.json');

export const readDiagnoses = (): Diagnoses => JSON.parse(readFileSync(diagnosesFile, 'utf8')) as Diagnoses;

/** The file: a line for each id. */
export const diagnosesText = (record: Diagnoses): string => `${JSON.stringify(record, null, 2)}\n`;

/** The ids of today: every known mistake as a client and as a server, in each profile in which it shows. */
export const presentIds = (): string[] =>
  ROLES.flatMap((role) => PROFILES.flatMap((profile) => editsOf(role, profile, 'named').map(({ id }) => id)));

/** The record with rows that are newer, and without those that there are no more. */
export function withRows(
  before: Diagnoses,
  rows: readonly Pick<TellingRow, 'id' | 'telling'>[],
  present: readonly string[],
): Diagnoses {
  const known = tellingsIn(before);
  for (const { id, telling } of rows) known.set(id, telling);
  const of = (telling: Telling): readonly string[] => present.filter((id) => known.get(id) === telling);
  return Object.fromEntries(TELLINGS.map((telling) => [telling, of(telling)])) as Diagnoses;
}

export const tellingsIn = (record: Diagnoses): Map<string, Telling> =>
  new Map(TELLINGS.flatMap((telling) => record[telling].map((id) => [id, telling] as const)));

/** Ids that came or went since. It takes no run to see that. */
export function missing(record: Diagnoses, present: readonly string[]): string[] {
  const known = tellingsIn(record);
  return [
    ...present.filter((id) => !known.has(id)).map((id) => `${id} is not recorded`),
    ...[...known.keys()]
      .filter((id) => !present.includes(id))
      .map((id) => `${id} is recorded, and there is no such mistake`),
  ];
}

/**
 * How many known mistakes are named in a failure of each client and each server that makes them, in both profiles, of all
 * those that somebody can see.
 */
export function namedOf(record: Diagnoses): readonly [count: number, all: number] {
  const mistake = (id: string): string => id.replace(/^[^.]+\.[^.]+\./, '');
  const unnamed = new Set([...record.failed, ...record.unnoticed].map(mistake));
  const named = new Set(record.named.map(mistake));
  const all = new Set([...named, ...unnamed]);
  return [[...named].filter((id) => !unnamed.has(id)).length, all.size];
}
