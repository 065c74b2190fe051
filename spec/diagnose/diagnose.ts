/**
 * Diagnosis: from inputs and the values that an implementation has reached, the mistakes that explain them, the most
 * likely first.
 */
import { readGiven } from '../encode.ts';
import { checkGiven, EvaluationError, type Given, type Pbkdf2Cache } from '../evaluate.ts';
import { loadGraph, type ProfileName } from '../graph.ts';
import { upstream } from '../operators.ts';
import { createDerivation, type Derivation } from './derivation.ts';
import { asHex, byEffect, type Observed, type Tells } from './observed.ts';
import { asCorrect, asOtherProfile, asOtherValue, byMistakes, type Explanation } from './explanation.ts';
import { rank } from './rank.ts';
import { lastSingles, pairs, quickSingles, singles, type Found, type Search } from './search.ts';

/** What is asked. */
export interface Question {
  /** The profile that the values should be of. */
  readonly profile: ProfileName;
  /** What is known beforehand, as `readGiven` takes it; the more, the better. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The values that were reached, by name: hex, or, where only an effect of it is known, what tells the value. */
  readonly observed: Readonly<Record<string, string | Tells>>;
  /**
   * Names of values that are taken for others, each by the name of the other: whoever does not know a has
   * `srp.S_server` for `srp.S`.
   */
  readonly standIns?: Readonly<Record<string, string>>;
  /** Whether to try pairs of mistakes where no single one explains it; true by default. */
  readonly pairs?: boolean;
  /** Results of PBKDF2, kept between calls by a caller who asks often. */
  readonly cache?: Pbkdf2Cache;
}

/** What was found. */
export interface Diagnosis {
  /** The most likely first; empty when nothing explains what was observed. */
  readonly explanations: readonly Explanation[];
  /** The observed values that are right. */
  readonly correct: readonly string[];
  /** The observed values that are wrong and that no explanation yields. */
  readonly unexplained: readonly string[];
  /** The observed values of which nothing can be said, since the inputs do not suffice. */
  readonly unknown: readonly string[];
  /** How many mistakes and combinations were tried. */
  readonly tried: number;
}

/**
 * Explains values that an implementation has reached.
 *
 * @throws EvaluationError for a name that is none, inputs of a wrong form, or an observed value that is not hex
 *
 * @example
 * const { explanations } = diagnose({
 *   profile: 'documented',
 *   inputs: { email: 'jane@example.com', SLT_Auth_1: '9e4c…' },
 *   observed: { SLT_TMP_1: '7605…' },
 * });
 * explanations[0].sentence; // Your SLT_TMP_1 is the value one gets with the hex text of the salt as HKDF salt (§4.2). …
 */
export function diagnose(question: Question): Diagnosis {
  const { profile, inputs, cache = new Map<string, Uint8Array>(), standIns } = question;
  const graph = loadGraph(profile);
  const given = readGiven(graph, inputs);
  checkGiven(graph, given);
  const observed = readObserved(profile, question.observed);
  const right = createDerivation(profile, given, cache, standIns);
  const names = [...observed.keys()];
  const isRight = (name: string): boolean => observed.get(name)?.matches(right.value(name)) ?? false;
  const unknown = names.filter((name) => right.value(name) === undefined);
  const correct = names.filter((name) => !unknown.includes(name) && isRight(name));
  const wrong = new Map([...observed].filter(([name]) => !unknown.includes(name) && !correct.includes(name)));
  // What is right takes the place of its own computation: no mistake was made on the way to it.
  const known = { ...given, ...valuesOf(right, correct) };
  const derivation = createDerivation(profile, known, cache, standIns);
  const search: Search = { profile, derivation, wrong, tried: 0 };
  const explanations = wrong.size === 0 ? [] : explain(question, search, given, cache);
  if (wrong.size === 0 && correct.length > 0) explanations.push(asCorrect(correct));
  const explained = new Set(explanations.flatMap(({ explains }) => explains));
  const unexplained = [...wrong.keys()].filter((name) => !explained.has(name));
  return { explanations: rank(explanations), correct, unexplained, unknown, tried: search.tried };
}

const valuesOf = (derivation: Derivation, names: readonly string[]): Given =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = derivation.value(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );

