/**
 * Graphs with mistakes: the nodes of both profiles, since one reading may borrow from the other, the operators of
 * wrong readings, and derived values of any length. Only what an edit reaches is built anew.
 */
import {
  buildGraph,
  checkType,
  graphSource,
  inOrder,
  readNode,
  type Graph,
  type GraphSource,
  type Node,
  type ProfileName,
} from '../graph.ts';
import { MISTAKEN } from '../infer.ts';
import type { Source, SourceMap } from '../resolve.ts';
import { applyEdits, type Edit } from './edit.ts';

const OTHER: Readonly<Record<ProfileName, ProfileName>> = { documented: 'deployed', deployed: 'documented' };

interface Base {
  readonly source: GraphSource;
  readonly graph: Graph;
  /** Value → the constants, templates and variation points that it is written with. */
  readonly uses: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Whose formulas are edited: the S of a server is `srp.S_server`. */
export type Side = 'client' | 'server';

/** The graph of a profile that mistakes are made in: right, but ready for values of any length. */
export const rightGraph = (profile: ProfileName): Graph => baseOf(profile, 'client').graph;

/**
 * What edits make of a graph: the values that are computed otherwise than they should be.
 *
 * @throws EditError for a place that does not exist, GraphError for what cannot be executed
 */
export function editedNodes(
  profile: ProfileName,
  edits: readonly Edit[],
  side: Side = 'client',
): ReadonlyMap<string, Node> {
  const { source, graph, uses } = baseOf(profile, side);
  const edited = applyEdits(source, edits, baseOf(OTHER[profile], side).source);
  const changed = changedEntries(source, edited);
  const reached = [...uses].filter(
    ([name, used]) => changed.has(`nodes/${name}`) || [...used].some((entry) => changed.has(entry)),
  );
  const built = reached.map(([name]) =>
    withoutLength(readNode(name, declared(edited)[name] ?? null, edited)),
  );
  const differ = built.filter(
    ({ name, value }) => JSON.stringify(value) !== JSON.stringify(graph.nodes.get(name)?.value),
  );
  const nodes = new Map(differ.map((node) => [node.name, node]));
  const all = inOrder(new Map([...graph.nodes, ...nodes]));
  for (const node of nodes.values()) checkType(node, all, MISTAKEN);
  return nodes;
}

function baseOf(profile: ProfileName, side: Side): Base {
  const known = bases.get(`${profile} ${side}`);
  if (known !== undefined) return known;
  const source = mistakenSource(profile, side);
  const built = buildGraph(source, MISTAKEN);
  const nodes = new Map([...built.nodes].map(([name, node]) => [name, withoutLength(node)]));
  const uses = new Map(Object.entries(declared(source)).map(([name, node]) => [name, usesOf(node, source)]));
  const base = { source, graph: { ...built, nodes }, uses };
  bases.set(`${profile} ${side}`, base);
  return base;
}
const bases = new Map<string, Base>();

/** The published data of a profile, with the nodes that only the other one has, and the S of the side. */
function mistakenSource(profile: ProfileName, side: Side): GraphSource {
  const source = graphSource(profile);
  const nodes = { ...graphSource(OTHER[profile]).profile.nodes, ...source.profile.nodes };
  const whole = { ...source, profile: { ...source.profile, nodes } };
  return side === 'client' ? whole : applyEdits(whole, [{ at: 'nodes/srp.S', put: 'srp.S_server' }], whole);
}

const declared = ({ derivations, profile }: GraphSource): SourceMap => ({
  ...derivations.nodes,
  ...profile.nodes,
});

function withoutLength({ length, ...node }: Node): Node {
  return node.value === undefined && length !== undefined ? { ...node, length } : node;
}

/** What an edit replaced, as `templates/NAME`; what it left alone is the same object as before. */
function changedEntries(before: GraphSource, after: GraphSource): Set<string> {
  const tables = (source: GraphSource): Readonly<Record<string, Readonly<Record<string, unknown>>>> => ({
    constants: source.constants,
    templates: source.derivations.templates,
    variations: source.profile.variations,
    nodes: declared(source),
  });
  const old = tables(before);
  return new Set(
    Object.entries(tables(after)).flatMap(([kind, table]) =>
      Object.keys(table)
        .filter((name) => table[name] !== old[kind]?.[name])
        .map((name) => `${kind}/${name}`),
    ),
  );
}

/** The constants, templates and variation points that an expression is written with, directly or not. */
function usesOf(data: Source, source: GraphSource): Set<string> {
  if (typeof data !== 'object' || data === null) return new Set();
  return new Set(
    Object.entries(data).flatMap(([key, item]: [string, Source]) => usesOfMember(key, item, source)),
  );
}

function usesOfMember(key: string, item: Source, source: GraphSource): string[] {
  if (typeof item !== 'string') return [...usesOf(item, source)];
  if (key === 'constant') return [`constants/${item}`];
  const body = { template: source.derivations.templates, variation: source.profile.variations }[key]?.[item];
  return body === undefined ? [] : [`${key}s/${item}`, ...usesOf(body, source)];
}
