/** The closed set of operators (`operators.json`) as typed data: what each takes and what it yields. */
import data from './operators.json' with { type: 'json' };
import type { Argument, Call, Expression, Type } from './graph.ts';

export interface Operator {
  /** Argument name → what it must be: a type, a list of a type (`bytes[]`, `bytes[2]`), `members`, or a literal. */
  readonly args: Readonly<Record<string, string>>;
  readonly optional?: readonly string[];
  readonly result: Type;
  readonly meaning: string;
}

export const operators = data as unknown as Readonly<Record<string, Operator | undefined>>;

/** Output length of each hash function, in bytes. */
export const HASH_BYTES: Readonly<Record<string, number>> = { 'sha-1': 20, 'sha-256': 32, 'sha-512': 64 };

/** What a literal argument may be. Every other kind of argument is an expression. */
export const literals: Readonly<Record<string, (argument: Argument) => boolean>> = {
  'literal text': (value) => typeof value === 'string',
  'literal hex': (value) => typeof value === 'string' && /^([0-9a-f]{2})*$/.test(value),
  'literal json': () => true,
  'normalization form': (value) => ['NFC', 'NFD', 'NFKC', 'NFKD'].includes(value as string),
  'hash name': (value) => typeof value === 'string' && value in HASH_BYTES,
  count: (value) => Number.isSafeInteger(value) && (value as number) > 0,
  offset: (value) => Number.isSafeInteger(value),
};

/** The expressions that an operator is applied to, in the order of the operator table. */
export function operands(call: Call): Expression[] {
  return Object.entries(operators[call.op]?.args ?? {}).flatMap(([name, kind]) => {
    const argument = call[name];
    if (argument === undefined || kind in literals) return [];
    const several = typeof argument === 'object' && argument !== null && !('op' in argument);
    const found: readonly unknown[] = several ? Object.values(argument) : [argument];
    return found as Expression[];
  });
}

/** The names of the nodes that an expression refers to. */
export function references(expression: Expression): string[] {
  if (typeof expression === 'string') return [expression];
  // What is no expression refers to nothing; the type check says what is wrong with it.
  return isCall(expression) ? operands(expression).flatMap(references) : [];
}

const isCall = (expression: unknown): boolean => typeof expression === 'object' && expression !== null;
