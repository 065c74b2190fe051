/** What checks of groups, sharing and sync begin with: groups, links and resources as a client would make them (chapter 8). */
import { readPublicKey, type Resource } from '../../reference/index.ts';
import { Blocked } from '../check.ts';
import { textOf } from '../peer/exchange.ts';
import type { Device, ServerBench } from './bench.ts';
import type { OwnAccount } from './own-account.ts';

/** A group that the server made for an account of the suite. */
export interface OwnGroup {
  readonly groupId: string;
  readonly owner: Device;
  /** SYM_ResourceGroup, 32 bytes. */
  readonly key: Uint8Array;
  /** SYM_Link of the owner. */
  readonly link: string;
  readonly parentResourceId: string;
  readonly name: string;
}

/** The key of a group, encrypted to the public key of an account. */
export const linkFor = ({ steps }: ServerBench, { body }: OwnAccount, key: Uint8Array): string =>
  steps.wrap.sealLink(readPublicKey(JSON.parse(body.publicKey)), key);

/** A new group. @throws Blocked */
export async function makeGroup(
  bench: ServerBench,
  owner: Device,
  parentResourceId = 'wrk_1',
  name = 'Gärten & Beete',
): Promise<OwnGroup> {
  const key = bench.steps.primitives.random(32);
  const link = linkFor(bench, owner.account, key);
  const group = { parentResourceId, name, encSymmetricKey: link };
  const answer = await owner.done('POST', '/api/resource_groups', group);
  const groupId = textOf(answer, 'id');
  if (groupId === '') throw new Blocked('the answer to a new group has no id');
  return { groupId, owner, key, link, parentResourceId, name };
}

/** The path of a call about a group. */
export const groupPath = ({ groupId }: Pick<OwnGroup, 'groupId'>, call = ''): string =>
  `/api/resource_groups/${encodeURIComponent(groupId)}${call === '' ? '' : `/${call}`}`;

/** A team of the owner and others, made over the calls or elsewhere. @returns its id @throws Blocked */
export async function makeTeam(
  { target }: ServerBench,
  owner: Device,
  others: readonly OwnAccount[],
): Promise<string> {
  const emails = others.map(({ body }) => body.email);
  if (target.makeTeam !== undefined) return await target.makeTeam([owner.account.body.email, ...emails]);
  return textOf(await owner.done('POST', '/api/teams', { name: 'Gardeners', emails }), 'id');
}

/** With whom a group is shared, as the two calls name them: persons, or where the server has none, a team. @throws Blocked */
export async function recipients(
  bench: ServerBench,
  owner: Device,
  others: readonly OwnAccount[],
): Promise<{ readonly emails: readonly string[] } | { readonly teamId: string }> {
  if (bench.capabilities.includes('share-email')) return { emails: others.map(({ body }) => body.email) };
  return { teamId: await makeTeam(bench, owner, others) };
}

/** Shares a group, so that the others are members; the check needs `sharing`. @returns their links @throws Blocked */
export async function shareWith(
  bench: ServerBench,
  group: OwnGroup,
  others: readonly OwnAccount[],
): Promise<Readonly<Record<string, string>>> {
  const whom = await recipients(bench, group.owner, others);
  const keys = Object.fromEntries(others.map((other) => [other.body.id, linkFor(bench, other, group.key)]));
  await group.owner.done('POST', groupPath(group, 'share-a'), whom);
  await group.owner.done('POST', groupPath(group, 'share-b'), { ...whom, keys });
  return keys;
}

/** The version of a resource that a server has never seen (8.5). */
export const NO_VERSION = '__NO_VERSION__';

/** A resource as a device would push it. */
export function resourceOf(
  { steps }: ServerBench,
  { groupId, key }: OwnGroup,
  { account }: Device,
  id: string,
  change: Partial<Resource> & { readonly document?: unknown } = {},
): Resource {
  const { document = { of: id }, ...members } = change;
  const accountId = account.body.id;
  return {
    ...{ id, name: `Name of ${id}`, resourceGroupId: groupId, version: NO_VERSION, type: 'Request' },
    ...{ createdBy: accountId, lastEdited: Date.now(), lastEditedBy: accountId, removed: false },
    encContent: steps.wrap.sealJson(key, document),
    ...members,
  };
}

/** Pushes resources that the server must take. @returns their versions, by id @throws Blocked */
export async function pushed(
  device: Device,
  resources: readonly Resource[],
): Promise<ReadonlyMap<string, string>> {
  const answer = await device.done('POST', '/sync/push', resources);
  const taken = ['created', 'updated', 'removed'].flatMap((list) => itemsOf(answer, list));
  return new Map(taken.map((item) => [textOf(item, 'id'), textOf(item, 'version')]));
}

/** Everything that a device which holds nothing receives. @throws Blocked */
export async function pulled(device: Device): Promise<readonly Resource[]> {
  const answer = await device.done('POST', '/sync/pull', { resources: [], blacklist: [] });
  return itemsOf(answer, 'createdResources') as unknown as readonly Resource[];
}

/** The objects in a list of an answer. @throws Blocked where it has no such list */
export function itemsOf(
  answer: Readonly<Record<string, unknown>>,
  list: string,
): readonly Readonly<Record<string, unknown>>[] {
  const items = answer[list];
  if (!Array.isArray(items)) throw new Blocked(`the answer has no list ${list}`);
  return items as Readonly<Record<string, unknown>>[];
}
