/**
 * Executes the derivation graph with `node:crypto` and nothing else. Every value comes with all values it was
 * computed from; whatever depends on an input that was not given is left out. Chapters 4 to 6.
 */
import type { JsonWebKey } from 'node:crypto';
import { aes256Gcm, digest, hkdf, modExp, pbkdf2, rsaOaep, xor } from './crypto.ts';
import type { Call, Expression, Graph, Node } from './graph.ts';
import { operands } from './operators.ts';

/** A value of the graph: text, bytes, an integer, or a JSON value in a box of its own. */
export type Value = string | Uint8Array | bigint | Json;

/** A JSON value, boxed so that it is never mistaken for text. */
export interface Json {
  /** The value. */
  readonly json: unknown;
}

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
  const unknown = Object.keys(given).find((name) => !graph.nodes.has(name));
  if (unknown !== undefined) throw new EvaluationError(unknown, 'is not a value of the protocol');
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

/** Results of PBKDF2, the one slow operator, by everything they depend on. */
export type Pbkdf2Cache = Map<string, Uint8Array>;

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

function apply(call: Call, operand: readonly Value[], cache: Pbkdf2Cache): Value {
  const operation = operations[call.op] as ((call: Call, ...operand: readonly Value[]) => Value) | undefined;
  if (operation === undefined) throw new Error(`${call.op} is not an operator`);
  if (call.op !== 'pbkdf2') return operation(call, ...operand);
  const key = JSON.stringify([call, ...operand.map((item) => hex(item as Uint8Array))]);
  const value = cache.get(key) ?? (operation(call, ...operand) as Uint8Array);
  cache.set(key, value);
  return value;
}

/**
 * What each operator does with its operands, which come in the order of the operator table and with the types
 * stated there: the graph was checked when it was built.
 */
const operations: Readonly<Record<string, (call: Call, ...operand: never[]) => Value>> = {
  text: (call) => call['value'] as string,
  bytes: (call) => fromHex(call['hex'] as string),
  value: (call) => ({ json: call['json'] }),
  trim: (_, text: string) => text.trim(),
  'lower-case': (_, text: string) => text.toLowerCase(),
  normalize: (call, text: string) => text.normalize(call['form'] as string),
  utf8: (_, text: string) => utf8(text),
  hex: (_, bytes: Uint8Array) => hex(bytes),
  base64url: (_, bytes: Uint8Array) => Buffer.from(bytes).toString('base64url'),
  'percent-encode': (_, text: string) => encodeURIComponent(text),
  json: (_, value: Json) => JSON.stringify(value.json),
  'parse-json': (_, text: string) => ({ json: JSON.parse(text) as unknown }),
  object: (call, ...members: Value[]) => ({
    json: objectOf(Object.keys(call['members'] as object), members),
  }),
  concat: (_, ...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts)),
  xor: (_, left: Uint8Array, right: Uint8Array) => xor(left, right),
  slice: (call, bytes: Uint8Array) =>
    bytes.slice(call['start'] as number | undefined, call['end'] as number | undefined),
  hash: (call, bytes: Uint8Array) => digest(call['hash'] as string, bytes),
  hkdf: (call, salt: Uint8Array, ikm: Uint8Array, info: Uint8Array) =>
    hkdf(call['hash'] as string, salt, ikm, info, call['length'] as number),
  pbkdf2: (call, password: Uint8Array, salt: Uint8Array) =>
    pbkdf2(call['hash'] as string, password, salt, call['iterations'] as number, call['length'] as number),
  integer: (_, bytes: Uint8Array) => BigInt(`0x0${hex(bytes)}`),
  pad: (call, value: bigint) => pad(value, call['length'] as number),
  add: (_, ...terms: bigint[]) => terms.reduce((sum, term) => sum + term),
  mul: (_, ...factors: bigint[]) => factors.reduce((product, factor) => product * factor),
  'mod-add': (_, left: bigint, right: bigint, modulus: bigint) => (left + right) % modulus,
  'mod-sub': (_, left: bigint, right: bigint, modulus: bigint) =>
    (((left - right) % modulus) + modulus) % modulus,
  'mod-mul': (_, left: bigint, right: bigint, modulus: bigint) => (left * right) % modulus,
  'mod-exp': (_, base: bigint, exponent: bigint, modulus: bigint) => modExp(base, exponent, modulus),
  'aes-256-gcm': (_, key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array, ad: Uint8Array) =>
    aes256Gcm(key, iv, plaintext, ad),
  'rsa-oaep': (call, label: Uint8Array, seed: Uint8Array, publicKey: Json, plaintext: Uint8Array) =>
    rsaOaep(
      { hash: call['hash'] as string, mgf: call['mgf'] as string, label, seed },
      publicKey.json as JsonWebKey,
      plaintext,
    ),
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

function utf8(text: string): Uint8Array {
  if (!text.isWellFormed())
    throw new Error('text is not well-formed Unicode: it holds half of a surrogate pair');
  return new TextEncoder().encode(text);
}

function pad(value: bigint, length: number): Uint8Array {
  const digits = value.toString(16).padStart(2 * length, '0');
  if (digits.length > 2 * length) throw new Error(`the integer does not fit ${length} bytes`);
  return fromHex(digits);
}

const objectOf = (names: readonly string[], members: readonly Value[]): unknown =>
  Object.fromEntries(names.map((name, i) => [name, plain(members[i])]));
const plain = (value: Value | undefined): unknown =>
  typeof value === 'object' && 'json' in value ? value.json : value;
