/** The formulas of a section: what each of its derived values is made of, per profile. Chapters 4 to 6. */
import type { Graph, Node, ProfileName } from '../graph.ts';
import { resolve, type Source } from '../resolve.ts';
import { allNodes, graphsOf, sourceOf, valueSource, type SpecData } from './data.ts';
import { block, code, codes, table } from './markdown.ts';
import { fits, layOut, symbol, write, type Piece } from './notation.ts';

/** What stands for the argument of a variation point. */
export const GIVEN = 'given';

type Graphs = ReadonlyMap<ProfileName, Graph>;

/** `formulas 4.2` and its like: section → the table of its values, and their formulas. */
export function formulas(data: SpecData): ReadonlyMap<string, string> {
  const graphs = graphsOf(data);
  const derived = [...allNodes(graphs).values()].filter(({ value }) => value !== undefined);
  const sections = new Map<string, Node[]>();
  for (const node of derived) sections.set(node.section, [...(sections.get(node.section) ?? []), node]);
  return new Map([...sections].map(([section, nodes]) => [section, part(data, graphs, nodes)]));
}

function part(data: SpecData, graphs: Graphs, nodes: readonly Node[]): string {
  const definitions = nodes.map(({ name }) => definition(data, graphs, name));
  const apart = definitions.some((lines) => lines.includes('\n')) ? '\n\n' : '\n';
  return [valueTable(graphs, nodes), '', block('text', [definitions.join(apart)])].join('\n');
}

/** The values with their titles and forms. */
export function valueTable(graphs: Graphs, nodes: readonly Node[]): string {
  return table(
    ['value', 'what it is', 'form'],
    nodes.map((node) => [code(node.name), node.title, form(graphs, node.name)]),
  );
}

/** One formula where the profiles agree, one for each where they do not. */
function definition(data: SpecData, graphs: Graphs, name: string): string {
  const cases = data.protocol.profiles
    .filter((profile) => graphs.get(profile)?.nodes.has(name))
    .map((profile) => [profile, formula(data, profile, name)] as const);
  const [[, first] = ['', undefined]] = cases;
  const agree = cases.every(([, piece]) => piece.text === first?.text);
  const left = `${symbol(name)} =`;
  if (first && agree && cases.length === data.protocol.profiles.length)
    return `${left} ${layOut(first, '', left.length + 1)}`;
  const broken = cases.some(([profile, piece]) => !fits(piece, profile.length + 4));
  const lines = cases.map(([profile, piece]) => `  ${profile}: ${layOut(piece, '  ', 0, broken)}`);
  return [left, ...lines].join('\n');
}

/** The formula of a value in a profile: templates and variation points filled in, N and g by their names. */
export function formula(data: SpecData, profile: ProfileName, name: string): Piece {
  const source = valueSource(data, profile, name);
  if (source === undefined) throw new Error(`${name} is not derived in ${profile}`);
  return writeSource(data, profile, source);
}

/**
 * An expression of the data as it is written in a profile; `given` stands for what a variation point is applied
 * to.
 */
export function writeSource(data: SpecData, profile: ProfileName, source: Source): Piece {
  const constants = Object.entries(data.protocol.constants).map(([name, constant]) => [
    name,
    constant.type === 'bytes' ? { type: 'name', value: { constant: name } } : constant,
  ]);
  const names = { ...sourceOf(data, profile), constants: Object.fromEntries(constants) as never };
  return write(resolve(source, names, { of: GIVEN }), data.operators);
}

/** Type and length of a value, the profiles where they differ, and whether it is secret. */
function form(graphs: Graphs, name: string): string {
  const found = [...graphs].flatMap(([profile, { nodes }]) => {
    const node = nodes.get(name);
    return node === undefined ? [] : [{ profile, node, size: size(node) }];
  });
  const sizes = new Set(found.map(({ size }) => size));
  const parts = found.map(({ profile, size }) => `${size} in ${code(profile)}`);
  const [one = ''] = sizes;
  const only =
    found.length < graphs.size ? `${one}, ${codes(found.map(({ profile }) => profile))} only` : one;
  const kind = sizes.size > 1 ? parts.join(', ') : only;
  return found.some(({ node }) => node.secret) ? `${kind}; secret` : kind;
}

function size({ type, length, minLength, maxLength }: Node): string {
  if (type === 'json') return 'JSON';
  if (type !== 'bytes') return type;
  if (length !== undefined) return `${length} bytes`;
  return minLength === undefined ? 'bytes' : `${minLength} to ${maxLength ?? '∞'} bytes`;
}
