/**
 * The nights as they are recorded, `nights.json`: with which seeds each right client and server was judged in each
 * profile, every verdict as expected and the same. The documentation shows it beside the kill matrix.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { specFolder } from '../../spec/schemas.ts';
import { judgedIn } from './run.ts';
import { isQuietRow, type NightlyRow } from './table.ts';

/** What was judged of one target in one profile, all with the same checks. */
export interface Night {
  readonly target: string;
  readonly profile: string;
  /** How many checks came to a verdict in each run: those that are skipped did not. */
  readonly checks: number;
  /** In rising order. */
  readonly seeds: readonly number[];
  /** The day of the last run, as `2026-11-29`. */
  readonly day: string;
  /** SHA-256 of what decides the verdicts, in hex: seeds are put together only where it is the same. */
  readonly build: string;
}

export const nightsFile: string = join(specFolder, '..', 'conformance', 'nightly', 'nights.json');

export const readNights = (file: string = nightsFile): readonly Night[] =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly Night[]) : [];

/** The file: one line for each target in a profile. */
export const nightsText = (nights: readonly Night[]): string =>
  `[\n${nights.map((night) => `  ${JSON.stringify(night)}`).join(',\n')}\n]\n`;

/**
 * The record with what a night has come to. A row with a verdict that is not expected, or not the same with every seed, is
 * not recorded; one of another build takes the place of the one before.
 *
 * @param names - of the targets that there are, in their order
 */
export function withNight(
  before: readonly Night[],
  rows: readonly NightlyRow[],
  { day, names }: { day: string; names: readonly string[] },
): Night[] {
  const nights = new Map(before.map((night) => [keyOf(night), night]));
  for (const row of rows.filter(isQuietRow)) {
    const known = nights.get(keyOf(row));
    const same = known?.build === row.build ? known.seeds : [];
    const seeds = [...new Set([...same, ...row.runs.map(({ seed }) => seed)])].sort((a, b) => a - b);
    const { target, profile, build } = row;
    const checks = Math.max(...row.runs.map(judgedIn));
    nights.set(keyOf(row), { target, profile, checks, seeds, day, build });
  }
  return [...nights.values()]
    .filter(({ target }) => names.includes(target))
    .sort((a, b) => names.indexOf(a.target) - names.indexOf(b.target));
}

const keyOf = ({ target, profile }: Pick<Night, 'target' | 'profile'>): string =>
  JSON.stringify([target, profile]);

/** Seeds in words: `1 to 30`, `1 to 7, 9`. */
export function seedsInWords(seeds: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const seed of seeds) {
    const run = runs.at(-1);
    if (run?.[1] === seed - 1) run[1] = seed;
    else runs.push([seed, seed]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`)).join(', ');
}
