/**
 * The derivation graph as typed data: every derived or wrapped value is a node, its value an expression over
 * other nodes. Building a graph fills in the profile's variation points and refuses whatever could not be
 * executed: an unknown name or operator, a wrong type, a wrong length, a cycle. Chapters 4 to 6.
 */
import derivations from './derivations.json' with { type: 'json' };
import protocol from './protocol.json' with { type: 'json' };
import deployed from './profiles/deployed.json' with { type: 'json' };
import documented from './profiles/documented.json' with { type: 'json' };
import { inferType, PROTOCOL, type Inferred, type Rules } from './infer.ts';
import { references } from './operators.ts';
import { resolve, type Source, type SourceMap } from './resolve.ts';

/** The two byte-level readings of the protocol. */
export type ProfileName = 'documented' | 'deployed';

/** What a value is made of. Bytes have a length; the other three do not. */
export type Type = 'text' | 'bytes' | 'integer' | 'json';

/** An expression in which every constant, template and variation point has been filled in. */
export type Expression = string | Call;

/** One application of an operator of `operators.json`; the other members are its arguments. */
export interface Call {
  /** A name of `operators.json`. */
  readonly op: string;
  readonly [argument: string]: Argument;
}

/** What an operator may be given: an expression, several, named ones, or a literal parameter. */
export type Argument =
  Expression | number | boolean | null | readonly Argument[] | { readonly [name: string]: Argument };

/** One value of the protocol. A node without `value` is an input. */
export interface Node {
  /** The symbol. */
  readonly name: string;
  /** What it is, in words. */
  readonly title: string;
  /** Section of the specification, for example `4.2`. */
  readonly section: string;
  /** Ids of the requirements that say how it is computed, one in every profile that has it; none for an input. */
  readonly requirements?: readonly string[];
  /** What it is made of. */
  readonly type: Type;
  /** Exact length in bytes, where the protocol fixes one. */
  readonly length?: number;
  /** Least length in bytes. */
  readonly minLength?: number;
  /** Greatest length in bytes. */
  readonly maxLength?: number;
  /** True for values that are nobody's but the client's, and for K the server's: they go to no log, and leave the client only where a chapter says so. */
  readonly secret: boolean;
  /** What it is computed from; missing for an input. */
  readonly value?: Expression;
}

/** A graph that can be executed: its nodes in an order in which each comes after those it uses. */
export interface Graph {
  /** Its profile. */
  readonly profile: string;
  /** Name → node, in an order that can be computed. */
  readonly nodes: ReadonlyMap<string, Node>;
}

/** A graph that cannot be executed; `node` names the value that is wrong. */
export class GraphError extends Error {
  /** The value that cannot be computed. */
  readonly node: string;
  constructor(node: string, message: string) {
    super(`${node}: ${message}`);
    this.name = 'GraphError';
    this.node = node;
  }
}

/** What a profile puts at the variation points. */
export interface ProfileSource {
  /** Its name. */
  readonly name: string;
  /** Variation point → expression. */
  readonly variations: SourceMap;
  /** Nodes that only this profile has. */
  readonly nodes: SourceMap;
}

/** What every profile shares. */
export interface DerivationsSource {
  /** What must be given. */
  readonly inputs: SourceMap;
  /** Shared expressions by name. */
  readonly templates: SourceMap;
  /** What is computed. */
  readonly nodes: SourceMap;
}

/** A constant of `protocol.json`. */
export interface Constant {
  /** `count`, `name` or `bytes`. */
  readonly type: string;
  /** A number, a name, or hex. */
  readonly value: unknown;
}

/** The data that a graph is built from, as in `derivations.json`, `profiles/*.json` and `protocol.json`. */
export interface GraphSource {
  /** What the profile adds. */
  readonly profile: ProfileSource;
  /** What every profile shares. */
  readonly derivations: DerivationsSource;
  /** Name → constant. */
  readonly constants: Readonly<Record<string, Constant>>;
}

/** The published data of a profile, ready to be edited and built. */
export function graphSource(profile: ProfileName): GraphSource {
  const source = { profile: { documented, deployed }[profile], derivations, constants: protocol.constants };
  return source;
}

/**
 * The graph of a profile.
 *
 * @example
 * const graph = loadGraph('documented');
 * graph.nodes.get('srp.x')?.length; // 32
 */
export function loadGraph(profile: ProfileName): Graph {
  const known = loaded.get(profile) ?? buildGraph(graphSource(profile));
  loaded.set(profile, known);
  return known;
}
const loaded = new Map<ProfileName, Graph>();

/**
 * Builds and checks a graph.
 *
 * @param rules - what it may consist of; what the protocol uses by default
 * @throws {@link GraphError} with the name of the node for an unknown operator, reference, constant or
 * argument, a wrong type or length, or a cycle.
 */
export function buildGraph(source: GraphSource, rules: Rules = PROTOCOL): Graph {
  const { derivations, profile } = source;
  const declared = { ...derivations.inputs, ...derivations.nodes, ...profile.nodes };
  const nodes = new Map<string, Node>();
  for (const [name, data] of Object.entries(declared)) nodes.set(name, readNode(name, data, source));
  const ordered = inOrder(nodes);
  checkTypes(ordered, rules);
  return { profile: profile.name, nodes: ordered };
}

/** One value with everything filled in. */
export function readNode(name: string, data: Source, source: GraphSource): Node {
  try {
    return { name, secret: false, ...(resolve(data, source) as object) } as Node;
  } catch (error) {
    throw new GraphError(name, (error as Error).message);
  }
}

/**
 * Depth first, so that every node comes after the nodes it uses.
 *
 * @throws {@link GraphError} for a cycle
 */
export function inOrder(nodes: ReadonlyMap<string, Node>): Map<string, Node> {
  const ordered = new Map<string, Node>();
  const visit = (name: string, path: readonly string[]): void => {
    if (ordered.has(name)) return;
    const user = path.at(-1) ?? name;
    if (path.includes(name))
      throw new GraphError(name, `is derived from itself: ${[...path, name].join(' → ')}`);
    const node = nodes.get(name);
    if (node === undefined) throw new GraphError(user, `refers to ${name}, which is not a node`);
    for (const used of node.value === undefined ? [] : references(node.value)) visit(used, [...path, name]);
    ordered.set(name, node);
  };
  for (const name of nodes.keys()) visit(name, []);
  return ordered;
}

function checkTypes(nodes: ReadonlyMap<string, Node>, rules: Rules): void {
  for (const node of nodes.values()) checkType(node, nodes, rules);
}

/** @throws {@link GraphError} for a value that is not of its type or length */
export function checkType(node: Node, nodes: ReadonlyMap<string, Node>, rules: Rules): void {
  if (node.value === undefined) return;
  let found: Inferred;
  try {
    found = inferType(node.value, nodes, rules);
  } catch (error) {
    throw new GraphError(node.name, (error as Error).message);
  }
  if (found.type !== node.type)
    throw new GraphError(node.name, `is declared ${node.type}, its value is ${found.type}`);
  if (node.length !== undefined && found.length !== undefined && node.length !== found.length)
    throw new GraphError(node.name, `is declared ${node.length} bytes long, its value has ${found.length}`);
}
