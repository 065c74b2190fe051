/** What encrypts what, read from the graph and held against `protocol.json`. Sections 3.1 and 6.2 to 6.5. */
import type { Node } from '../graph.ts';
import { references } from '../operators.ts';
import { allNodes, graphsOf, type SpecData } from './data.ts';

/** One encryption: `content`, encrypted with `key`, is `form`. */
export interface Lock {
  readonly key: string;
  readonly content: string;
  readonly form: string;
  /** The key that opens it, where that is another than the one that locks it. */
  readonly opener: string;
}

/**
 * Every encryption of the graph.
 *
 * @throws Error where `protocol.json` names another lock for a key than the graph
 */
export function locks(data: SpecData): Lock[] {
  const nodes = allNodes(graphsOf(data));
  const found = [...nodes.values()].flatMap((node) => {
    const lock = lockOf(node, nodes);
    return lock === undefined ? [] : [lock];
  });
  for (const [name, { lockedBy }] of Object.entries(data.protocol.keys)) {
    const lock =
      found.find(({ form }) => form === name) ??
      found.find(({ content, form }) => content === name && !(form in data.protocol.keys));
    if (lock?.key === lockedBy) continue;
    throw new Error(
      `protocol.json has ${name} locked by ${lockedBy ?? 'nothing'}, derivations.json by ${lock?.key ?? 'nothing'}`,
    );
  }
  return found;
}

function lockOf({ name, value }: Node, nodes: ReadonlyMap<string, Node>): Lock | undefined {
  if (typeof value !== 'object' || !('plaintext' in value)) return undefined;
  const key = (value['key'] ?? value['public-key']) as string;
  return {
    key,
    content: inputBehind(value['plaintext'] as string, nodes),
    form: name.replace(/\.sealed$/, ''),
    opener: value.op === 'rsa-oaep' ? key.replace('PUB_', 'PRV_') : key,
  };
}

/** The input that a plaintext is made of. */
function inputBehind(name: string, nodes: ReadonlyMap<string, Node>): string {
  const { value } = nodes.get(name) ?? {};
  if (value === undefined) return name;
  const [used] = references(value);
  return used === undefined ? name : inputBehind(used, nodes);
}
