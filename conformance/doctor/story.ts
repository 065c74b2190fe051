/** The story that the doctor lets a client play: every use of every verb once, in an order in which each finds what it needs. */
import { isDeepStrictEqual } from 'node:util';
import { createSteps } from '../../reference/index.ts';
import { schemas } from '../../spec/schemas.ts';
import { VerbError } from '../target/client-target.ts';
import type { Params, Result } from '../target/verbs.ts';
import { WHOAMI } from '../peer/calls.ts';
import { expectTrue, Untrue } from './complaint.ts';
import { untried, type Person, type World } from './world.ts';

/** One use of a verb, named as `nameOf` in `capabilities.ts` does; what it throws is what is wrong. */
export type Step = readonly [use: string, play: (world: World) => Promise<void>];

const DOCUMENT = { groupNote: 'Träffpunkt', count: 1 };
const RESOURCE = { id: 'req_1', name: 'First request', type: 'Request', document: DOCUMENT };

export const story: readonly Step[] = [
  ['signup', (world) => world.signUp(world.jane)],
  ['login', logIn],
  ['whoami', whoami],
  ['createGroup', createGroup],
  ['push', push],
  ['pull', pull],
  ['share with emails', shareWithBob],
  ['createTeam', createTeam],
  ['teams', listTeams],
  ['share with teamId', shareWithTeam],
  ['unshare', unshare],
  ['sendCode', sendCode],
  ['changePassword with code', changeWithCode],
  ['changePassword with oldPassphrase', changePassphrase],
  ['changePassword with newEmail', changeEmail],
  ['logout', logout],
  ['reset', reset],
  ['deleteAccount', deleteAccount],
  ['derive', (world) => computeExample(world, 'derive')],
  ['accept', (world) => computeExample(world, 'accept')],
];

async function logIn(world: World): Promise<void> {
  await world.accountOf(world.jane);
  await world.logIn(world.jane);
}

async function whoami({ ask, jane, ...world }: World): Promise<void> {
  const { accountId } = await ask('whoami', { session: await world.sessionOf(jane) }, WHOAMI);
  expectTrue(accountId === jane.accountId, 'accountId is not that of the account');
}

async function createGroup({ ask, jane, made, ...world }: World): Promise<void> {
  const params = { session: await world.sessionOf(jane), parentResourceId: 'wrk_1', name: 'Garden' };
  made.groupId = (await ask('createGroup', params, 'POST /api/resource_groups')).groupId;
}

/** @throws Untried */
const groupOf = ({ made }: World): string => made.groupId ?? untried('createGroup');

async function push(world: World): Promise<void> {
  const groupId = groupOf(world);
  const edits = [{ ...RESOURCE, groupId, removed: false }];
  const params = { session: await world.sessionOf(world.jane), edits };
  const { pushed } = await world.ask('push', params, 'POST /sync/push');
  const named = pushed.some((address) => address.groupId === groupId && address.id === RESOURCE.id);
  expectTrue(named, 'pushed does not name the resource that the server took');
  world.made.pushed = true;
}

async function pull(world: World): Promise<void> {
  const groupId = groupOf(world);
  const session = await world.freshDevice(world.jane);
  const { resources } = await world.ask('pull', { session }, 'POST /sync/pull');
  if (world.made.pushed !== true) return;
  const held = resources.find((resource) => resource.groupId === groupId && resource.id === RESOURCE.id);
  expectTrue(held !== undefined, 'resources lacks the one that another device had pushed');
  expectTrue(isDeepStrictEqual(held.document, DOCUMENT), 'document is not the one that was pushed');
}

type Sharing = Pick<Params<'share'>, 'emails' | 'teamId'>;

async function share(world: World, sharing: Sharing): Promise<void> {
  const groupId = groupOf(world);
  const params = { session: await world.sessionOf(world.jane), groupId, ...sharing };
  const { accountIds } = await world.ask('share', params, 'POST /api/resource_groups/{id}/share-b');
  expectTrue(accountIds.includes(world.bob.accountId ?? ''), 'accountIds lacks the account that got a link');
}

async function shareWithBob(world: World): Promise<void> {
  await world.accountOf(world.bob);
  await share(world, { emails: [world.bob.email] });
}

async function shareWithTeam(world: World): Promise<void> {
  const [owner, member] = [await world.accountOf(world.jane), await world.accountOf(world.bob)];
  const planted = {
    ...{ id: 'team_planted', name: 'Gardeners' },
    ...{ ownerAccountId: owner, accountIds: [owner, member] },
  };
  world.peer.store.addTeam(planted);
  await share(world, { teamId: planted.id });
}

