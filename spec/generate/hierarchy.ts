/** `hierarchy`: which key opens what, from the passphrase to the documents. Section 3.1. */
import type { Node } from '../graph.ts';
import { references } from '../operators.ts';
import { allNodes, graphsOf, type SpecData } from './data.ts';
import { locks } from './locks.ts';
import { arrow, flowchart, rounded } from './mermaid.ts';

export function hierarchy(data: SpecData): string {
  const { keys } = data.protocol;
  const encryptions = locks(data).flatMap(({ key, content, form, opener }) =>
    opener === key
      ? [arrow(key, content, `opens ${form}`)]
      : [arrow(opener, form, 'opens'), arrow(key, form, 'locks', '-.->'), arrow(form, content, 'holds')],
  );
  const lines = [rounded('passphrase'), ...fromPassphrase(data), ...encryptions];
  const unstored = ['passphrase', ...Object.keys(keys).filter((name) => keys[name]?.stored === false)];
  return [flowchart('TD', lines, unstored), '', 'A thick border: never stored by the server.'].join('\n');
}

/** Which keys come from the passphrase, directly or by way of another secret. */
function fromPassphrase(data: SpecData): string[] {
  const { keys } = data.protocol;
  const nodes = allNodes(graphsOf(data));
  const used = ({ value }: Partial<Node>): string[] => (value === undefined ? [] : references(value));
  const sources = (name: string): string[] =>
    used(nodes.get(name) ?? {}).flatMap((other) =>
      other === 'passphrase' || keys[other]?.kind === 'secret' ? [other] : sources(other),
    );
  const derived = Object.keys(keys).filter((name) => ['secret', 'verifier'].includes(keys[name]?.kind ?? ''));
  return derived.flatMap((name) => [...new Set(sources(name))].map((source) => arrow(source, name, 'gives')));
}
