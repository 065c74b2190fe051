/** What explains wrong values: the other profile, another value of the same run, or mistakes. */
import { loadGraph } from '../graph.ts';
import { upstream } from '../operators.ts';
import type { Derivation } from './derivation.ts';
import { asOtherProfile, asOtherValue, byMistakes, type Explanation } from './explanation.ts';
import {
  lastSingles,
  pairs,
  quickSingles,
  singles,
  type Found,
  type Search,
  type Searching,
} from './search.ts';

/**
 * Explains the wrong values.
 *
 * @param theirs - the values of the other profile
 * @param withPairs - whether pairs of mistakes are tried where no single one explains a value
 */
export function* explain(search: Search, theirs: Derivation, withPairs: boolean): Searching<Explanation[]> {
  const plain = [...ofOtherProfile(search, theirs), ...ofOtherValues(search)];
  const whole = plain.some(({ explains }) => explains.length === search.wrong.size);
  return [...plain, ...(yield* searched(search, withPairs, whole))];
}

function ofOtherProfile({ profile, wrong }: Search, theirs: Derivation): Explanation[] {
  const same = [...wrong].filter(([name, observed]) => observed.matches(theirs.value(name)));
  return same.length === 0
    ? []
    : [
        asOtherProfile(
          same.map(([name]) => name),
          profile,
          theirs.profile,
        ),
      ];
}

function ofOtherValues({ profile, derivation, wrong }: Search): Explanation[] {
  const { nodes } = loadGraph(profile);
  return [...wrong].flatMap(([name, observed]) => {
    if (!observed.isLong) return [];
    const found = [...nodes.values()].find(
      (node) => node.name !== name && observed.matches(derivation.value(node.name)),
    );
    return found === undefined ? [] : [asOtherValue(name, found.name, nodes.get(name)?.section ?? '')];
  });
}

/** Most combinations of mistakes that are followed further where several explain the first wrong value equally well. */
const WIDTH = 6;
const DEPTH = 3;

/** Mistakes that explain the first wrong value, and with further ones the others. */
function* searched(search: Search, withPairs: boolean, explained: boolean): Searching<Explanation[]> {
  const [first] = search.wrong.keys();
  if (first === undefined) return [];
  // What is explained already is not searched for long; a named mistake may say it more precisely.
  if (explained) return explanationsOf(quickSingles(search, first));
  let found = yield* singles(search, first);
  if (found.length === 0) found = yield* aside(search, first);
  if (found.length === 0 && withPairs) found = yield* pairs(search, first);
  if (found.length === 0) found = yield* lastSingles(search, first);
  return found.length === 0 ? [] : explanationsOf(yield* extend(search, found));
}

/** Single mistakes in values that do not depend on the first wrong one: two mistakes may show apart from each other. */
function* aside(search: Search, first: string): Searching<Found[]> {
  const graph = loadGraph(search.profile);
  const others = [...search.wrong.keys()].filter(
    (name) => name !== first && !upstream(name, graph).has(first),
  );
  for (const name of others) {
    const found = yield* singles(search, name);
    if (found.length > 0) return found;
  }
  return [];
}

const explanationsOf = (found: readonly Found[]): Explanation[] =>
  found.map(({ mistakes, explains }) => byMistakes(explains, mistakes));

/** Adds mistakes until everything is explained, or no mistake helps. */
function* extend(search: Search, found: readonly Found[], depth = 1): Searching<Found[]> {
  const most = Math.max(...found.map(({ explains }) => explains.length));
  const best = found.filter(({ explains }) => explains.length === most);
  if (most === search.wrong.size || depth === DEPTH) return best;
  const further: Found[] = [];
  for (const { mistakes, explains } of best.slice(0, WIDTH)) {
    const next = [...search.wrong.keys()].find((name) => !explains.includes(name));
    const more = next === undefined ? [] : yield* singles(search, next, mistakes);
    further.push(...more.filter((one) => explains.every((name) => one.explains.includes(name))));
  }
  return further.length === 0 ? best : yield* extend(search, further, depth + 1);
}
