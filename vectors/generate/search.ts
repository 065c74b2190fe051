/** Counts until each rare event of `leading-zeros` happens: `counters.json`, the same on every machine. */
import protocol from '../../spec/protocol.json' with { type: 'json' };
import {
  evaluate,
  loadGraph,
  readGiven,
  valueToHex,
  type Given,
  type Graph,
  type ProfileName,
  type Value,
} from '../../spec/index.ts';
import { references } from '../../spec/operators.ts';
import { happens, inputsOf, type Event } from './rare-event.ts';
import { EVENTS } from './rare-events.ts';
import { usedFor, type Inputs, type Values } from './vector.ts';

/** The text of `counters.json`: profile → event → the least counter at which it happens. */
export function countersFile(): string {
  const found = (protocol.profiles as ProfileName[]).map((profile) => {
    const events = EVENTS.filter(({ only }) => (only ?? profile) === profile);
    return [profile, Object.fromEntries(events.map((event) => [event.id, search(profile, event)]))];
  });
  return `${JSON.stringify(Object.fromEntries(found), null, 2)}\n`;
}

/** The least counter at which an event happens. */
export function search(profile: ProfileName, event: Event): number {
  const graph = onlyFor(event, loadGraph(profile));
  const fixed = unchanging(event, graph);
  for (let counter = 0; ; counter++) {
    const given = { ...known(graph, inputsOf(event, counter)), ...fixed };
    if (happens(event, hexOf(evaluate(graph, given).values))) return counter;
  }
}

/** The graph of nothing but what the value is computed from. */
function onlyFor({ value }: Event, graph: Graph): Graph {
  const name = value === 'encContent.tag' ? 'encContent.sealed' : value;
  const used = usedFor([name], graph, {});
  const nodes = [...graph.nodes].filter(
    ([node, { value: formula }]) => formula === undefined || used.has(node),
  );
  return { ...graph, nodes: new Map(nodes) };
}

/** The values that no counter changes, computed once. */
function unchanging(event: Event, graph: Graph): Given {
  const [first, second] = [inputsOf(event, 0), inputsOf(event, 1)];
  const varied = Object.keys(first).filter((name) => first[name] !== second[name]);
  const { values } = evaluate(graph, known(graph, first));
  const depends = (name: string): boolean => {
    const formula = graph.nodes.get(name)?.value;
    return varied.includes(name) || (formula !== undefined && references(formula).some(depends));
  };
  return Object.fromEntries([...values].filter(([name]) => !depends(name)));
}

const known = (graph: Graph, inputs: Inputs): Given =>
  readGiven(graph, Object.fromEntries(Object.entries(inputs).filter(([name]) => graph.nodes.has(name))));

const hexOf = (values: ReadonlyMap<string, Value>): Values =>
  Object.fromEntries([...values].map(([name, value]) => [name, valueToHex(value)]));
