/** What the story comes to in a profile: every value of the graph for Jane, for Bob, and for Jane after the change. */
import { readGiven, valueToHex } from '../encode.ts';
import { evaluate, type Evaluation, type Pbkdf2Cache } from '../evaluate.ts';
import type { Graph, ProfileName } from '../graph.ts';
import { graphsOf, type SpecData } from './data.ts';
import type { GivenSource, Person, Story } from './examples-story.ts';

/** The values of one person. */
export interface Values {
  /** Bytes as hex. */
  hex(name: string): string;
  /** A text as it is. */
  text(name: string): string;
  /** A JSON value. */
  json(name: string): unknown;
  /** Everything that was computed, and the graph that it was computed by. */
  readonly evaluation: Evaluation;
  readonly graph: Graph;
}

/** The story in a profile. */
export interface World {
  readonly profile: ProfileName;
  /** What the profile does where it is no matter of bytes. */
  readonly policies: Readonly<Record<string, string>>;
  readonly story: Story;
  /** Jane's account, her login, her group with her link, and her resource. */
  readonly jane: Values;
  /** Bob's account, and his link to Jane's group. */
  readonly bob: Values;
  /** Jane's account after the change of passphrase. */
  readonly changed: Values;
  /** The values that follow from these inputs. */
  derive(given: GivenSource): Values;
}

/** Kept for all worlds: whoever edits the data tells the story often. */
const cache: Pbkdf2Cache = new Map();

/** @throws Error that names the value, where the data of the profile and the story do not go together */
export function tell(data: SpecData, profile: ProfileName): World {
  const { story } = data;
  const { policies } = data.profiles[profile];
  const derive = deriver(data, profile);
  const world: World = {
    ...{ profile, policies, story, derive },
    jane: derive({
      ...story.jane.given,
      ...story.login.given,
      ...story.group.given,
      ...story.group.links.jane,
      ...story.resource.given,
    }),
    bob: derive({ ...story.bob.given, ...story.group.given, ...story.group.links.bob }),
    changed: derive({ ...story.jane.given, ...changeOf(story, policies) }),
  };
  checkTag(world, data);
  return world;
}

/** In a profile that keeps the salts, the change brings no new ones. */
function changeOf({ change }: Story, policies: World['policies']): GivenSource {
  const kept = policies['salts-on-change'] === 'kept';
  const parts = Object.entries(change.given).filter(([name]) => !(kept && name.startsWith('SLT_')));
  return Object.fromEntries(parts);
}

/** Computes in a profile the values that follow from some inputs. */
export function deriver(data: SpecData, profile: ProfileName): (given: GivenSource) => Values {
  const graph = graphsOf(data).get(profile);
  if (graph === undefined) throw new Error(`protocol.json does not name the profile ${profile}`);
  return (given) => valuesOf(graph, given);
}

function valuesOf(graph: Graph, given: GivenSource): Values {
  const evaluation = evaluate(graph, readGiven(graph, given), cache);
  const valueOf = (name: string) => {
    const value = evaluation.values.get(name);
    if (value === undefined) throw new Error(`${name} does not follow from the story`);
    return value;
  };
  return {
    ...{ evaluation, graph },
    hex: (name) => valueToHex(valueOf(name)),
    text(name) {
      const value = valueOf(name);
      if (typeof value !== 'string') throw new Error(`${name} is not a text`);
      return value;
    },
    json(name) {
      const value = valueOf(name);
      if (typeof value !== 'object' || value instanceof Uint8Array) throw new Error(`${name} is not JSON`);
      return value.json;
    },
  };
}

/** The graph cuts the tag off without its length as a constant. */
function checkTag({ jane }: World, { protocol }: SpecData): void {
  const { t } = JSON.parse(jane.text('encSymmetricKey')) as { readonly t: string };
  const bytes = protocol.constants['TAG_BYTES']?.value;
  if (t.length !== 2 * Number(bytes))
    throw new Error(`the tag of encSymmetricKey has not ${bytes ?? 0} bytes`);
}

/** The string that holds a JSON value in a message. */
export const compact = (value: unknown): string => JSON.stringify(value);

/** The two members by which a message names an account's owner. */
export const namesOf = ({ firstName, lastName }: Person): Pick<Person, 'firstName' | 'lastName'> => ({
  firstName,
  lastName,
});
