/** The closed set of operators (`operators.json`) as typed data: what each takes and what it yields. */
import data from './operators.json' with { type: 'json' };
import mistaken from './mistaken/operators.json' with { type: 'json' };
import type { Argument, Call, Expression, Graph, Type } from './graph.ts';

/** An operator: what it takes and what it yields. */
export interface Operator {
  /** Argument name → what it must be: a type, a list of a type (`bytes[]`, `bytes[2]`), `members`, or a literal. */
  readonly args: Readonly<Record<string, string>>;
  /** Arguments that may be left out. */
  readonly optional?: readonly string[];
  /** What it yields. */
  readonly result: Type;
  /** In words. */
  readonly meaning: string;
}

/** Operator by name. */
export type OperatorTable = Readonly<Record<string, Operator | undefined>>;

/** The operators of the protocol: what an implementer needs. */
export const operators = data as unknown as OperatorTable;

/** These and the operators that only wrong readings use (`mistaken/operators.json`). */
export const allOperators: OperatorTable = { ...operators, ...(mistaken as unknown as OperatorTable) };

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

/** Operator → those of its arguments that are expressions, in the order of the operator table. */
const expressionArguments: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(allOperators).map(([op, operator]) => {
    const expressions = Object.entries(operator?.args ?? {}).filter(([, kind]) => !(kind in literals));
    return [op, expressions.map(([name]) => name)];
  }),
);

/** The expressions that an operator is applied to, in the order of the operator table. */
export function operands(call: Call): Expression[] {
  const found: unknown[] = [];
  for (const name of expressionArguments.get(call.op) ?? []) {
    const argument = call[name];
    if (argument === undefined) continue;
    const several = typeof argument === 'object' && argument !== null && !('op' in argument);
    if (several) found.push(...(Object.values(argument) as unknown[]));
    else found.push(argument);
  }
  return found as Expression[];
}

/** The names of the nodes that an expression refers to, each once. */
export function references(expression: Expression): string[] {
  if (typeof expression === 'string') return [expression];
  // What is no expression refers to nothing; the type check says what is wrong with it.
  if (!isCall(expression)) return [];
  const found = known.get(expression) ?? [...new Set(operands(expression).flatMap(references))];
  known.set(expression, found);
  return found;
}
const known = new WeakMap<Call, string[]>();

const isCall = (expression: unknown): boolean => typeof expression === 'object' && expression !== null;

/** The names of all values that a value is made from, directly or not. */
export function upstream(name: string, graph: Graph): ReadonlySet<string> {
  const all = upstreams.get(graph) ?? new Map<string, ReadonlySet<string>>();
  upstreams.set(graph, all);
  const value = graph.nodes.get(name)?.value;
  const used = (): string[] => (value === undefined ? [] : references(value));
  const found = all.get(name) ?? new Set(used().flatMap((other) => [other, ...upstream(other, graph)]));
  all.set(name, found);
  return found;
}
const upstreams = new WeakMap<Graph, Map<string, ReadonlySet<string>>>();
