/** What there must be after each step of a story: persons, their devices, groups and documents; and the client that takes the steps. */
import { Blocked, expectSame, expectThat } from '../check.ts';
import type { ClientBench, Signup } from '../client/bench.ts';
import { expectDone, idOf } from '../client/flows.ts';
import type { TypedAccount } from '../inputs.ts';
import { VerbError } from '../target/client-target.ts';
import type { Params, Result, Verb } from '../target/verbs.ts';

export interface Person {
  readonly name: string;
  readonly signup: Signup;
  /** What opens the account now. */
  typed: Pick<TypedAccount, 'email' | 'passphrase'>;
  /** Handles of sessions, each a device. */
  devices: string[];
  /** How many devices there were so far. */
  logins: number;
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly owner: Person;
  readonly members: Set<Person>;
  /** By id, as JSON. */
  readonly documents: Map<string, string>;
  /** What each person could see while a member, as `id: document`. A device keeps what it has when its person is not one any more. */
  readonly shown: Map<Person, Set<string>>;
}

export interface World {
  readonly bench: ClientBench;
  readonly persons: readonly Person[];
  readonly groups: Group[];
  /** By the handle of a device the groups that it made, shared or saw in a pull (8.1), each with the ids that it holds there. */
  readonly known: Map<string, Map<Group, Set<string>>>;
  /** Everything that was done, in words. */
  readonly told: string[];
}

/** One of those that there are. */
export const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length];

/** Calls the client, and says that it must succeed. */
export async function does<V extends Verb>({ bench }: World, verb: V, params: Params<V>): Promise<Result<V>> {
  return expectDone(await bench.call(verb, params), verb);
}

/** Says that a call must fail. @throws Failure where the client reports success */
export function expectFailed(result: unknown, what: string): asserts result is VerbError {
  expectThat(result instanceof VerbError, `${what} was reported as done`, {
    expected: 'an error',
    actual: JSON.stringify(result),
  });
}

/** One more device of a person. */
export async function logIn({ bench, told }: World, person: Person): Promise<string> {
  told.push(`${person.name} logs in on device ${++person.logins}`);
  const { session, accountId } = expectDone(await bench.login(person.typed), 'login');
  expectSame('accountId', idOf(person.signup), accountId);
  person.devices.push(session);
  return session;
}

/** A device of a person, a new one where there is none. */
export async function deviceOf(world: World, person: Person, n: number): Promise<string> {
  return pick(person.devices, n) ?? (await logIn(world, person));
}

/** What a device holds of a group, which it knows from now on. */
export function heldOf({ known }: World, session: string, group: Group): Set<string> {
  const groups = known.get(session) ?? new Map<Group, Set<string>>();
  const held = groups.get(group) ?? new Set();
  known.set(session, groups.set(group, held));
  return held;
}

const groupsOf = ({ groups }: World, person: Person): readonly Group[] =>
  groups.filter(({ members }) => members.has(person));

/** A group that a person is in, whether this device knows it or not; a new one where there is none. */
export async function groupOf(world: World, person: Person, session: string, n: number): Promise<Group> {
  return pick(groupsOf(world, person), n) ?? (await makeGroup(world, person, session));
}

/** A group that a person is in and that this device knows, a new one where there is none. */
export async function knownGroupOf(world: World, person: Person, session: string, n: number): Promise<Group> {
  const known = groupsOf(world, person).filter((group) => world.known.get(session)?.has(group));
  return pick(known, n) ?? (await makeGroup(world, person, session));
}

export async function makeGroup(world: World, owner: Person, session: string): Promise<Group> {
  const name = `group ${world.groups.length + 1}`;
  world.told.push(`${owner.name} makes ${name}`);
  const parentResourceId = `wrk_${world.groups.length + 1}`;
  const { groupId } = await does(world, 'createGroup', { session, parentResourceId, name });
  const group: Group = {
    ...{ id: groupId, name, owner, members: new Set([owner]) },
    ...{ documents: new Map(), shown: new Map() },
  };
  world.groups.push(group);
  heldOf(world, session, group);
  return group;
}

/** Whoever is in the group can see what is in it now. */
export function show({ members, documents, shown }: Group): void {
  for (const person of members) {
    const seen = shown.get(person) ?? new Set();
    for (const [id, document] of documents) seen.add(`${id}: ${document}`);
    shown.set(person, seen);
  }
}

/** What a device must hold after a pull: every document of every group that its person is in. */
export function expected(world: World, person: Person): readonly string[] {
  return world.groups
    .filter(({ members }) => members.has(person))
    .flatMap(({ name, documents }) => [...documents].map(([id, document]) => `${name}/${id}: ${document}`))
    .sort();
}

/** Pulls, and holds what comes against what there must be. */
export async function pull(world: World, person: Person, session: string): Promise<void> {
  const { resources, failed } = await does(world, 'pull', { session });
  if (failed.length > 0) throw new Blocked(`${failed.length} resources could not be read`);
  const groups = new Map(world.groups.map((group) => [group.id, group]));
  const read: string[] = [];
  const known = world.known.get(session) ?? [];
  for (const [, held] of known) held.clear();
  for (const { groupId, id, document } of resources) {
    const group = groups.get(groupId);
    const text = `${id}: ${asText(document)}`;
    if (group !== undefined) heldOf(world, session, group).add(id);
    if (group === undefined || !isKept(group, person, text)) read.push(`${group?.name ?? groupId}/${text}`);
  }
  expectSame(`what ${person.name} reads`, expected(world, person).join('; '), read.sort().join('; '));
}

/** Whether it was seen in a group whose member its reader is not any more. */
const isKept = ({ members, shown }: Group, person: Person, text: string): boolean =>
  !members.has(person) && shown.get(person)?.has(text) === true;

/** The same text for the same document: the order of members says nothing. */
export const asText = (document: unknown): string => JSON.stringify(document, sorted);

const sorted = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** Opens the story: two persons who have signed up. @throws Blocked */
export async function open(bench: ClientBench, accounts: readonly TypedAccount[]): Promise<World> {
  const persons: Person[] = [];
  for (const [i, typed] of accounts.entries()) {
    const signup = await bench.signup(typed);
    persons.push({ name: ['Jane', 'Bob'][i] ?? typed.firstName, signup, typed, devices: [], logins: 0 });
  }
  return { bench, persons, groups: [], known: new Map(), told: [] };
}
