/**
 * Mechanical mistakes: small changes, made by rule, in every place of every value of a profile. A rule looks at one
 * place and proposes what could stand there instead.
 */
import requirementsFile from '../requirements.json' with { type: 'json' };
import { loadGraph, type Expression, type Graph, type Node, type ProfileName, type Type } from '../graph.ts';
import { inferType, MISTAKEN } from '../infer.ts';
import { references, upstream } from '../operators.ts';
import type { Mistake } from '../mutate.ts';
import { formulaOf } from './describe.ts';
import { positions, type Position } from './positions.ts';
import { changes, type Change, type Place } from './rules.ts';

/** Every change that a rule proposes and that can be executed. */
export function mechanicalEdits(profile: ProfileName): Mistake[] {
  const graph = loadGraph(profile);
  const computed = [...graph.nodes.values()].filter((node) => node.value !== undefined);
  return computed.flatMap((node) => {
    const requirement = requirementOf(node, profile);
    const neighbours = neighboursOf(node, graph);
    return positions(node.value ?? '').flatMap((position) => {
      const place = placeOf(position, node, neighbours, graph);
      return changes(place).flatMap((change) => mistake(node, position, { ...change, requirement }, graph));
    });
  });
}

/** The requirement that says how a value is computed in a profile. */
function requirementOf({ name, requirements = [] }: Node, profile: ProfileName): string {
  const [found, ...others] = requirements.filter((id) => ['both', profile].includes(profileOf(id)));
  if (found === undefined || others.length > 0)
    throw new Error(`${name} is to be bound to one requirement in ${profile}`);
  return found;
}

const profileOf = (id: string): string =>
  requirementsFile.requirements.find((requirement) => requirement.id === id)?.profile ?? 'none';

function mistake(
  node: Node,
  { expression, path, put }: Position,
  { what, put: replacement, ...change }: Change & Pick<Mistake, 'requirement'>,
  graph: Graph,
): Mistake[] {
  const value = put(replacement);
  const { name, section } = node;
  if (typeIn(replacement, graph) !== typeIn(expression, graph)) return [];
  if (references(value).some((used) => reaches(used, name, graph))) return [];
  const hint = `The formula is ${formulaOf(node)}.`;
  const words = { title: `${change.title} in ${name}`, hint, section, seen: [] };
  return [
    {
      ...change,
      id: `${name}${path}:${what}`,
      kind: 'mechanical',
      ...words,
      nodes: new Map([[name, value]]),
    },
  ];
}

function placeOf(position: Position, node: Node, neighbours: readonly Node[], graph: Graph): Place {
  const { expression } = position;
  const type = typeIn(expression, graph);
  const own = typeof expression === 'string' ? graph.nodes.get(expression) : undefined;
  const alike = own === undefined ? [] : neighbours.filter((other) => other !== own && sameForm(own, other));
  return {
    node,
    position,
    type,
    alike: alike.map(({ name }) => name),
    fixed: everything(expression, graph).every((name) => graph.nodes.get(name)?.value !== undefined),
    text: isText(expression, graph),
  };
}

const sameForm = (one: Node, other: Node): boolean => one.type === other.type && one.length === other.length;

/** The values of the same chapter, and those that it is made from: what one is likely to confuse. */
function neighboursOf({ section }: Node, graph: Graph): Node[] {
  const chapter = (node: Node): string => node.section.split('.')[0] ?? '';
  const own = [...graph.nodes.values()].filter((node) => chapter(node) === section.split('.')[0]);
  const used = new Set(own.flatMap((node) => [node.name, ...references(node.value ?? node.name)]));
  return [...graph.nodes.values()].filter(({ name, value }) => used.has(name) && typeof value !== 'string');
}

function typeIn(expression: Expression, graph: Graph): Type {
  return inferType(expression, graph.nodes, MISTAKEN).type;
}

/** The names of all values that an expression is made from. */
const everything = (expression: Expression, graph: Graph): string[] =>
  references(expression).flatMap((name) => [name, ...upstream(name, graph)]);

const reaches = (from: string, name: string, graph: Graph): boolean =>
  from === name || upstream(from, graph).has(name);

/** Whether bytes are text, which has no zero bytes in front. */
function isText(expression: Expression, graph: Graph): boolean {
  const call = typeof expression === 'string' ? graph.nodes.get(expression)?.value : expression;
  return typeof call === 'object' && call.op === 'utf8';
}
