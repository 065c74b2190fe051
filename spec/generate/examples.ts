/**
 * Every example of the specification: one story, told in each profile by the evaluator. `examples.json` holds them, the
 * chapters, the schemas and the HTTP binding show them.
 */
import { isDeepStrictEqual } from 'node:util';
import { accountMessages } from './examples-account.ts';
import { adapterMessages } from './examples-adapter.ts';
import { errorBodies } from './examples-errors.ts';
import { keys } from './examples-keys.ts';
import { records } from './examples-records.ts';
import { sharingMessages } from './examples-sharing.ts';
import { checkStory } from './examples-story.ts';
import { syncMessages } from './examples-sync.ts';
import { derivations, singleValues } from './examples-values.ts';
import { tell, type World } from './examples-world.ts';
import type { SpecData } from './data.ts';

/** Schema → name of the example → what it is, in one profile. A part of a schema is named as in `types#/$defs/iv`. */
export type Cases = Readonly<Record<string, Readonly<Record<string, Case>>>>;

interface Case {
  /** A phrase. */
  readonly summary: string;
  readonly value: unknown;
}

/** An example as an Example Object of OpenAPI. */
export interface Example extends Case {
  /** The profiles in which it holds, where it does not in all. */
  readonly 'x-profiles'?: readonly string[];
}

/** Schema → name → example. Where the profiles differ, the second has its name at the end. */
export type Examples = ReadonlyMap<string, ReadonlyMap<string, Example>>;

const chapters: readonly ((world: World) => Cases)[] = [
  ...[keys, accountMessages, sharingMessages, syncMessages, records],
  ...[errorBodies, singleValues, derivations, adapterMessages],
];

/** @throws Error in words where the story and the data do not go together */
export function examplesOf(data: SpecData): Examples {
  checkStory(data);
  const told = new Map<string, Map<string, Variant[]>>();
  for (const profile of data.protocol.profiles) {
    const world = tell(data, profile);
    for (const [schema, cases] of chapters.flatMap((chapter) => Object.entries(chapter(world)))) {
      const named = told.get(schema) ?? new Map<string, Variant[]>();
      for (const [name, found] of Object.entries(cases))
        named.set(name, inProfile(named.get(name) ?? [], profile, found));
      told.set(schema, named);
    }
  }
  const count = data.protocol.profiles.length;
  return new Map([...told].map(([schema, named]) => [schema, inWords(named, count)]));
}

/** An example, and the profiles in which it has this value. */
interface Variant extends Case {
  readonly profiles: readonly string[];
}

/** The variants of an example with one more profile: it is as in another, or on its own. */
function inProfile(variants: readonly Variant[], profile: string, found: Case): Variant[] {
  const same = variants.find(({ value }) => isDeepStrictEqual(value, found.value));
  if (same === undefined) return [...variants, { ...found, profiles: [profile] }];
  return variants.map((it) => (it === same ? { ...it, profiles: [...it.profiles, profile] } : it));
}

/** The variants under their names. What holds in every profile need not say so. */
function inWords(named: ReadonlyMap<string, readonly Variant[]>, count: number): Map<string, Example> {
  const words = ({ summary, value, profiles }: Variant): Example =>
    profiles.length === count
      ? { summary, value }
      : { summary: `${summary}, in the profile ${profiles.join(', ')}`, 'x-profiles': profiles, value };
  return new Map(
    [...named].flatMap(([name, variants]) =>
      variants.map((it, i) => [i === 0 ? name : `${name}-${it.profiles.join('-')}`, words(it)] as const),
    ),
  );
}
