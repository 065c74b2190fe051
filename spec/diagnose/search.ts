/**
 * The search for mistakes that yield what was observed: single ones before pairs, and what is fast to compute before
 * what needs PBKDF2 to run. It goes on stretch by stretch, and says before each which runs of PBKDF2 it is about to need.
 */
import { valueToHex } from '../encode.ts';
import type { Pbkdf2Run, Value } from '../evaluate.ts';
import type { Expression, ProfileName } from '../graph.ts';
import { bothMistakes, mechanicalMistakes, namedMistakes, type Mistake } from '../mutate.ts';
import { operands } from '../operators.ts';
import { PBKDF2_WORK, type Derivation } from './derivation.ts';
import type { Observed } from './observed.ts';

/** Mistakes made together, and the wrong values that they yield. */
export interface Found {
  readonly mistakes: readonly Mistake[];
  readonly explains: readonly string[];
}

export interface Search {
  readonly profile: ProfileName;
  readonly derivation: Derivation;
  /** The wrong values, in the order of computation. */
  readonly wrong: ReadonlyMap<string, Observed>;
  /** Whether pairs are tried however long it takes. */
  readonly thorough: boolean;
  /** How many combinations were tried so far. */
  tried: number;
  /** How many were not, since they need more work than is allowed. */
  untried: number;
}

/** What comes before the next stretch of a search. */
export interface Pause {
  /** How many combinations were tried so far. */
  readonly tried: number;
  /** The runs of PBKDF2 that the next stretch needs. */
  readonly needs: readonly Pbkdf2Run[];
}

/** A search that pauses between its stretches. */
export type Searching<T> = Generator<Pause, T, void>;

/** So many combinations are tried between two looks at what runs of PBKDF2 they need. */
const STRETCH = 8;

/** Work for pairs: of those without another run of PBKDF2, and of those that need one. */
const [CHEAP_PAIRS, COSTLY_PAIRS] = [4800, 36 * PBKDF2_WORK];
/** Work for a second look at what is explained already. */
const SECOND_LOOK = 2000;
/** Work for each that may come to the same as what was found: some powers, and no run of PBKDF2. */
const ANOTHER_LOOK = 4;

/**
 * What single mistakes, besides those made already, make of a wrong value: named ones, then mechanical ones, then named
 * ones for which PBKDF2 has to run.
 */
export function* singles(search: Search, name: string, made: readonly Mistake[] = []): Searching<Found[]> {
  const fast = function* (all: AllMistakes): Searching<Found[]> {
    const found: Found[] = [];
    for (const mistake of candidates(search, name, all, false)) {
      if (search.tried % STRETCH === 0) yield { tried: search.tried, needs: [] };
      found.push(...attempt(search, name, [...made, mistake]));
    }
    return found;
  };
  const named = yield* fast(namedMistakes);
  const found = named.length > 0 ? named : yield* fast(mechanicalMistakes);
  const slow = candidates(search, name, namedMistakes, true).map((mistake) => [...made, mistake]);
  return yield* firstOf(search, name, slow, found);
}

/** What named mistakes alone make of it, without a further run of PBKDF2. */
export function quickSingles(search: Search, name: string): Found[] {
  search.derivation.allow(SECOND_LOOK);
  const { untried } = search;
  const attempts = (slow: boolean): Found[] =>
    candidates(search, name, namedMistakes, slow).flatMap((mistake) => attempt(search, name, [mistake]));
  const quick = attempts(false);
  search.derivation.allow(0); // of the others those whose runs were made already
  const found = [...quick, ...attempts(true)];
  search.untried = untried;
  return unlimited(search, found);
}

/** What mechanical mistakes for which PBKDF2 has to run make of it: the last resort. */
export function* lastSingles(search: Search, name: string): Searching<Found[]> {
  const slow = candidates(search, name, mechanicalMistakes, true);
  return yield* firstOf(
    search,
    name,
    slow.map((mistake) => [mistake]),
  );
}

/** What pairs of named mistakes make of a wrong value. */
export function* pairs(search: Search, name: string): Searching<Found[]> {
  const { derivation, thorough } = search;
  const some = (slow: boolean): Mistake[] =>
    telling(search, name, candidates(search, name, namedMistakes, slow));
  const [fast, slow] = [some(false), some(true)];
  derivation.allow(thorough ? Infinity : CHEAP_PAIRS);
  const found = yield* firstOf(search, name, [...couples(fast, fast), ...couples(fast, slow)]);
  if (found.length > 0) return found;
  derivation.allow(thorough ? Infinity : COSTLY_PAIRS);
  const byPrice = couples(slow, slow).sort((one, other) => priceOfBoth(one) - priceOfBoth(other));
  return yield* firstOf(search, name, byPrice);
}

