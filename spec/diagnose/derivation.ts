/**
 * Values of a graph under mistakes, computed only as far as asked for. A value is kept with the mistakes that have a
 * part in it, so that a mistake costs what lies between it and the value that is looked at, and nothing else.
 */
import { apply, pbkdf2Run, type Given, type Pbkdf2Cache, type Pbkdf2Run, type Value } from '../evaluate.ts';
import type { Call, Expression, ProfileName } from '../graph.ts';
import { allOperations } from '../mistaken/operations.ts';
import { rightGraph } from '../mistaken/graph.ts';
import type { Mistake } from '../mutate.ts';
import { operands, references } from '../operators.ts';

/** The values that follow from what is given, right or with mistakes. */
export interface Derivation {
  /** The profile that they follow in. */
  readonly profile: ProfileName;
  /** A value; undefined where it does not follow from what is given, or the mistakes leave nothing to compute. */
  value(name: string, mistakes?: readonly Mistake[]): Value | undefined;
  /** Whether a mistake has a part in a value. */
  touches(mistake: Mistake, name: string): boolean;
  /** Whether PBKDF2 has to run to know a value under a mistake. */
  isSlow(mistake: Mistake, name: string): boolean;
  /** How much work may be done from now on; a value that would need more is undefined for the time being. */
  allow(work: number): void;
  /** Whether the value that was asked for last would need more work than is allowed. */
  ranOut(): boolean;
  /**
   * The runs of PBKDF2, as far as work is allowed, that a value will need under each of several sets of mistakes and
   * whose results are not known yet. Whoever has several cores runs them at once and keeps the results in the cache.
   */
  foresee(name: string, several: readonly (readonly Mistake[])[]): Pbkdf2Run[];
}

/**
 * Computes values under mistakes, each when it is first asked for.
 *
 * @param given - what is known; takes the place of its own computation, so that no mistake has a part in it
 * @param cache - results of PBKDF2
 * @param standIns - names of values that are taken for others, each by the name of the other
 * @param paid - the runs of PBKDF2 that are no work any more, by key; derivations of the same question may share them
 */
export function createDerivation(
  profile: ProfileName,
  given: Given,
  cache: Pbkdf2Cache = new Map(),
  standIns: Readonly<Record<string, string>> = {},
  paid = new Set<string>(),
): Derivation {
  const { nodes } = rightGraph(profile);
  const values = new Map<string, Value | undefined>();
  const work = createBudget();
  const { compute, foresee } = calculator(cache, work, paid);

  const expressionOf = (name: string, mistakes: readonly Mistake[]): Expression | undefined => {
    if (Object.hasOwn(given, name)) return undefined;
    const mistaken = mistakes.find((mistake) => mistake.nodes.has(name))?.nodes.get(name);
    return mistaken ?? standIns[name] ?? nodes.get(name)?.value;
  };

  /** The mistakes that have a part in a value. @throws CIRCLE where together they make it depend on itself */
  const involved = (
    name: string,
    mistakes: readonly Mistake[],
    known: Map<string, readonly Mistake[]>,
  ): readonly Mistake[] => {
    const found = known.get(name);
    if (found === UNDER_WAY) throw CIRCLE;
    if (found !== undefined) return found;
    known.set(name, UNDER_WAY);
    const expression = expressionOf(name, mistakes);
    const own = mistakes.filter((mistake) => expression !== undefined && mistake.nodes.has(name));
    const used = expression === undefined ? [] : references(expression);
    const all = new Set([...own, ...used.flatMap((other) => involved(other, mistakes, known))]);
    const inOrder = mistakes.filter((mistake) => all.has(mistake));
    known.set(name, inOrder);
    return inOrder;
  };

  const find = (
    name: string,
    mistakes: readonly Mistake[],
    known: Map<string, readonly Mistake[]>,
  ): Value | undefined => {
    if (Object.hasOwn(given, name)) return given[name];
    const part = involved(name, mistakes, known);
    const key = [name, ...part.map(({ id }) => id)].join(' ');
    if (values.has(key)) return values.get(key);
    const expression = expressionOf(name, part);
    const value =
      expression === undefined ? undefined : compute(expression, (other) => find(other, part, known));
    if (!work.wasRefused()) values.set(key, value);
    return value;
  };

  const runsPbkdf2 = (
    name: string,
    mistakes: readonly Mistake[],
    known: Map<string, readonly Mistake[]>,
  ): boolean => {
    const expression = expressionOf(name, mistakes);
    if (expression === undefined || involved(name, mistakes, known).length === 0) return false;
    return (
      usesPbkdf2(expression) || references(expression).some((other) => runsPbkdf2(other, mistakes, known))
    );
  };

  const value = (name: string, mistakes: readonly Mistake[] = []): Value | undefined => {
    work.reset();
    return unlessCircular(() => find(name, mistakes, new Map()));
  };

  return {
    profile,
    value,
    touches: (mistake, name) =>
      unlessCircular(() => involved(name, [mistake], new Map()).length > 0) ?? false,
    isSlow: (mistake, name) => unlessCircular(() => runsPbkdf2(name, [mistake], new Map())) ?? false,
    allow: work.allow,
    ranOut: work.wasRefused,
    foresee: (name, several) => foresee(() => several.forEach((mistakes) => value(name, mistakes))),
  };
}

