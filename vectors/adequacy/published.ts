/** What the vectors publish: the valid derivations of a profile, each with every value between its inputs and outputs. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadGraph, readGiven, type Given, type ProfileName, type Value } from '../../spec/index.ts';
import type { VectorFile } from '../generate/family.ts';
import type { Vector } from '../generate/vector.ts';

/** One vector with known answers. */
export interface Published {
  /** Its family and id. */
  readonly id: string;
  readonly given: Given;
  /** Derived value → its lower-case hex. */
  readonly hex: ReadonlyMap<string, string>;
  /** Derived value → itself. */
  readonly values: ReadonlyMap<string, Value>;
}

/** The valid vectors of the step `derive`, in the order of their files. */
export function publishedVectors(profile: ProfileName): readonly Published[] {
  const folder = dirname(createRequire(import.meta.url).resolve('#vectors/README.md'));
  const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'keys.json');
  return names.sort().flatMap((name) => {
    const { family, groups } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as VectorFile;
    const vectors = groups.filter((group) => group.profile === profile).flatMap((group) => group.vectors);
    return vectors
      .filter(({ result, step }) => result === 'valid' && step === 'derive')
      .map((vector) => published(profile, family, vector));
  });
}

function published(profile: ProfileName, family: string, vector: Vector): Published {
  const { id, inputs, intermediates, outputs } = vector;
  const graph = loadGraph(profile);
  const hex = new Map(Object.entries({ ...intermediates, ...outputs }));
  const values = new Map(
    [...hex].map(([name, text]) => [name, read(text, graph.nodes.get(name)?.type === 'text')] as const),
  );
  return { id: `${family}/${id}`, given: readGiven(graph, inputs), hex, values };
}

function read(hex: string, isText: boolean): Value {
  const bytes = Buffer.from(hex, 'hex');
  return isText ? bytes.toString('utf8') : Uint8Array.from(bytes);
}
