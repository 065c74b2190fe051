/**
 * The type and, where it is known beforehand, the length of an expression, checked against the operator
 * table (`operators.json`).
 */
import type { Argument, Call, Expression, Node, Type } from './graph.ts';
import {
  allOperators,
  HASH_BYTES,
  literals,
  operators,
  type Operator,
  type OperatorTable,
} from './operators.ts';

export interface Inferred {
  readonly type: Type;
  readonly length?: number | undefined;
}

/** What a graph may consist of. */
export interface Rules {
  /** Operators by name. */
  readonly operators: OperatorTable;
  /** Whether lengths that are known beforehand must fit. */
  readonly lengths: boolean;
}

/** The rules of the protocol. */
export const PROTOCOL: Rules = { operators, lengths: true };
/** The rules of a graph with mistakes: more operators, and any length. Types must still be right. */
export const MISTAKEN: Rules = { operators: allOperators, lengths: false };

/** @throws Error that says which operator or argument is wrong. */
export function inferType(
  expression: Expression,
  nodes: ReadonlyMap<string, Node>,
  rules: Rules = PROTOCOL,
): Inferred {
  if (typeof expression === 'string') return ofReference(expression, nodes, rules);
  const operator = operatorOf(expression, rules);
  const unexpected = Object.keys(expression).find((key) => key !== 'op' && !(key in operator.args));
  if (unexpected !== undefined)
    throw new Error(`gives ${expression.op} the argument ${unexpected}, which it does not take`);
  const inferred = new Map<string, Inferred[]>();
  for (const [name, kind] of Object.entries(operator.args)) {
    const argument = expression[name];
    if (argument === undefined && operator.optional?.includes(name)) continue;
    if (argument === undefined) throw new Error(`does not give ${expression.op} its argument ${name}`);
    inferred.set(name, checkArgument(`${name} of ${expression.op}`, argument, kind, nodes, rules));
  }
  return { type: operator.result, length: rules.lengths ? lengthOf(expression, inferred) : undefined };
}

function operatorOf(expression: Call, rules: Rules): Operator {
  if (typeof expression !== 'object' || (expression as unknown) === null)
    throw new Error(`holds ${JSON.stringify(expression)}, which is not an expression`);
  const operator = rules.operators[expression.op];
  if (operator === undefined) throw new Error(`uses ${expression.op}, which is not an operator`);
  return operator;
}

function ofReference(name: string, nodes: ReadonlyMap<string, Node>, { lengths }: Rules): Inferred {
  const node = nodes.get(name);
  if (node === undefined) throw new Error(`refers to ${name}, which is not a node`);
  return { type: node.type, length: lengths ? node.length : undefined };
}

function checkArgument(
  where: string,
  argument: Argument,
  kind: string,
  nodes: ReadonlyMap<string, Node>,
  rules: Rules,
): Inferred[] {
  const literal = literals[kind];
  if (literal) {
    if (!literal(argument)) throw new Error(`${where} is ${JSON.stringify(argument)}, expected a ${kind}`);
    return [];
  }
  if (kind === 'members') {
    for (const member of Object.values(argument as object)) inferType(member as Expression, nodes, rules);
    return [];
  }
  return checkOperands(where, argument, kind, nodes, rules);
}

/** @param kind - a type, a list of a type (`bytes[]`), or a list of a length (`bytes[2]`) */
function checkOperands(
  where: string,
  argument: Argument,
  kind: string,
  nodes: ReadonlyMap<string, Node>,
  rules: Rules,
): Inferred[] {
  const [, wanted = '', list, count = ''] = /^(\w+)(\[(\d*)\])?$/.exec(kind) ?? [];
  if ((list !== undefined) !== Array.isArray(argument))
    throw new Error(`${where} must be ${list === undefined ? 'one expression' : 'a list'}`);
  if (count !== '' && (argument as readonly unknown[]).length !== Number(count))
    throw new Error(`${where} must be a list of ${count}`);
  return (list !== undefined ? (argument as Expression[]) : [argument as Expression]).map((item) => {
    const found = inferType(item, nodes, rules);
    if (found.type !== wanted) throw new Error(`${where} is ${found.type}, expected ${wanted}`);
    return found;
  });
}

/** The length that the result must have, or undefined where it depends on the input. */
function lengthOf(call: Call, inferred: ReadonlyMap<string, readonly Inferred[]>): number | undefined {
  const of = (inferred.get('of') ?? []).map((item) => item.length);
  switch (call.op) {
    case 'bytes':
      return (call['hex'] as string).length / 2;
    case 'hash':
      return HASH_BYTES[call['hash'] as string];
    case 'hkdf':
    case 'pbkdf2':
    case 'pad':
      return call['length'] as number;
    case 'concat':
      return of.reduce(
        (sum, length) => (sum === undefined || length === undefined ? undefined : sum + length),
        0,
      );
    case 'xor':
      if (new Set(of.filter((length) => length !== undefined)).size > 1)
        throw new Error(`xor needs operands of one length, got ${of.join(' and ')} bytes`);
      return of[0];
    case 'aes-256-gcm':
      return sealedLength(inferred);
    default:
      return undefined;
  }
}

function sealedLength(inferred: ReadonlyMap<string, readonly Inferred[]>): number | undefined {
  const key = inferred.get('key')?.[0]?.length;
  if (key !== undefined && key !== 32)
    throw new Error(`the key of aes-256-gcm is ${key} bytes long, expected 32`);
  const plaintext = inferred.get('plaintext')?.[0]?.length;
  return plaintext === undefined ? undefined : plaintext + 16;
}
