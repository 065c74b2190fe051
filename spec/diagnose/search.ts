/**
 * The search for mistakes that yield what was observed: single ones before pairs, and what is fast to compute before
 * what needs PBKDF2 to run.
 */
import { valueToHex } from '../encode.ts';
import type { Value } from '../evaluate.ts';
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
  /** How many combinations were tried so far. */
  tried: number;
}

/** Work for pairs: of those without another run of PBKDF2, and of those that need one. */
const [CHEAP_PAIRS, COSTLY_PAIRS] = [4800, 24 * PBKDF2_WORK];
/** Work for a second look at what is explained already. */
const SECOND_LOOK = 2000;

/**
 * What single mistakes, besides those made already, make of a wrong value: named ones, then mechanical ones, then named
 * ones for which PBKDF2 has to run.
 */
export function singles(search: Search, name: string, made: readonly Mistake[] = []): Found[] {
  const tried = (all: AllMistakes): Found[] =>
    candidates(search, name, all, false).flatMap((mistake) => attempt(search, name, [...made, mistake]));
  const named = tried(namedMistakes);
  const fast = named.length > 0 ? named : tried(mechanicalMistakes);
  return slowly(search, name, candidates(search, name, namedMistakes, true), made, fast);
}

/** What named mistakes alone make of it, without a run of PBKDF2. */
export function quickSingles(search: Search, name: string): Found[] {
  search.derivation.allow(SECOND_LOOK);
  const all = candidates(search, name, namedMistakes, false);
  return unlimited(
    search,
    all.flatMap((mistake) => attempt(search, name, [mistake])),
  );
}

/** What mechanical mistakes for which PBKDF2 has to run make of it: the last resort. */
export const lastSingles = (search: Search, name: string): Found[] =>
  slowly(search, name, candidates(search, name, mechanicalMistakes, true), [], []);

/** What pairs of named mistakes make of a wrong value. */
export function pairs(search: Search, name: string): Found[] {
  const { derivation } = search;
  const some = (slow: boolean): Mistake[] =>
    telling(search, name, candidates(search, name, namedMistakes, slow));
  const [fast, slow] = [some(false), some(true)];
  derivation.allow(CHEAP_PAIRS);
  const found = explaining(search, name, [...couples(fast, fast), ...couples(fast, slow)]);
  if (found.length > 0) return unlimited(search, found);
  derivation.allow(COSTLY_PAIRS);
  return unlimited(search, explaining(search, name, couples(slow, slow)));
}

/** The pairs that yield it. As soon as one does, no others are computed but those that cost next to nothing. */
function explaining(search: Search, name: string, all: readonly (readonly Mistake[])[]): Found[] {
  const found: Found[] = [];
  for (const pair of all) {
    if (found.length > 0) search.derivation.allow(0);
    found.push(...attempt(search, name, pair));
  }
  return found;
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
    if (found.length > 0) search.derivation.allow(0);
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
  const yields = (which: string): boolean =>
    wrong.get(which)?.matches(derivation.value(which, together)) ?? false;
  return yields(name) ? [{ mistakes, explains: [...wrong.keys()].filter(yields) }] : [];
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
