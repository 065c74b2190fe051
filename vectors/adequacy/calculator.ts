/** Computes expressions, right or wrong ones; what is slow, PBKDF2 and powers, once for the same operands. */
import type { Call, Expression, Pbkdf2Cache, Value } from '../../spec/index.ts';
import { apply } from '../../spec/evaluate.ts';
import { allOperations } from '../../spec/mistaken/operations.ts';
import { operands } from '../../spec/operators.ts';

/** An operand that neither stands in a vector nor follows from what does. */
export class Absent extends Error {}

type ValueOf = (name: string) => Value;

export interface Calculator {
  /** @throws {@link Absent} as `valueOf` does, or what an operation throws */
  compute(expression: Expression, valueOf: ValueOf): Value;
  /** Keeps a published value as that of its formula, so that PBKDF2 need not run for it. */
  learn(formula: Call, valueOf: ValueOf, published: Value): void;
}

export function createCalculator(): Calculator {
  const kept = new Map<string, Value>();
  const applied = (call: Call, inner: readonly Value[]): Value => {
    if (!SLOW.includes(call.op)) return apply(call, inner, NONE, allOperations);
    const key = keyOf(call, inner);
    const value = kept.get(key) ?? apply(call, inner, NONE, allOperations);
    kept.set(key, value);
    return value;
  };
  const innerOf = (call: Call, valueOf: ValueOf): Value[] =>
    operands(call).map((operand) => compute(operand, valueOf));
  const compute = (expression: Expression, valueOf: ValueOf): Value =>
    typeof expression === 'string' ? valueOf(expression) : applied(expression, innerOf(expression, valueOf));
  const learn: Calculator['learn'] = (formula, valueOf, published) =>
    void kept.set(keyOf(formula, innerOf(formula, valueOf)), published);
  return { compute, learn };
}

/** Operators whose results are kept here, and nowhere else. */
const SLOW: readonly string[] = ['mod-exp', 'pbkdf2'];
const NONE: Pbkdf2Cache = { get: () => undefined, set: () => new Map<string, Uint8Array>() };

/** What is written into the formula, and the operands. */
const keyOf = ({ op, hash, iterations, length }: Call, inner: readonly Value[]): string =>
  [JSON.stringify([op, hash, iterations, length]), ...inner.map(text)].join(' ');

const text = (value: Value): string =>
  typeof value === 'bigint' ? value.toString(16) : Buffer.from(value as Uint8Array).toString('hex');
