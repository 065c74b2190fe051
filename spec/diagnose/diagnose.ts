/**
 * Diagnosis: from inputs and the values that an implementation has reached, the mistakes that explain them, the most
 * likely first.
 */
import { setImmediate } from 'node:timers/promises';
import { readGiven } from '../encode.ts';
import { checkGiven, EvaluationError, runInBackground, type Given, type Pbkdf2Cache } from '../evaluate.ts';
import { loadGraph, type ProfileName } from '../graph.ts';
import { createDerivation, PBKDF2_WORK, type Derivation } from './derivation.ts';
import { explain } from './explain.ts';
import { asCorrect, type Explanation } from './explanation.ts';
import { asObserved, type Observed, type Tells } from './observed.ts';
import { rank } from './rank.ts';
import { combined, type Search, type Searching } from './search.ts';

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
  /**
   * Whether every pair is tried, however long it takes; false by default. Without it, pairs of which both mistakes lie
   * above PBKDF2 are tried for about a second, the most frequent ones first; all of them take minutes.
   */
  readonly thorough?: boolean;
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
  /** How many combinations were not tried, since they take too long; see `thorough`. */
  readonly untried: number;
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
  const cache = question.cache ?? new Map<string, Uint8Array>();
  const steps = diagnosing(question, cache);
  for (;;) {
    const step = steps.next(); // what it foresees, it computes itself as it comes to it
    if (step.done === true) return step.value;
  }
}

/**
 * The same without making the caller's thread wait: PBKDF2 runs in the background, on all cores.
 *
 * @param onProgress - called now and then with how many combinations were tried so far
 * @throws EvaluationError as `diagnose` does
 */
export async function diagnoseInBackground(
  question: Question,
  onProgress: (tried: number) => void = () => undefined,
): Promise<Diagnosis> {
  const cache = question.cache ?? new Map<string, Uint8Array>();
  const steps = diagnosing(question, cache);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onProgress(step.value.tried);
    await Promise.all([setImmediate(), ...step.value.needs.map((run) => runInBackground(run, cache))]);
  }
}

/** Work to see whether what was found leaves the right values as they are. */
const FITTING = 8 * PBKDF2_WORK;

/** Diagnosis in steps, which say what PBKDF2 is about to be needed for. */
function* diagnosing(question: Question, cache: Pbkdf2Cache): Searching<Diagnosis> {
  const { profile, inputs, standIns, thorough = false } = question;
  const graph = loadGraph(profile);
  const given = readGiven(graph, inputs);
  checkGiven(graph, given);
  const observed = readObserved(profile, question.observed);
  const paid = new Set<string>();
  const right = createDerivation(profile, given, cache, standIns, paid);
  const names = [...observed.keys()];
  yield { tried: 0, needs: names.flatMap((name) => right.foresee(name, [[]])) };
  const isRight = (name: string): boolean => observed.get(name)?.matches(right.value(name)) ?? false;
  const unknown = names.filter((name) => right.value(name) === undefined);
  const correct = names.filter((name) => !unknown.includes(name) && isRight(name));
  const wrong = new Map([...observed].filter(([name]) => !unknown.includes(name) && !correct.includes(name)));
  // What is right takes the place of its own computation: no mistake was made on the way to it.
  const known = { ...given, ...valuesOf(right, correct) };
  const derivation = createDerivation(profile, known, cache, standIns, paid);
  const search: Search = { profile, derivation, wrong, thorough, tried: 0, untried: 0 };
  const other = otherProfile(profile);
  const theirs = createDerivation(other, givenIn(other, given), cache, standIns);
  const found = wrong.size === 0 ? [] : yield* explain(search, theirs, question.pairs ?? true);
  right.allow(FITTING);
  const fitting = found.filter(({ mistakes }) => {
    const made = combined(profile, mistakes) ?? mistakes;
    return correct.every((name) => {
      const isIt = observed.get(name)?.matches(right.value(name, made)) ?? false;
      return isIt || right.ranOut();
    });
  });
  // What would spoil a value that is right was not made, if anything else explains the others.
  const explanations = fitting.length > 0 ? fitting : found;
  if (wrong.size === 0 && correct.length > 0) explanations.push(asCorrect(correct));
  const explained = new Set(explanations.flatMap(({ explains }) => explains));
  const unexplained = [...wrong.keys()].filter((name) => !explained.has(name));
  const { tried, untried } = search;
  return { explanations: rank(explanations), correct, unexplained, unknown, tried, untried };
}

const valuesOf = (derivation: Derivation, names: readonly string[]): Given =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = derivation.value(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );

const otherProfile = (profile: ProfileName): ProfileName =>
  profile === 'documented' ? 'deployed' : 'documented';

/** What is given, as far as a profile has it. */
const givenIn = (profile: ProfileName, given: Given): Given =>
  Object.fromEntries(Object.entries(given).filter(([name]) => loadGraph(profile).nodes.has(name)));

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
      return value === undefined ? [] : [[name, asObserved(value)]];
    }),
  );
}
