/** The steps of a story, taken: what the client is told, what must come of it, and what is true afterwards. */
import type { ClientBench } from '../client/bench.ts';
import { idOf } from '../client/flows.ts';
import type { Params } from '../target/verbs.ts';
import type { Deed, Step } from './steps.ts';
import {
  asText,
  deviceOf,
  does,
  expectFailed,
  groupOf,
  logIn,
  makeGroup,
  pull,
  show,
  type Group,
  type Person,
  type World,
} from './world.ts';

/** Takes a step. @throws Failure where the client does not do as it must */
export async function take(world: World, step: Step): Promise<void> {
  await deeds[step.does](world, step);
}

const personOf = ({ persons }: World, { who }: Step): Person => {
  const person = persons[who];
  if (person === undefined) throw new Error(`there is no person ${who}`);
  return person;
};

/** A person and one of the devices. */
async function acting(
  world: World,
  step: Step,
): Promise<{ readonly person: Person; readonly session: string }> {
  const person = personOf(world, step);
  return { person, session: await deviceOf(world, person, step.device) };
}

/** Everything else than this device is logged out. */
function endOthers(person: Person, session: string): void {
  person.devices = [session];
}

const deeds: Readonly<Record<Deed, (world: World, step: Step) => Promise<void>>> = {
  async 'log in'(world, step) {
    await logIn(world, personOf(world, step));
  },

  async 'log in with a wrong passphrase'(world, step) {
    const person = personOf(world, step);
    world.told.push(`${person.name} mistypes the passphrase`);
    const { email, passphrase } = person.typed;
    const { result } = await world.bench.login({ email, passphrase: `${passphrase.trim()}!` });
    expectFailed(result, 'a login with a wrong passphrase');
  },

  async 'log in to a liar'(world, step) {
    const person = personOf(world, step);
    world.told.push(`${person.name} logs in to a server that proves nothing`);
    const wrong = { call: 'POST /auth/login-m1', alter: () => ({ srpM2: '5'.repeat(64) }) };
    const { result } = await world.bench.peer.withFault([wrong], () => world.bench.login(person.typed));
    expectFailed(result, 'a login without a proof of the server');
  },

  async 'log out'(world, step) {
    const { person, session } = await acting(world, step);
    world.told.push(`${person.name} logs out`);
    await does(world, 'logout', { session });
    person.devices = person.devices.filter((one) => one !== session);
    expectFailed((await world.bench.call('whoami', { session })).result, 'whoami after logout');
  },

  async pull(world, step) {
    const { person, session } = await acting(world, step);
    world.told.push(`${person.name} pulls`);
    await pull(world, person, session);
  },

  async 'pull from a liar'(world, step) {
    const { person, session } = await acting(world, step);
    world.told.push(`${person.name} pulls from a server that answers with nothing of use`);
    const useless = { call: 'POST /sync/pull', alter: () => ({ resources: 7 }) };
    const { result } = await world.bench.peer.withFault([useless], () =>
      world.bench.call('pull', { session }),
    );
    expectFailed(result, 'a pull whose answer is none');
  },

  async 'make a group'(world, step) {
    const { person, session } = await acting(world, step);
    await makeGroup(world, person, session);
  },

  async edit(world, step) {
    const { group, id } = await push(world, step, false);
    group.documents.set(id, asText(step.document));
    show(group);
  },

  async remove(world, step) {
    const { group, id } = await push(world, step, true);
    group.documents.delete(id);
  },

  async share(world, step) {
    const { person, session } = await acting(world, step);
    const group = await groupOf(world, person, session, step.group);
    if (group.owner !== person) return; // it is not theirs to share
    const other = otherThan(world, person);
    world.told.push(`${person.name} shares ${group.name} with ${other.name}`);
    await does(world, 'share', { session, groupId: group.id, ...sharedWith(world.bench, person, other) });
    group.members.add(other);
    show(group);
  },

  async withdraw(world, step) {
    const { person, session } = await acting(world, step);
    const group = await groupOf(world, person, session, step.group);
    if (group.owner !== person) return; // it is not theirs to withdraw
    world.told.push(`${person.name} withdraws ${group.name} from everybody`);
    await does(world, 'unshare', { session, groupId: group.id });
    group.members.clear();
    group.members.add(person);
  },

  async 'change the passphrase'(world, step) {
    const { person, session } = await acting(world, step);
    world.told.push(`${person.name} changes the passphrase`);
    await change(world, person, session, { newPassphrase: step.passphrase });
  },

  async 'change the address'(world, step) {
    const { person, session } = await acting(world, step);
    world.told.push(`${person.name} moves to another address`);
    const newEmail = ` Moved.${person.typed.email.trim()}`;
    await change(world, person, session, { newPassphrase: person.typed.passphrase, newEmail });
    await world.bench.peer.confirm(world.bench.steps.email(newEmail));
  },

  async reset(world, step) {
    const { person, session } = await acting(world, step);
    world.told.push(`${person.name} empties the account`);
    await does(world, 'reset', { session });
    person.devices = []; // what a device does with what it holds is its own affair
    leave(world.groups, person);
  },

  'restart the server'({ bench, told }) {
    told.push('the server restarts');
    bench.peer.restart();
    return Promise.resolve();
  },
};

/** Edits or removes a resource of a group and pushes it: the newest edit wins, whatever others did before. */
async function push(
  world: World,
  step: Step,
  removed: boolean,
): Promise<{ readonly group: Group; readonly id: string }> {
  const { person, session } = await acting(world, step);
  const group = await groupOf(world, person, session, step.group);
  const id = `req_${step.resource}`;
  world.told.push(`${person.name} ${removed ? 'removes' : 'edits'} ${id} of ${group.name}`);
  const { document } = step;
  const edit = { groupId: group.id, id, name: `Resource ${id}`, type: 'Request', document, removed };
  await does(world, 'push', { session, edits: [edit] });
  return { group, id };
}

async function change(
  world: World,
  person: Person,
  session: string,
  given: Pick<Params<'changePassword'>, 'newPassphrase' | 'newEmail'>,
): Promise<void> {
  await does(world, 'changePassword', { session, oldPassphrase: person.typed.passphrase, ...given });
  person.typed = { email: given.newEmail ?? person.typed.email, passphrase: given.newPassphrase };
  endOthers(person, session);
}

/** The other of two. */
const otherThan = ({ persons }: World, person: Person): Person =>
  persons.find((one) => one !== person) ?? person;

/** By address where the client can, by a team that somebody made elsewhere where it cannot. */
function sharedWith(
  { capabilities, peer }: ClientBench,
  person: Person,
  other: Person,
): Pick<Params<'share'>, 'emails' | 'teamId'> {
  if (capabilities.includes('share-email') && capabilities.includes('unshare'))
    return { emails: [other.typed.email] };
  const teamId = `team_of_${idOf(person.signup).slice(-8)}`;
  if (peer.store.team(teamId) === undefined) {
    const accountIds = [person, other].map(({ signup }) => idOf(signup));
    peer.store.addTeam({ id: teamId, name: 'A team', ownerAccountId: idOf(person.signup), accountIds });
  }
  return { teamId };
}

/** Groups of a person who emptied the account are gone for everybody; those of others only for them. */
function leave(groups: Group[], person: Person): void {
  for (const group of groups) {
    if (group.owner === person) group.members.clear();
    group.members.delete(person);
  }
}