async function unshare(world: World): Promise<void> {
  const params = { groupId: groupOf(world), session: await world.sessionOf(world.jane) };
  await world.ask('unshare', params, 'PUT /api/resource_groups/{id}/unshare');
}

async function createTeam({ ask, jane, bob, made, ...world }: World): Promise<void> {
  await world.accountOf(bob);
  const params = { session: await world.sessionOf(jane), name: 'Gardeners', emails: [bob.email] };
  made.teamId = (await ask('createTeam', params, 'POST /api/teams')).teamId;
}

async function listTeams({ ask, jane, made, ...world }: World): Promise<void> {
  const { teams } = await ask('teams', { session: await world.sessionOf(jane) }, 'GET /api/teams');
  const listed = made.teamId === undefined || teams.some(({ teamId }) => teamId === made.teamId);
  expectTrue(listed, 'teams lacks the team that was made');
}

async function sendCode({ ask, jane, ...world }: World): Promise<void> {
  await ask('sendCode', { session: await world.sessionOf(jane) }, 'POST /auth/send-password-code');
}

type Change = Omit<Params<'changePassword'>, 'session' | 'newPassphrase'> & { newPassphrase: string };

async function change(world: World, given: Change): Promise<void> {
  const session = await world.sessionOf(world.jane);
  await world.ask('changePassword', { session, ...given }, 'POST /auth/change-password');
  world.jane.passphrase = given.newPassphrase;
}

async function changeWithCode(world: World): Promise<void> {
  const { jane, peer, profile } = world;
  const mail = peer.newestMail(createSteps(profile).email(jane.email));
  const code = /^\w{6,}$/m.exec(mail)?.[0] ?? untried('sendCode');
  await change(world, { code, newPassphrase: 'a second phrase of Jane' });
}

async function changePassphrase(world: World): Promise<void> {
  await change(world, {
    oldPassphrase: world.jane.passphrase,
    newPassphrase: 'a third phrase of Jane',
  });
}

async function changeEmail(world: World): Promise<void> {
  const { jane, peer, profile } = world;
  const newEmail = 'Jane.Doe@Example.com';
  await change(world, { oldPassphrase: jane.passphrase, newPassphrase: jane.passphrase, newEmail });
  jane.email = newEmail;
  await peer.confirm(createSteps(profile).email(newEmail));
}

/** A handle that has ended is an error, and no call is made. */
async function logout(world: World): Promise<void> {
  const session = await world.freshDevice(world.jane);
  if (world.jane.session === session) world.jane.session = undefined;
  await world.ask('logout', { session }, 'POST /auth/logout');
  const before = world.peer.exchanges.length;
  const later = await world.ask('whoami', { session }).catch((error: unknown) => error);
  if (later instanceof VerbError && world.peer.exchanges.length === before) return;
  if (later instanceof Error && !(later instanceof VerbError)) throw later;
  throw new Untrue('the handle still works afterwards, expected an error at stage state and no call');
}

/** Ends what a person held: what comes later logs in anew. */
async function ending(world: World, someone: Person, verb: 'reset' | 'deleteAccount', call: string) {
  const session = await world.sessionOf(someone);
  someone.session = undefined;
  await world.ask(verb, { session }, call);
}

async function reset(world: World): Promise<void> {
  await ending(world, world.bob, 'reset', 'POST /auth/reset');
}

async function deleteAccount(world: World): Promise<void> {
  await ending(world, world.bob, 'deleteAccount', 'DELETE /auth/delete-account');
}

/** What a schema gives as an example of these verbs. */
interface Example {
  readonly params: Params<'accept'>;
  readonly result: Result<'accept'>;
}

async function computeExample(world: World, verb: 'derive' | 'accept'): Promise<void> {
  const examples = schemas.get(`adapter-${verb}`)?.['examples'] as readonly Example[];
  const example = examples.find(({ params }) => params.profile === world.profile);
  if (example === undefined) throw new Error(`adapter-${verb} has no example in ${world.profile}`);
  const { values } = await world.ask(verb, example.params);
  const expected = Object.entries(example.result.values);
  const wrong = expected.find(([name, value]) => values[name] !== undefined && values[name] !== value);
  expectTrue(wrong === undefined, `${wrong?.[0] ?? ''} is not the value that the specification gives`);
  const some = expected.some(([name]) => values[name] !== undefined);
  expectTrue(some, `values has none of ${expected.map(([name]) => name).join(', ')}`);
}
