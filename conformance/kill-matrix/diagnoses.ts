/** The diagnosis score as it is recorded, `diagnoses.json`: what clients and servers that make a known mistake are told. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { specFolder } from '../../spec/schemas.ts';
import { editsOf, PROFILES, ROLES } from './edits.ts';
import { formatShare, isEnough, shareOf } from './share.ts';
import type { Telling, TellingRow } from './telling.ts';

/** One row for each role, profile and mistake, in the order of `presentIds`. */
export type Diagnoses = readonly TellingRow[];

/** Those that are told the same. */
type Entry = Omit<TellingRow, 'id'> & { readonly ids: readonly string[] };

export const diagnosesFile = join(specFolder, '..', 'conformance', 'kill-matrix', 'diagnoses.json');

export const readDiagnoses = (): Diagnoses => rowsIn(readFileSync(diagnosesFile, 'utf8'));

/** The rows of a file. */
export const rowsIn = (text: string): Diagnoses =>
  (JSON.parse(text) as readonly Entry[]).flatMap(({ ids, ...told }) => ids.map((id) => ({ id, ...told })));

/** What is not named comes first. */
const ORDER: readonly Telling[] = [
  ...(['unnoticed', 'failed', 'misnamed', 'among others'] as const),
  ...(['cannot be built', 'no fault', 'named'] as const),
];

/** The file: a line for all that are told the same. */
export function diagnosesText(record: Diagnoses): string {
  const ordered = ORDER.flatMap((wanted) => record.filter(({ telling }) => telling === wanted));
  const entries = new Map<string, { told: Omit<TellingRow, 'id'>; ids: string[] }>();
  for (const { id, ...told } of ordered) {
    const key = JSON.stringify(told);
    const entry = entries.get(key) ?? { told, ids: [] };
    entry.ids.push(id);
    entries.set(key, entry);
  }
  const lines = [...entries.values()].map(({ told, ids }) => `  ${JSON.stringify({ ...told, ids })}`);
  return `[\n${lines.join(',\n')}\n]\n`;
}

/** The ids of today: every known mistake as a client and as a server, in each profile in which it shows. */
export const presentIds = (): string[] => groupsOf().flatMap(({ ids }) => ids);

/** The mistake, without role and profile. */
export const mistakeOf = (id: string): string => id.replace(/^[^.]+\.[^.]+\./, '');

/** They are held to the least share by role and profile. */
const groupsOf = (): readonly { readonly what: string; readonly ids: readonly string[] }[] =>
  ROLES.flatMap((role) =>
    PROFILES.map((profile) => ({
      what: `${role}s, ${profile}`,
      ids: editsOf(role, profile, 'named').map(({ id }) => id),
    })),
  );

/** The record with rows that are newer, and without those that there are no more. */
export function withRows(before: Diagnoses, rows: Diagnoses, present: readonly string[]): Diagnoses {
  const known = new Map([...before, ...rows].map((row) => [row.id, row]));
  return present.flatMap((id) => known.get(id) ?? []);
}

/** Ids that came or went since. It takes no run to see that. */
export function missing(record: Diagnoses, present: readonly string[]): string[] {
  const known = new Set(record.map(({ id }) => id));
  return [
    ...present.filter((id) => !known.has(id)).map((id) => `${id} is not recorded`),
    ...[...known]
      .filter((id) => !present.includes(id))
      .map((id) => `${id} is recorded, and there is no such mistake`),
  ];
}

/** What may be told at all of one that is named: in the values at hand another may come to the same. */
const MAY_BE: readonly Telling[] = ['named', 'among others'];

/**
 * Whether a mistake is told otherwise than it is recorded: what came of it, or the line that is read first.
 *
 * @param isChance - whether it shows by chance, so that what is told may be one or the other
 */
export function isOtherwise(recorded: TellingRow, seen: TellingRow, isChance: () => boolean): boolean {
  if (recorded.telling === seen.telling && recorded.says === seen.says) return false;
  return !isChance() || (recorded.telling === 'named' && !MAY_BE.includes(seen.telling));
}

/** The roles and profiles of which too few are recorded as named. */
export function lacking(record: Diagnoses): string[] {
  const tellings = new Map(record.map(({ id, telling }) => [id, telling]));
  return groupsOf().flatMap(({ what, ids }) => {
    const share = shareOf(ids.flatMap((id) => tellings.get(id) ?? []));
    return isEnough(share) ? [] : [`${what}: only ${formatShare(share)} are recorded as named`];
  });
}

/**
 * How many known mistakes are named in what each client and each server that makes them is told, in both profiles, of all
 * those that somebody can see.
 */
export function namedOf(record: Diagnoses): readonly [count: number, all: number] {
  const seen = record.filter(({ telling }) => telling !== 'no fault' && telling !== 'cannot be built');
  const all = new Set(seen.map(({ id }) => mistakeOf(id)));
  const unnamed = new Set(seen.filter(({ telling }) => telling !== 'named').map(({ id }) => mistakeOf(id)));
  return [all.size - unnamed.size, all.size];
}
