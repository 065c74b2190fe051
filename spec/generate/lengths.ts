/**
 * Lengths that follow from other lengths, whatever the bytes are. Beyond what the graph infers: text that is
 * made of hex, base64url and fixed JSON alone, such as the 190 bytes of a symmetric key in `deployed` (6.3).
 */
import type { Argument, Call, Expression, Graph, Node } from '../graph.ts';
import { inferType } from '../infer.ts';

type Nodes = ReadonlyMap<string, Node>;

/** The graph with every length that is known beforehand. */
export function withLengths(graph: Graph): Graph {
  const nodes = new Map<string, Node>();
  for (const [name, node] of graph.nodes) {
    const length = node.length ?? (node.value === undefined ? undefined : lengthOf(node.value, nodes));
    nodes.set(name, length === undefined ? node : { ...node, length });
  }
  return { ...graph, nodes };
}

function lengthOf(expression: Expression, nodes: Nodes): number | undefined {
  const { length } = inferType(expression, nodes);
  if (length !== undefined || typeof expression === 'string' || expression.op !== 'utf8') return length;
  const text = likeness(expression['of'] as Expression, nodes);
  return text === undefined ? undefined : Buffer.byteLength(text, 'utf8');
}

/** A text as long as the one that the expression gives: its digits are others, and need no escape either. */
function likeness(expression: Expression, nodes: Nodes): string | undefined {
  if (typeof expression === 'string') return undefined;
  const of = expression['of'] as Expression;
  switch (expression.op) {
    case 'text':
      return expression['value'] as string;
    case 'hex':
      return digits(inferType(of, nodes).length, 2);
    case 'base64url':
      return digits(inferType(of, nodes).length, 4 / 3);
    case 'percent-encode': {
      const text = likeness(of, nodes);
      return text === undefined ? undefined : encodeURIComponent(text);
    }
    case 'json':
      return jsonLikeness(of, nodes);
    default:
      return undefined;
  }
}

function jsonLikeness(expression: Expression, nodes: Nodes): string | undefined {
  if (typeof expression === 'string' || expression.op !== 'object') return undefined;
  const members = Object.entries(expression['members'] as Readonly<Record<string, Call>>).map(
    ([name, member]): readonly [string, Argument | undefined] => [
      name,
      member.op === 'value' ? member['json'] : likeness(member, nodes),
    ],
  );
  return members.some(([, value]) => value === undefined)
    ? undefined
    : JSON.stringify(Object.fromEntries(members));
}

const digits = (bytes: number | undefined, each: number): string | undefined =>
  bytes === undefined ? undefined : '0'.repeat(Math.ceil(bytes * each));
