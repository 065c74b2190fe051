/**
 * The search for mistakes that yield what was observed: single ones before pairs, and what is fast to compute before
 * what needs PBKDF2 to run.
 */
import { valueToHex } from '../encode.ts';
import type { Value } from '../evaluate.ts';
import type { ProfileName } from '../graph.ts';
import { bothMistakes, mechanicalMistakes, namedMistakes, type Mistake } from '../mutate.ts';
import type { Derivation } from './derivation.ts';

/** Mistakes made together, and the wrong values that they yield. */
export interface Found {
  readonly mistakes: readonly Mistake[];
  readonly explains: readonly string[];
}

export interface Search {
  readonly profile: ProfileName;
  readonly derivation: Derivation;
  /** The wrong values as hex, in the order of computation. */
  readonly wrong: ReadonlyMap<string, string>;
  /** How many combinations were tried so far. */
  tried: number;
}

/** So often PBKDF2 may run again for pairs: about four seconds. */
const PAIR_BUDGET = 100;

/** What single mistakes, besides those made already, make of a wrong value without PBKDF2; else named ones with it. */
export function singles(search: Search, name: string, made: readonly Mistake[] = []): Found[] {
  const fast = [namedMistakes, mechanicalMistakes].flatMap((all) => candidates(search, name, all, false));
  const found = fast.flatMap((mistake) => attempt(search, name, [...made, mistake]));
  return slowly(search, name, candidates(search, name, namedMistakes, true), made, found);
}

/** What mechanical mistakes that need PBKDF2 make of it: the last resort. */
export const lastSingles = (search: Search, name: string): Found[] =>
  slowly(search, name, candidates(search, name, mechanicalMistakes, true), [], []);

/** What pairs of named mistakes make of a wrong value. */
export function pairs(search: Search, name: string): Found[] {
  const [fast, slow] = [false, true].map((isSlow) =>
    telling(search, name, candidates(search, name, namedMistakes, isSlow)),
  );
  if (fast === undefined || slow === undefined) return [];
  const { derivation } = search;
  derivation.allowPbkdf2(0);
  const cheap = [...couples(fast), ...fast.flatMap((one) => slow.map((other) => [one, other] as const))];
  const found = cheap.flatMap((pair) => attempt(search, name, pair));
  if (found.length > 0) return unlimited(search, found);
  derivation.allowPbkdf2(PAIR_BUDGET);
  return unlimited(
    search,
    couples(slow).flatMap((pair) => attempt(search, name, pair)),
  );
}

function unlimited(search: Search, found: Found[]): Found[] {
  search.derivation.allowPbkdf2(Infinity);
  return found;
}

/** Every two of a list, the most common first. */
function couples(mistakes: readonly Mistake[]): (readonly [Mistake, Mistake])[] {
  const found: (readonly [Mistake, Mistake])[] = [];
  for (let sum = 1; sum < 2 * mistakes.length; sum++)
    for (let i = Math.max(0, sum - mistakes.length + 1); 2 * i < sum; i++) {
      const [one, other] = [mistakes[i], mistakes[sum - i]];
      if (one !== undefined && other !== undefined) found.push([one, other]);
    }
  return found;
}

/** The mistakes that have a part in a value, the most common first where each costs a run of PBKDF2. */
function candidates(
  search: Search,
  name: string,
  all: (profile: ProfileName) => readonly Mistake[],
  slow: boolean,
): Mistake[] {
  const { derivation, profile } = search;
  const found = all(profile).filter(
    (item) => derivation.touches(item, name) && derivation.isSlow(item, name) === slow,
  );
  return slow ? found.sort((one, other) => other.seen.length - one.seen.length) : found;
}

/** Those that make a difference, one for each difference. */
function telling({ derivation }: Search, name: string, mistakes: readonly Mistake[]): Mistake[] {
  const text = (value: Value | undefined): string => (value === undefined ? '' : valueToHex(value));
  const seen = new Set(['', text(derivation.value(name))]);
  return mistakes.filter((mistake) => {
    const value = text(derivation.value(name, [mistake]));
    return seen.has(value) ? false : seen.add(value);
  });
}

/** Adds mistakes that need PBKDF2. As soon as something explains the value, PBKDF2 does not run for others. */
function slowly(
  search: Search,
  name: string,
  mistakes: readonly Mistake[],
  made: readonly Mistake[],
  fast: readonly Found[],
): Found[] {
  const found = [...fast];
  for (const mistake of mistakes) {
    if (found.length > 0) search.derivation.allowPbkdf2(0);
    found.push(...attempt(search, name, [...made, mistake]));
  }
  return unlimited(search, found);
}

/** Mistakes with the values that they yield; nothing where they do not yield the value that is looked at. */
function attempt(search: Search, name: string, mistakes: readonly Mistake[]): Found[] {
  const { profile, derivation, wrong } = search;
  const together = combined(profile, mistakes);
  if (together === undefined) return [];
  search.tried += 1;
  const yields = (which: string): boolean => {
    const value = derivation.value(which, together);
    return value !== undefined && valueToHex(value) === wrong.get(which);
  };
  return yields(name) ? [{ mistakes, explains: [...wrong.keys()].filter(yields) }] : [];
}

/** Mistakes in one and the same value put together; undefined where that cannot be. */
function combined(profile: ProfileName, mistakes: readonly Mistake[]): readonly Mistake[] | undefined {
  let together: Mistake[] = [];
  for (const mistake of mistakes) {
    const other = together.find((item) => [...item.nodes.keys()].some((name) => mistake.nodes.has(name)));
    const merged = other === undefined ? mistake : bothMistakes(profile, other, mistake);
    if (merged === undefined) return undefined;
    together = [...together.filter((item) => item !== other), merged];
  }
  return together;
}
