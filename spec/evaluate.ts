/**
 * Executes the derivation graph with `node:crypto` and nothing else. Every value comes with all values it was
 * computed from; whatever depends on an input that was not given is left out. Chapters 4 to 6.
 */
import { pbkdf2InBackground } from './crypto.ts';
import type { Call, Expression, Graph, Node } from './graph.ts';
import { hex, operations as ofTheProtocol, type Operations, type Value } from './operations.ts';
import { operands } from './operators.ts';

export type { Json, Value } from './operations.ts';

/** What is known beforehand: inputs, and any derived value that takes the place of its own computation. */
export type Given = Readonly<Record<string, Value>>;

/** One application of an operator: `path` leads to it from its node by the numbers of the operands, as `srp.A/0/1`. */
export interface Step {
  /** Where it stands. */
  readonly path: string;
  /** The operator. */
  readonly op: string;
  /** What it yields. */
  readonly value: Value;
}

/** Every value that could be computed, in order of computation, and every step on the way. */
export interface Evaluation {
  /** Name → value. */
  readonly values: ReadonlyMap<string, Value>;
  /** Every operator that was applied, in order. */
  readonly steps: readonly Step[];
}

/** A value that cannot be computed from what was given; `node` names it. */
export class EvaluationError extends Error {
  /** The value that is wrong. */
  readonly node: string;
  constructor(node: string, message: string) {
    super(`${node}: ${message}`);
    this.name = 'EvaluationError';
    this.node = node;
  }
}

/**
 * Evaluates every node of the graph that follows from what is given.
 *
 * @param pbkdf2Cache - results of PBKDF2, kept between calls by a caller who evaluates often
 * @throws {@link EvaluationError} for a name that is not a node, a value of the wrong type or length, text that
 * is not well-formed Unicode, or a public key that is none
 *
 * @example
 * const { values } = evaluate(loadGraph('documented'), { email: 'jane@example.com', SLT_Auth_1: salt });
 * values.get('SLT_TMP_1'); // 32 bytes
 */
export function evaluate(graph: Graph, given: Given, pbkdf2Cache: Pbkdf2Cache = new Map()): Evaluation {
  checkNames(graph, given);
  const run: Run = { values: new Map(), steps: [], cache: pbkdf2Cache };
  for (const node of graph.nodes.values()) {
    try {
      const value =
        given[node.name] ?? (node.value === undefined ? undefined : compute(node.value, node.name, run));
      if (value === undefined) continue;
      checkValue(node, value);
      run.values.set(node.name, value);
    } catch (error) {
      throw error instanceof EvaluationError
        ? error
        : new EvaluationError(node.name, (error as Error).message);
    }
  }
  return run;
}

function checkNames(graph: Graph, given: Given): void {
  const unknown = Object.keys(given).find((name) => !graph.nodes.has(name));
  if (unknown !== undefined) throw new EvaluationError(unknown, 'is not a value of the protocol');
}

/**
 * Checks what is given, and computes nothing.
 *
 * @throws {@link EvaluationError} as `evaluate` does
 */
export function checkGiven(graph: Graph, given: Given): void {
  checkNames(graph, given);
  for (const [name, node] of graph.nodes) if (given[name] !== undefined) checkValue(node, given[name]);
}

function checkValue(node: Node, value: Value): void {
  if (typeOf(value) !== node.type)
    throw new EvaluationError(node.name, `is ${typeOf(value)}, expected ${node.type}`);
  if (typeof value === 'string' && !value.isWellFormed())
    throw new EvaluationError(node.name, 'is not well-formed Unicode: it holds half of a surrogate pair');
  if (!(value instanceof Uint8Array)) return;
  const least = node.length ?? node.minLength ?? 0;
  const most = node.length ?? node.maxLength ?? Infinity;
  if (value.length >= least && value.length <= most) return;
  const expected = least === most ? `${least} bytes` : `${least} to ${most} bytes`;
  throw new EvaluationError(node.name, `is ${value.length} bytes long, expected ${expected}`);
}

function typeOf(value: Value): string {
  if (value instanceof Uint8Array) return 'bytes';
  if (typeof value === 'object') return 'json';
  return typeof value === 'bigint' ? 'integer' : 'text';
}

/** Results of PBKDF2, the one slow operator, by the keys of their runs. */
export interface Pbkdf2Cache {
  /** What a run gave; undefined where it is not known. */
  get(key: string): Uint8Array | undefined;
  /** Keeps what a run gave. */
  set(key: string, result: Uint8Array): unknown;
}

/** Everything that a run of PBKDF2 depends on. */
export interface Pbkdf2Run {
  /** All of it as one text. */
  readonly key: string;
  /** Name of the hash, as the graph has it. */
  readonly hash: string;
  /** What is stretched. */
  readonly password: Uint8Array;
  /** What it is stretched with. */
  readonly salt: Uint8Array;
  /** How often. */
  readonly iterations: number;
  /** In bytes. */
  readonly length: number;
}

/** Runs PBKDF2 without making the caller's thread wait, and keeps the result: several at once take several cores. */
export async function runInBackground(run: Pbkdf2Run, cache: Pbkdf2Cache): Promise<void> {
  const { key, hash, password, salt, iterations, length } = run;
  cache.set(key, await pbkdf2InBackground(hash, password, salt, iterations, length));
}

/** The run that a call of PBKDF2 with these operands, password and salt, stands for. */
export function pbkdf2Run(call: Call, operand: readonly Value[]): Pbkdf2Run {
  const { hash, iterations, length } = call as unknown as Pick<Pbkdf2Run, 'hash' | 'iterations' | 'length'>;
  const [password, salt] = operand as [Uint8Array, Uint8Array];
  const run = { hash, password, salt, iterations, length };
  return { key: pbkdf2Key(run), ...run };
}

/** What the result of a run is kept under. */
export const pbkdf2Key = ({ hash, password, salt, iterations, length }: Omit<Pbkdf2Run, 'key'>): string =>
  JSON.stringify([hash, iterations, length, hex(password), hex(salt)]);

interface Run {
  readonly values: Map<string, Value>;
  readonly steps: Step[];
  readonly cache: Pbkdf2Cache;
}

function compute(expression: Expression, path: string, run: Run): Value | undefined {
  if (typeof expression === 'string') return run.values.get(expression);
  const inner = operands(expression).map((operand, i) => compute(operand, `${path}/${i}`, run));
  if (inner.includes(undefined)) return undefined;
  const value = apply(expression, inner as Value[], run.cache);
  run.steps.push({ path, op: expression.op, value });
  return value;
}

/**
 * Applies one operator.
 *
 * @param operations - what the operators do; those of the protocol by default
 * @throws Error for an operator that is not among them, and what the operation throws
 */
export function apply(
  call: Call,
  operand: readonly Value[],
  cache: Pbkdf2Cache,
  operations: Operations = ofTheProtocol,
): Value {
  const operation = operations[call.op] as ((call: Call, ...operand: readonly Value[]) => Value) | undefined;
  if (operation === undefined) throw new Error(`${call.op} is not an operator`);
  if (call.op !== 'pbkdf2') return operation(call, ...operand);
  const { key } = pbkdf2Run(call, operand);
  const value = cache.get(key) ?? (operation(call, ...operand) as Uint8Array);
  cache.set(key, value);
  return value;
}