/** Those of many combinations that yield it. As soon as one does, no others are computed but those that cost little. */
function* firstOf(
  search: Search,
  name: string,
  all: readonly (readonly Mistake[])[],
  found: readonly Found[] = [],
): Searching<Found[]> {
  const { derivation, profile } = search;
  const those = [...found];
  for (let from = 0; from < all.length; from += STRETCH) {
    const stretch = all.slice(from, from + STRETCH);
    const together = stretch.map((mistakes) => combined(profile, mistakes) ?? []);
    if (those.length === 0) yield { tried: search.tried, needs: derivation.foresee(name, together) };
    for (const mistakes of stretch) {
      if (those.length > 0) derivation.allow(ANOTHER_LOOK);
      those.push(...attempt(search, name, mistakes));
    }
  }
  return unlimited(search, those);
}

function unlimited(search: Search, found: Found[]): Found[] {
  search.derivation.allow(Infinity);
  return found;
}

/** Each of one list with each of another, the first of both first; of one list, every two. */
function couples(some: readonly Mistake[], others: readonly Mistake[]): (readonly [Mistake, Mistake])[] {
  const found: (readonly [Mistake, Mistake])[] = [];
  for (let sum = 0; sum < some.length + others.length; sum++)
    for (let i = 0; i <= sum; i++) {
      const [one, other] = [some[i], others[sum - i]];
      if (one !== undefined && other !== undefined && (some !== others || 2 * i < sum))
        found.push([one, other]);
    }
  return found;
}

type AllMistakes = (profile: ProfileName) => readonly Mistake[];

/** The mistakes that have a part in a value, with or without PBKDF2: what costs little first, then what was seen most. */
function candidates(
  { derivation, profile }: Search,
  name: string,
  all: AllMistakes,
  slow: boolean,
): Mistake[] {
  const touching = all(profile).filter((mistake) => derivation.touches(mistake, name));
  const found = touching.filter((mistake) => derivation.isSlow(mistake, name) === slow);
  return found.sort((one, other) => priceOf(one) - priceOf(other) || other.seen.length - one.seen.length);
}

/** What a mistake costs, by the iterations of PBKDF2 in what it computes itself; a wide group costs a little more. */
function priceOf(mistake: Mistake): number {
  const known = prices.get(mistake);
  if (known !== undefined) return known;
  const own = [...mistake.nodes.values()];
  const price = Math.max(0, ...own.map(iterations)) || (own.some(isWide) ? USUAL + 1 : USUAL);
  prices.set(mistake, price);
  return price;
}
/** Few iterations in one of both make a run of both cheap. */
const priceOfBoth = (both: readonly Mistake[]): number => Math.min(...both.map(priceOf));
const prices = new WeakMap<Mistake, number>();
const USUAL = 100_000;

/** Whether a constant of more than 3072 bits is in it: powers modulo such a number are slow. */
const isWide = (expression: Expression): boolean => /"[0-9a-f]{770,}"/.test(JSON.stringify(expression));

function iterations(expression: Expression): number {
  if (typeof expression === 'string') return 0;
  const own = expression.op === 'pbkdf2' ? (expression['iterations'] as number) : 0;
  return Math.max(own, ...operands(expression).map(iterations));
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

/** Mistakes with the values that they yield; nothing where they do not yield the value that is looked at. */
function attempt(search: Search, name: string, mistakes: readonly Mistake[]): Found[] {
  const { profile, derivation, wrong } = search;
  const together = combined(profile, mistakes);
  if (together === undefined) return [];
  const yields = (which: string): boolean =>
    wrong.get(which)?.matches(derivation.value(which, together)) ?? false;
  const isFound = yields(name);
  if (derivation.ranOut()) search.untried += 1;
  else search.tried += 1;
  return isFound ? [{ mistakes, explains: [...wrong.keys()].filter(yields) }] : [];
}

/** Mistakes in one and the same value put together; undefined where that cannot be. */
export function combined(profile: ProfileName, mistakes: readonly Mistake[]): readonly Mistake[] | undefined {
  let together: Mistake[] = [];
  for (const mistake of mistakes) {
    const other = together.find((item) => [...item.nodes.keys()].some((name) => mistake.nodes.has(name)));
    const merged = other === undefined ? mistake : bothMistakes(profile, other, mistake);
    if (merged === undefined) return undefined;
    together = [...together.filter((item) => item !== other), merged];
  }
  return together;
}
