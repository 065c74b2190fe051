/** The steps of a story, taken: what the client is told, what must come of it, and what is true afterwards. */
import type { Params } from '../target/verbs.ts';
import { edited, editOf, removalOf, type Edit } from './edit.ts';
import { meet } from './liars.ts';
import { otherThan, sharedWith } from './sharing.ts';
import type { Deed, Step } from './steps.ts';
import {
  deviceOf,
  does,
  expectFailed,
  groupOf,
  heldOf,
  knownGroupOf,
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

  async 'meet a liar'(world, step) {
    const { person, session } = await acting(world, step);
    await meet(step.liar, { world, person, session, step });
  },

  async 'make a group'(world, step) {
    const { person, session } = await acting(world, step);
    await makeGroup(world, person, session);
  },

  async edit(world, step) {
    const { person, session } = await acting(world, step);
    const group = await knownGroupOf(world, person, session, step.group);
    await push(world, { person, session, group, edit: editOf(group, step) });
  },

  async remove(world, step) {
    const { person, session } = await acting(world, step);
    const group = await knownGroupOf(world, person, session, step.group);
    const edit = removalOf(group, step, heldOf(world, session, group));
    if (edit !== undefined) await push(world, { person, session, group, edit });
  },

  async share(world, step) {
    const { person, session } = await acting(world, step);
    const group = await groupOf(world, person, session, step.group);
    if (group.owner !== person) return; // it is not theirs to share
    const other = otherThan(world, person);
    world.told.push(`${person.name} shares ${group.name} with ${other.name}`);
    await does(world, 'share', { session, groupId: group.id, ...sharedWith(world.bench, person, other) });
    heldOf(world, session, group);
    group.members.add(other);
    show(group);
  },

  async withdraw(world, step) {
    const { person, session } = await acting(world, step);
    const group = await knownGroupOf(world, person, session, step.group);
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

interface Push {
  readonly person: Person;
  readonly session: string;
  readonly group: Group;
  readonly edit: Edit;
}

/** Pushes an edit or a removal: the newest wins, whatever others did before. */
async function push(world: World, { person, session, group, edit }: Push): Promise<void> {
  world.told.push(`${person.name} ${edit.removed ? 'removes' : 'edits'} ${edit.id} of ${group.name}`);
  await does(world, 'push', { session, edits: [edit] });
  edited(group, edit, heldOf(world, session, group));
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

/** Groups of a person who emptied the account are gone for everybody; those of others only for them. */
function leave(groups: Group[], person: Person): void {
  for (const group of groups) {
    if (group.owner === person) group.members.clear();
    group.members.delete(person);
  }
}
