/** The data that the generated parts of the chapters are made from, as it stands in the files of `spec/`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGraph, type Graph, type GraphSource, type Node, type ProfileName } from '../graph.ts';
import type { Operator } from '../operators.ts';
import type { Source, SourceMap } from '../resolve.ts';
import { schemas, specFolder, type Schema } from '../schemas.ts';
import type { Story } from './examples-story.ts';
import { withLengths } from './lengths.ts';

/** A key, salt or secret of `protocol.json`. */
export interface Key {
  readonly description: string;
  readonly kind: string;
  readonly bytes?: number;
  readonly stored: boolean;
  readonly locked: boolean;
  readonly lockedBy?: string;
  readonly field?: string;
  readonly form?: string;
}

/** A constant of `protocol.json`. */
export interface Constant {
  readonly type: string;
  readonly value: string | number;
  readonly description: string;
}

/** A profile of `profiles/`. */
export interface Profile {
  readonly name: string;
  readonly variations: SourceMap;
  readonly nodes: SourceMap;
  readonly policies: Readonly<Record<string, string>>;
}

/** `errors.json`. */
export interface Errors {
  readonly codes: Readonly<Record<string, { readonly status: number; readonly reason: string }>>;
  readonly stages: Readonly<Record<string, string>>;
}

/** Everything that a generated part is made from. */
export interface SpecData {
  readonly protocol: {
    readonly version: string;
    readonly profiles: readonly ProfileName[];
    readonly keys: Readonly<Record<string, Key>>;
    readonly constants: Readonly<Record<string, Constant>>;
  };
  readonly derivations: GraphSource['derivations'];
  readonly profiles: Readonly<Record<ProfileName, Profile>>;
  readonly operators: Readonly<Record<string, Operator>>;
  readonly errors: Errors;
  readonly story: Story;
  readonly schemas: ReadonlyMap<string, Schema>;
}

/** The data as it is published. */
export function readSpecData(): SpecData {
  return {
    protocol: read('protocol.json') as SpecData['protocol'],
    derivations: read('derivations.json') as SpecData['derivations'],
    profiles: {
      documented: read('profiles/documented.json') as Profile,
      deployed: read('profiles/deployed.json') as Profile,
    },
    operators: read('operators.json') as SpecData['operators'],
    errors: read('errors.json') as Errors,
    story: read('story.json') as Story,
    schemas,
  };
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(specFolder, file), 'utf8'));

/** What the graph of a profile is built from. */
export function sourceOf(data: SpecData, profile: ProfileName): GraphSource {
  return {
    profile: data.profiles[profile],
    derivations: data.derivations,
    constants: data.protocol.constants,
  };
}

/** The graph of each profile, with every length that is known beforehand. */
export function graphsOf(data: SpecData): ReadonlyMap<ProfileName, Graph> {
  return new Map(
    data.protocol.profiles.map((profile) => [profile, withLengths(buildGraph(sourceOf(data, profile)))]),
  );
}

/** The nodes of all profiles, each once, in the order of the first profile that has it. */
export function allNodes(graphs: ReadonlyMap<ProfileName, Graph>): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  for (const { nodes } of graphs.values())
    for (const [name, node] of nodes) if (!found.has(name)) found.set(name, node);
  return found;
}

/** The value of a node as it stands in the data, before anything is filled in; undefined for an input. */
export function valueSource(data: SpecData, profile: ProfileName, name: string): Source | undefined {
  const node = data.derivations.nodes[name] ?? data.profiles[profile].nodes[name];
  return (node as SourceMap | undefined)?.['value'];
}
