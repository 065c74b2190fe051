/** The form in which derived values leave the graph and given values enter it: lower-case hex. */
import { EvaluationError, type Evaluation, type Given, type Value } from './evaluate.ts';
import type { Graph } from './graph.ts';

/** A value as lower-case hex: bytes as they are, text and compact JSON as their UTF-8 bytes. */
export function valueToHex(value: Value): string {
  if (typeof value === 'bigint') return value.toString(16);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  const text = typeof value === 'string' ? value : JSON.stringify(value.json);
  return Buffer.from(text, 'utf8').toString('hex');
}

/** Every derived value of an evaluation as hex, inputs left out. */
export function derivedHex(graph: Graph, evaluation: Evaluation): Record<string, string> {
  const derived = [...evaluation.values].filter(([name]) => graph.nodes.get(name)?.value !== undefined);
  return Object.fromEntries(derived.map(([name, value]) => [name, valueToHex(value)]));
}

/**
 * Reads given values from JSON: hex for bytes, strings for text, any JSON value for JSON.
 *
 * @throws EvaluationError naming the value that is not of its form
 */
export function readGiven(graph: Graph, source: Readonly<Record<string, unknown>>): Given {
  return Object.fromEntries(
    Object.entries(source).map(([name, value]) => [name, readValue(graph, name, value)]),
  );
}

function readValue(graph: Graph, name: string, value: unknown): Value {
  const node = graph.nodes.get(name);
  if (node === undefined) {
    const names = [...graph.nodes.keys()].join(', ');
    throw new EvaluationError(name, `is not a value of the protocol; the values are ${names}`);
  }
  if (node.type === 'json') return { json: value };
  if (typeof value !== 'string') throw new EvaluationError(name, `must be a string, got ${typeof value}`);
  if (node.type === 'text') return value;
  if (/^(?:[0-9a-f]{2})*$/i.test(value)) return Uint8Array.from(Buffer.from(value, 'hex'));
  throw new EvaluationError(name, 'must be hex text, two digits for each byte');
}
