/** The diagrams of chapter 3: which key opens what, and what is derived from what. Mermaid, without colours. */
import type { Graph, Node, ProfileName } from '../graph.ts';
import { references } from '../operators.ts';
import { allNodes, graphsOf, type SpecData } from './data.ts';
import { valueTable } from './formulas.ts';
import { block } from './markdown.ts';
import { locks } from './locks.ts';
import { symbol } from './notation.ts';

const STYLES = ['classDef secret stroke-width:3px', 'classDef public stroke-dasharray:4 3'];

/** `hierarchy`: from the passphrase to the documents. */
export function hierarchy(data: SpecData): string {
  const nodes = allNodes(graphsOf(data));
  const edges = [
    ...passphraseEdges(data, nodes),
    ...locks(data).flatMap(({ key, content, form, opener }) =>
      opener === key
        ? [edge(key, content, `opens ${form}`)]
        : [edge(opener, form, 'opens'), edge(key, form, 'locks', '-.->'), edge(form, content, 'holds')],
    ),
  ];
  return block('mermaid', ['flowchart TD', ...edges.map((line) => `  ${line}`)]);
}

/** Which keys come from the passphrase, directly or by way of another key. */
function passphraseEdges(data: SpecData, nodes: ReadonlyMap<string, Node>): string[] {
  const isKey = (name: string): boolean => name in data.protocol.keys || name === 'passphrase';
  const sources = (name: string): string[] => {
    const { value } = nodes.get(name) ?? {};
    const used = value === undefined ? [] : references(value);
    return used.flatMap((other) => (isKey(other) ? [other] : sources(other)));
  };
  return Object.keys(data.protocol.keys).flatMap((name) =>
    [...new Set(sources(name))]
      .filter((source) => nodes.get(source)?.secret === true && nodes.get(name)?.value !== undefined)
      .filter((source) => source === 'passphrase' || data.protocol.keys[source]?.kind === 'secret')
      .map((source) => edge(source, name, 'gives')),
  );
}
