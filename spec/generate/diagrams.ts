/** `graph`: the inputs, and for each chapter that derives values what is computed from what. Section 3.6. */
import type { Graph, Node, ProfileName } from '../graph.ts';
import { references } from '../operators.ts';
import { allNodes, graphsOf, type SpecData } from './data.ts';
import { valueTable } from './formulas.ts';
import { wrap } from './markdown.ts';
import { arrow, flowchart, rounded, square } from './mermaid.ts';
import { symbol } from './notation.ts';

type Graphs = ReadonlyMap<ProfileName, Graph>;

/** A value, one that it is computed from, and the profiles in which it is. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly profiles: readonly ProfileName[];
}

const LEGEND =
  'Rounded: an input, or a value of an earlier chapter. A thick border: secret. ' +
  'A dotted arrow: only in the profile that it names.';

export function graph(data: SpecData): string {
  const graphs = graphsOf(data);
  const nodes = allNodes(graphs);
  const inputs = [...nodes.values()].filter(({ value }) => value === undefined);
  const derived = [...nodes.values()].filter(({ value }) => value !== undefined);
  const chapters = [...new Set(derived.map(chapterOf))].sort((a, b) => Number(a) - Number(b));
  const diagrams = chapters.flatMap((chapter) => {
    const edges = derived
      .filter((node) => chapterOf(node) === chapter)
      .flatMap(({ name }) => edgesTo(graphs, name));
    const pieces = connected(edges).map((piece) => diagram(piece, chapter, nodes, graphs.size));
    return [`Chapter ${chapter}:`, ...pieces];
  });
  return [
    'These values are not computed from others:',
    valueTable(graphs, inputs),
    ...diagrams,
    wrap(LEGEND),
  ].join('\n\n');
}

const chapterOf = ({ section }: Node): string => section.split('.')[0] ?? '';

/** What a value is computed from. */
function edgesTo(graphs: Graphs, to: string): Edge[] {
  const found = new Map<string, ProfileName[]>();
  for (const [profile, { nodes }] of graphs) {
    const value = nodes.get(to)?.value;
    const used = value === undefined ? [] : references(value);
    for (const from of new Set(used)) found.set(from, [...(found.get(from) ?? []), profile]);
  }
  return [...found].map(([from, profiles]) => ({ from, to, profiles }));
}

/** The edges in groups that have no value in common. */
function connected(edges: readonly Edge[]): Edge[][] {
  const groups: Edge[][] = [];
  for (const edge of edges) {
    const touching = groups.filter((group) =>
      group.some((other) => ends(other).some((end) => ends(edge).includes(end))),
    );
    const first = touching[0];
    if (first === undefined) groups.push([edge]);
    else {
      const others = touching.slice(1);
      first.push(...others.flat(), edge);
      for (const other of others) groups.splice(groups.indexOf(other), 1);
    }
  }
  return groups;
}

const ends = ({ from, to }: Edge): string[] => [from, to];

/** A diagram of so many layers still fits from left to right. */
const WIDE = 5;

function diagram(
  edges: readonly Edge[],
  chapter: string,
  nodes: ReadonlyMap<string, Node>,
  profiles: number,
): string {
  const names = [...new Set(edges.flatMap(ends))];
  const shapes = names.map((name) => {
    const node = nodes.get(name);
    const inside = node?.value !== undefined && chapterOf(node) === chapter;
    return (inside ? square : rounded)(name, symbol(name));
  });
  const lines = edges.map((edge) =>
    edge.profiles.length === profiles
      ? arrow(edge.from, edge.to)
      : arrow(edge.from, edge.to, edge.profiles.join(', '), '-.->'),
  );
  const secret = names.filter((name) => nodes.get(name)?.secret === true);
  return flowchart(layers(edges) > WIDE ? 'TD' : 'LR', [...shapes, ...lines], secret);
}

/** The number of values on the longest way. */
function layers(edges: readonly Edge[]): number {
  const depth = (name: string): number =>
    1 + Math.max(0, ...edges.filter(({ to }) => to === name).map(({ from }) => depth(from)));
  return Math.max(...edges.map(({ to }) => depth(to)));
}
