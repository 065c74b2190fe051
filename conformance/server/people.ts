/** The people in the checks of groups, and what each of them can see of a group (8.1 to 8.4). */
import { Blocked, expectSame } from '../check.ts';
import { jsonOf, textOf } from '../peer/exchange.ts';
import { isSuccess, statusAndBody, type Device, type ServerBench } from './bench.ts';
import { groupPath, makeGroup, pulled, shareWith, type OwnGroup } from './flows.ts';
import type { OwnAccount } from './own-account.ts';
import { shared } from './shared.ts';

/** Each on a device; the first three are never told of the fourth. */
export interface People {
  /** Makes the groups. */
  readonly jane: Device;
  readonly bob: Device;
  readonly third: Device;
  /** Has a group and resources too, and no link to any of Jane's. */
  readonly stranger: Device;
}

/** The same four for every check. @throws Blocked */
export const people = shared(async (bench): Promise<People> => ({
  jane: await bench.device(await bench.jane()),
  bob: await bench.device(await bench.bob()),
  third: await bench.device(await bench.someone('third')),
  stranger: await bench.device(await bench.someone('stranger')),
}));

/** An account whose address nobody has confirmed. @throws Blocked */
export const unconfirmed = shared(async (bench): Promise<OwnAccount> => {
  const account = await bench.prepare('unconfirmed');
  const answer = await bench.send('POST', '/auth/signup', { body: account.body });
  if (!isSuccess(answer)) throw new Blocked(`the server refused a signup: ${statusAndBody(answer)}`);
  return account;
});

/** An address that has no account. */
export const nobody = shared(async (bench) => (await bench.prepare('nobody')).body.email);

export const idOf = ({ account }: Device): string => account.body.id;
export const emailOf = ({ account }: Device): string => account.body.email;

/** A new group of Jane's that these people are members of. @throws Blocked */
export async function groupOf(bench: ServerBench, ...members: readonly Device[]): Promise<OwnGroup> {
  const { jane } = await people(bench);
  const group = await makeGroup(bench, jane);
  const accounts = members.map(({ account }) => account);
  if (accounts.length > 0) await shareWith(bench, group, accounts);
  return group;
}

/** What somebody is answered when they ask for a group: their link, or why there is none. */
export async function linkSeen(group: OwnGroup, device: Device): Promise<string> {
  const answer = await device.call('GET', groupPath(group));
  const body = jsonOf(answer.responseBody);
  return isSuccess(answer)
    ? textOf(body, 'encSymmetricKey')
    : `${String(answer.status)} ${textOf(body, 'error')}`;
}

/** What somebody without a link is answered. */
export const NO_LINK = '404 not-found';

/** Fails unless everybody sees just the link that they are to have; who is not named has none. */
export async function expectLinks(
  bench: ServerBench,
  group: OwnGroup,
  links: Partial<Readonly<Record<keyof People, string>>>,
  when: string,
): Promise<void> {
  for (const [name, device] of Object.entries(await people(bench)) as [keyof People, Device][])
    expectSame(`the link of ${name} ${when}`, links[name] ?? NO_LINK, await linkSeen(group, device));
}

/** The links of everybody to a group, and what its owner finds in it where the server syncs, as text to compare. */
async function stateOf(bench: ServerBench, group: OwnGroup): Promise<string> {
  const links: string[] = [];
  for (const [name, device] of Object.entries(await people(bench)) as [string, Device][])
    links.push(`${name} ${await linkSeen(group, device)}`);
  if (!bench.capabilities.includes('sync')) return links.join('; ');
  const found = (await pulled(group.owner)).filter(
    ({ resourceGroupId }) => resourceGroupId === group.groupId,
  );
  const resources = found.map(({ id, version, encContent }) => `${id} ${version} ${encContent}`).sort();
  return [...links, ...resources].join('; ');
}

/** Does what must change nothing about a group. @throws Failure where somebody sees something else afterwards */
export async function expectUnchanged<T>(
  bench: ServerBench,
  group: OwnGroup,
  act: () => Promise<T>,
): Promise<T> {
  const before = await stateOf(bench, group);
  const result = await act();
  expectSame('what everybody sees of a group after a refusal', before, await stateOf(bench, group));
  return result;
}