/** Stands for what a value depends on while that is being looked at. */
const UNDER_WAY: readonly Mistake[] = [];
const CIRCLE = new Error('a value depends on itself');

function unlessCircular<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (error === CIRCLE) return undefined;
    throw error;
  }
}

/** Work in units of about a millisecond: these for 100 000 iterations of PBKDF2. */
export const PBKDF2_WORK = 33;
const workOfRun = ({ iterations }: Pbkdf2Run): number => (PBKDF2_WORK * iterations) / 100_000;
/** One for a power modulo 2048 bits; what OpenSSL does not take is computed with square and multiply. */
const workOfPower = (modulus: bigint): number => (modulus >> 3072n === 0n ? 1 : 30);

/** Work that may be done, and whether some was refused since it was last looked at. */
interface Budget {
  readonly spend: (work: number) => void;
  /** @throws REFUSED */
  readonly refuse: () => never;
  readonly allow: (work: number) => void;
  readonly refund: (work: number) => void;
  readonly reset: () => void;
  readonly wasRefused: () => boolean;
}

const REFUSED = new Error('no more work is allowed');

function createBudget(): Budget {
  let left = Infinity;
  let refused = false;
  const refuse = (): never => {
    refused = true;
    throw REFUSED;
  };
  return {
    spend(work) {
      if (left < work) refuse();
      left -= work;
    },
    refuse,
    allow: (work) => void (left = work),
    refund: (work) => void (left += work),
    reset: () => void (refused = false),
    wasRefused: () => refused,
  };
}

type Compute = (expression: Expression, valueOf: (name: string) => Value | undefined) => Value | undefined;

interface Calculator {
  readonly compute: Compute;
  /** The runs of PBKDF2 that something would need and whose results are not known. */
  readonly foresee: (something: () => void) => Pbkdf2Run[];
}

/** Computes expressions; what they share that is slow is kept. */
function calculator(cache: Pbkdf2Cache, budget: Budget, paid: Set<string>): Calculator {
  let foreseen: Map<string, Pbkdf2Run> | undefined;
  const powers = new Map<string, Value>();
  const constants = new WeakMap<Call, Value>();
  const power = (call: Call, inner: readonly Value[]): Value => {
    const key = inner.map((value) => (value as bigint).toString(36)).join(' ');
    const known = powers.get(key);
    if (known !== undefined) return known;
    budget.spend(workOfPower(inner.at(-1) as bigint));
    const value = apply(call, inner, cache, allOperations);
    powers.set(key, value);
    return value;
  };
  const passwordKey = (call: Call, inner: readonly Value[]): Value => {
    const run = pbkdf2Run(call, inner);
    // Paid for once, whoever ran it: what is found does not depend on what the cache holds beforehand.
    if (!paid.has(run.key)) {
      if (foreseen?.has(run.key) !== true) budget.spend(workOfRun(run));
      foreseen?.set(run.key, run);
      if (foreseen !== undefined) budget.refuse();
      paid.add(run.key);
    }
    return apply(call, inner, cache, allOperations);
  };
  const applied = (call: Call, inner: readonly Value[]): Value => {
    if (call.op === 'mod-exp') return power(call, inner);
    return call.op === 'pbkdf2' ? passwordKey(call, inner) : apply(call, inner, cache, allOperations);
  };
  const compute: Compute = (expression, valueOf) => {
    if (typeof expression === 'string') return valueOf(expression);
    const constant = constants.get(expression);
    if (constant !== undefined) return constant;
    const inner: Value[] = [];
    for (const operand of operands(expression)) {
      const value = compute(operand, valueOf);
      if (value === undefined) return undefined;
      inner.push(value);
    }
    const value = applied(expression, inner);
    if (references(expression).length === 0) constants.set(expression, value);
    return value;
  };
  return {
    compute(expression, valueOf) {
      try {
        return compute(expression, valueOf);
      } catch {
        return undefined; // no work left, or lengths that no operation takes: a mistake can lead to them
      }
    },
    foresee(something) {
      const runs = (foreseen = new Map<string, Pbkdf2Run>());
      something();
      foreseen = undefined;
      for (const run of runs.values()) budget.refund(workOfRun(run)); // to be paid when it is needed
      return [...runs.values()].filter(({ key }) => cache.get(key) === undefined);
    },
  };
}

const usesPbkdf2 = (expression: Expression): boolean =>
  typeof expression === 'object' && (expression.op === 'pbkdf2' || operands(expression).some(usesPbkdf2));
