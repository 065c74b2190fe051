/** What checks of push and pull begin with, and how they read the answers (8.5, 8.6). */
import { findFault, type PullResponse, type PushResponse, type Resource } from '../../../reference/index.ts';
import { expectSame, expectThat } from '../../check.ts';
import { jsonOf, type Exchange } from '../../peer/exchange.ts';
import { isSuccess, requestLine, statusAndBody, type Device, type ServerBench } from '../bench/bench.ts';
import { makeGroup, pushed, resourceOf, type OwnGroup } from '../fixtures/flows.ts';
import { shared } from '../fixtures/shared.ts';

/** An account with one group, for every check of sync; a check has ids of its own. */
export interface SyncWorld {
  readonly device: Device;
  readonly group: OwnGroup;
}

/** @throws Blocked */
export const syncWorld: (bench: ServerBench) => Promise<SyncWorld> = shared(async (bench) => {
  const device = await bench.device(await bench.someone('sync'));
  return { device, group: await makeGroup(bench, device) };
});

/** The twin of everything that is refused: a push of a new resource is taken, and pulled. @throws Blocked */
export async function honestSync(bench: ServerBench): Promise<void> {
  const { device, group } = await syncWorld(bench);
  const id = `honest_${String(bench.exchanges.length)}`;
  await pushed(device, [resourceOf(bench, group, device, id)]);
  await storedResource(device, group, id);
}

/** Pushes resources that must be taken as a whole. @throws Failure where they are refused, or the answer has another form */
export async function pushLists(device: Device, resources: readonly object[]): Promise<PushResponse> {
  const answer = await device.call('POST', '/sync/push', resources);
  return answerOf(answer, 'push-response', 'a push of well-formed resources') as PushResponse;
}

/** Pulls. @throws Failure where it is refused, or the answer has another form */
export async function pullLists(
  device: Device,
  resources: readonly object[] = [],
  blacklist: readonly string[] = [],
): Promise<PullResponse> {
  const answer = await device.call('POST', '/sync/pull', { resources, blacklist });
  return answerOf(answer, 'pull-response', 'a well-formed pull') as PullResponse;
}

function answerOf(answer: Exchange, schema: string, what: string): unknown {
  const finding = { sent: requestLine(answer), actual: statusAndBody(answer) };
  expectThat(isSuccess(answer), `${what} was refused`, { ...finding, expected: 'status 200' });
  const body = jsonOf(answer.responseBody);
  const fault = findFault(schema, body);
  const expected = `an answer of its form; ${fault?.pointer ?? ''} ${fault?.reason ?? ''}`;
  expectThat(fault === undefined, `the answer to ${what} is malformed`, { ...finding, expected });
  return body;
}

/** The resource that a group holds under an id, be it removed or not; undefined where it holds none. */
export async function storedResource(
  device: Device,
  { groupId }: OwnGroup,
  id: string,
): Promise<Resource | undefined> {
  const known = { id, resourceGroupId: groupId, version: 'no version at all', removed: false };
  const { updatedResources, idsToRemove } = await pullLists(device, [known]);
  const isIt = (one: Resource): boolean => one.id === id && one.resourceGroupId === groupId;
  if (!idsToRemove.includes(id)) return updatedResources.find(isIt);
  // What is removed is handed out by a conflict alone.
  const { account } = device;
  const pushed = { ...known, ...envelopeOf(account.body.id), encContent: account.body.encPrivateKey };
  return (await pushLists(device, [pushed])).conflicts.find(isIt);
}

const envelopeOf = (accountId: string): object => ({
  ...{ name: '', type: 'Request', createdBy: accountId, lastEdited: 0, lastEditedBy: accountId },
});

/** Fails unless a group of the caller holds nothing under these ids. */
export async function expectNothing(bench: ServerBench, ids: readonly string[]): Promise<void> {
  const { device, group } = await syncWorld(bench);
  const { createdResources } = await pullLists(device);
  const stored = createdResources.filter(({ id }) => ids.includes(id));
  expectSame('what is stored of a refused push', '', stored.map(({ id }) => id).join(', '));
  for (const id of ids)
    expectSame(
      `what is stored of ${id}, which was in a refused push`,
      'nothing',
      (await storedResource(device, group, id)) === undefined ? 'nothing' : 'a resource',
    );
}

/** The members of a resource (8.5). */
export const RESOURCE_MEMBERS = [
  ...(['id', 'name', 'resourceGroupId', 'version', 'type', 'createdBy'] as const),
  ...(['lastEdited', 'lastEditedBy', 'removed', 'encContent'] as const),
];

/** Fails unless the two are the same in every member of 8.5; the actual one may have more. */
export function expectResource(
  what: string,
  expected: Omit<Resource, 'version'> & { readonly version?: string },
  actual: Resource | undefined,
): void {
  expectThat(actual !== undefined, `${what} is not there`, {
    expected: JSON.stringify(expected),
    actual: 'nothing',
  });
  for (const member of RESOURCE_MEMBERS) {
    const due = expected[member];
    if (due !== undefined)
      expectSame(`${member} of ${what}`, JSON.stringify(due), JSON.stringify(actual[member]));
  }
}
