/**
 * Mistakes: the named ones of `mistakes.json`, and the mechanical ones that are made from every value of a profile.
 * Each says which values it computes otherwise, and how; `diagnose/` searches them, the vectors are held against them.
 */
import { isDeepStrictEqual } from 'node:util';
import file from './mistakes.json' with { type: 'json' };
import requirementsFile from './requirements.json' with { type: 'json' };
import type { Expression, ProfileName } from './graph.ts';
import type { Edit } from './mistaken/edit.ts';
import { editedNodes, type Side } from './mistaken/graph.ts';
import { mechanicalEdits } from './mistaken/mechanical.ts';

/** One wrong reading of one profile. */
export interface Mistake {
  /** Its id; for a mechanical one the value, the place within it, and what is done there. */
  readonly id: string;
  /** Whether it is one of `mistakes.json`, or made by rule. */
  readonly kind: 'named' | 'mechanical';
  /** What is done wrong, to follow "the value one gets with". */
  readonly title: string;
  /** What is right. */
  readonly hint: string;
  /** The section that it misreads, for example `4.2`. */
  readonly section: string;
  /** The requirement that it breaks: for a mechanical one, that of the value. */
  readonly requirement: string;
  /** Where it was seen. */
  readonly seen: readonly string[];
  /** The value that must begin with a zero byte for it to show. */
  readonly zero?: string;
  /** Inputs with which it shows, in the form of `readGiven`, where most do not show it. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Why it yields the right values all the same, in the profile at hand. */
  readonly equivalent?: string;
  /** What it computes otherwise: name of the value → expression. */
  readonly nodes: ReadonlyMap<string, Expression>;
  /** Its edits, from which two mistakes in one value are put together; named mistakes only. */
  readonly edits?: readonly Edit[];
}

/** An entry of `mistakes.json`. */
interface Entry {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly section: string;
  readonly requirement: string;
  readonly requirementIn?: Readonly<Partial<Record<ProfileName, string>>>;
  readonly profiles?: readonly ProfileName[];
  readonly seen?: readonly string[];
  readonly zero?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly equivalent?: Readonly<Partial<Record<ProfileName, string>>>;
  readonly edits: readonly Edit[];
}

const entries = file.mistakes as unknown as readonly Entry[];

/**
 * The named mistakes of a profile, in the order of `mistakes.json`.
 *
 * @example
 * const swapped = namedMistakes('documented').find(({ id }) => id === 'hkdf-salt-ikm-swapped');
 * [...swapped.nodes.keys()]; // ['SLT_TMP_1', 'SLT_TMP_2']
 */
export function namedMistakes(profile: ProfileName): readonly Mistake[] {
  return kept(named, profile, () => entriesOf(profile).map((entry) => mistakeOf(profile, entry, 'client')));
}
const named = new Map<ProfileName, readonly Mistake[]>();

/** The named mistakes of a profile that break what a server must do, with S as a server computes it. */
export function namedMistakesOfServers(profile: ProfileName): readonly Mistake[] {
  return kept(ofServers, profile, () =>
    entriesOf(profile)
      .filter(({ requirement }) => !onlyOfClients.has(requirement))
      .map((entry) => mistakeOf(profile, entry, 'server')),
  );
}
const ofServers = new Map<ProfileName, readonly Mistake[]>();
const onlyOfClients = new Set(
  requirementsFile.requirements.filter(({ role }) => role === 'client').map(({ id }) => id),
);

const entriesOf = (profile: ProfileName): Entry[] =>
  entries.filter(({ profiles }) => profiles?.includes(profile) ?? true);

function mistakeOf(
  profile: ProfileName,
  { equivalent, profiles: _, requirementIn, ...entry }: Entry,
  side: Side,
): Mistake {
  return {
    seen: [],
    ...entry,
    requirement: requirementIn?.[profile] ?? entry.requirement,
    ...(equivalent?.[profile] !== undefined && { equivalent: equivalent[profile] }),
    kind: 'named',
    nodes: valuesOf(profile, entry.edits, side),
  };
}

/**
 * The mechanical mistakes of a profile: an operand dropped, exchanged or swapped, a constant, hash or encoding
 * changed, zero bytes lost, a step left out. Those that equal a named one are left out.
 */
export function mechanicalMistakes(profile: ProfileName): readonly Mistake[] {
  return kept(mechanical, profile, () => {
    const known = new Set(namedMistakes(profile).map(({ nodes }) => JSON.stringify([...nodes])));
    return mechanicalEdits(profile).filter(({ nodes }) => {
      const text = JSON.stringify([...nodes]);
      return known.has(text) ? false : known.add(text);
    });
  });
}

/** Those of a profile that break what a server must do. */
export const mechanicalMistakesOfServers = (profile: ProfileName): readonly Mistake[] =>
  mechanicalMistakes(profile).filter(({ requirement }) => !onlyOfClients.has(requirement));
const mechanical = new Map<ProfileName, readonly Mistake[]>();

/** Two named mistakes made at once; undefined where one leaves no place for the other, or nothing of it. */
export function bothMistakes(profile: ProfileName, one: Mistake, other: Mistake): Mistake | undefined {
  const inOrder = [one, other].sort((left, right) => breadth(right) - breadth(left));
  for (const order of [inOrder, inOrder.toReversed()])
    try {
      const edits = order.flatMap((mistake) => mistake.edits ?? []);
      const nodes = valuesOf(profile, edits);
      if (order.some((mistake) => isDeepStrictEqual(mistake.nodes, nodes))) continue;
      return { ...one, id: `${one.id} + ${other.id}`, nodes, edits };
    } catch {
      continue; // in this order the second finds nothing that it could edit
    }
  return undefined;
}

/** What edits make of the values that they reach. */
function valuesOf(
  profile: ProfileName,
  edits: readonly Edit[],
  side: Side = 'client',
): ReadonlyMap<string, Expression> {
  const nodes = [...editedNodes(profile, edits, side).values()];
  return new Map(nodes.map(({ name, value = name }) => [name, value]));
}

/** A mistake that puts something in place of a whole value goes before one that changes a detail of it. */
const breadth = ({ edits = [] }: Mistake): number => (edits.some(({ find }) => find === undefined) ? 1 : 0);

function kept<T>(store: Map<ProfileName, T>, profile: ProfileName, make: () => T): T {
  const found = store.get(profile) ?? make();
  store.set(profile, found);
  return found;
}