/** Observed values in the order of computation. */
function readObserved(
  profile: ProfileName,
  observed: Readonly<Record<string, string | Tells>>,
): ReadonlyMap<string, Observed> {
  const { nodes } = loadGraph(profile);
  for (const [name, value] of Object.entries(observed)) {
    if (!nodes.has(name))
      throw new EvaluationError(
        name,
        `is not a value of the protocol; the values are ${[...nodes.keys()].join(', ')}`,
      );
    if (typeof value === 'string' && !/^[0-9a-f]*$/i.test(value))
      throw new EvaluationError(name, 'must be hex text');
  }
  return new Map(
    [...nodes.keys()].flatMap((name) => {
      const value = observed[name];
      return value === undefined ? [] : [[name, typeof value === 'string' ? asHex(value) : byEffect(value)]];
    }),
  );
}

function explain(question: Question, search: Search, given: Given, cache: Pbkdf2Cache): Explanation[] {
  const plain = direct(question, search, given, cache);
  const whole = plain.some(({ explains }) => explains.length === search.wrong.size);
  return [...plain, ...searched(search, question.pairs ?? true, whole)];
}

/** Explanations without a mistake: the other profile, or another value of the same run. */
function direct(
  { profile, standIns }: Question,
  { derivation, wrong }: Search,
  given: Given,
  cache: Pbkdf2Cache,
): Explanation[] {
  const other = profile === 'documented' ? 'deployed' : 'documented';
  const shared = Object.entries(given).filter(([name]) => loadGraph(other).nodes.has(name));
  const theirs = createDerivation(other, Object.fromEntries(shared), cache, standIns);
  const names = [...wrong.keys()];
  const same = names.filter((name) => wrong.get(name)?.matches(theirs.value(name)));
  const swapped = names.flatMap((name) => {
    const observed = wrong.get(name);
    if (observed?.isLong !== true) return [];
    const found = [...loadGraph(profile).nodes.values()].find(
      (node) => node.name !== name && observed.matches(derivation.value(node.name)),
    );
    return found === undefined
      ? []
      : [asOtherValue(name, found.name, loadGraph(profile).nodes.get(name)?.section ?? '')];
  });
  return [...(same.length > 0 ? [asOtherProfile(same, profile, other)] : []), ...swapped];
}

/** Most combinations of mistakes that are followed further where several explain the first wrong value equally well. */
const WIDTH = 6;
const DEPTH = 3;

/** Mistakes that explain the first wrong value, and with further ones the others. */
function searched(search: Search, withPairs: boolean, explained: boolean): Explanation[] {
  const [first] = search.wrong.keys();
  if (first === undefined) return [];
  // What is explained already is not searched for long; a named mistake may say it more precisely.
  if (explained) return explanationsOf(quickSingles(search, first));
  let found = singles(search, first);
  if (found.length === 0) found = aside(search, first);
  if (found.length === 0 && withPairs) found = pairs(search, first);
  if (found.length === 0) found = lastSingles(search, first);
  return found.length === 0 ? [] : explanationsOf(extend(search, found));
}

/** Single mistakes in values that do not depend on the first wrong one: two mistakes may show apart from each other. */
function aside(search: Search, first: string): Found[] {
  const graph = loadGraph(search.profile);
  const others = [...search.wrong.keys()].filter(
    (name) => name !== first && !upstream(name, graph).has(first),
  );
  for (const name of others) {
    const found = singles(search, name);
    if (found.length > 0) return found;
  }
  return [];
}

const explanationsOf = (found: readonly Found[]): Explanation[] =>
  found.map(({ mistakes, explains }) => byMistakes(explains, mistakes));

/** Adds mistakes until everything is explained, or no mistake helps. */
function extend(search: Search, found: readonly Found[], depth = 1): Found[] {
  const most = Math.max(...found.map(({ explains }) => explains.length));
  const best = found.filter(({ explains }) => explains.length === most);
  if (most === search.wrong.size || depth === DEPTH) return best;
  const further = best.slice(0, WIDTH).flatMap(({ mistakes, explains }) => {
    const next = [...search.wrong.keys()].find((name) => !explains.includes(name));
    const more = next === undefined ? [] : singles(search, next, mistakes);
    return more.filter((one) => explains.every((name) => one.explains.includes(name)));
  });
  return further.length === 0 ? best : extend(search, further, depth + 1);
}
