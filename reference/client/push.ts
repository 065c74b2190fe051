/** Push: every edit that waits goes to the server, and conflicts are settled (8.5, 8.7, 8.8). */
import { ProtocolError } from '../errors.ts';
import type { PushResponse, Resource } from '../wire.ts';
import { addressOf, type Address, type Conflict, type DeviceResource, type Failure } from './device.ts';
import { fetchGroup, groupKey, isNotFound } from './link.ts';
import { newReport, note, type Report } from './report.ts';
import { seal, settle } from './resource.ts';
import { inBatches, inBodies, isOversize } from './rounds.ts';
import type { SessionContext } from './session.ts';

/** What became of the edits that waited. */
export interface PushResult {
  /** What the server took. */
  readonly pushed: readonly Address[];
  /** What the server had another version of; an own edit that has won was pushed again. */
  readonly conflicts: readonly Conflict[];
  /** What waits on because its group is gone, because something did not open, or because it is larger than the server takes. */
  readonly failed: readonly Failure[];
}

/** How often an edit that wins one conflict after the other is pushed before it waits for the next push. */
const ROUNDS = 5;

export async function push(session: SessionContext): Promise<PushResult> {
  const report = { ...newReport(), pushed: [] };
  const { device } = session;
  session.secrets();
  let waiting = device.resources().filter(({ unpushed, groupId }) => unpushed && device.isSynced(groupId));
  for (let round = 0; round < ROUNDS && waiting.length > 0; round++) {
    const winners: (readonly DeviceResource[])[] = [];
    for (const batch of inBatches(waiting))
      for (const body of inBodies(await sealAll(session, batch, report)))
        winners.push(await pushBody(session, body, report));
    waiting = winners.flat();
  }
  return report;
}

interface PushReport extends Report {
  readonly pushed: Address[];
}

/** A resource, and what is sent of it. */
interface SealedResource {
  readonly resource: DeviceResource;
  readonly SYM_ResourceGroup: Uint8Array;
  readonly message: Resource;
}

/** @returns the resources whose edit has won a conflict: they are pushed again (SYNC-04) */
async function pushBody(
  session: SessionContext,
  sealed: readonly SealedResource[],
  report: PushReport,
): Promise<readonly DeviceResource[]> {
  if (sealed.length === 0) return [];
  const { sessionId } = session.secrets();
  const sent = sealed.map(({ resource }) => resource);
  try {
    const messages = sealed.map(({ message }) => message);
    return takeAnswer(session, sealed, await session.calls.push(sessionId, messages), report);
  } catch (error) {
    if (isTooLarge(sealed, error)) {
      report.failed.push(...sent.map((resource) => ({ ...addressOf(resource), error: error as Error })));
      return [];
    }
    // A group is gone, and the server has stored nothing: the others are pushed without it.
    if (!isNotFound(error) || !(await findGone(session, sent))) throw error;
    return await pushBody(session, await sealAll(session, sent, report), report);
  }
}

/** Whether the server refused a resource that is larger than it must take: it waits on, and keeps nothing else waiting. */
const isTooLarge = (sealed: readonly SealedResource[], error: unknown): boolean =>
  sealed.every(({ message }) => isOversize(message)) &&
  error instanceof ProtocolError &&
  error.code === 'network/status';

/** Every resource under the key of its group. What has no key to be had is left out and reported. */
async function sealAll(
  session: SessionContext,
  batch: readonly DeviceResource[],
  report: Report,
): Promise<readonly SealedResource[]> {
  const sealed: SealedResource[] = [];
  for (const resource of batch)
    try {
      const { groupId } = resource;
      if (!session.device.isSynced(groupId))
        throw new ProtocolError('state/not-found', `the group ${groupId} is gone, or its link was withdrawn`);
      const SYM_ResourceGroup = await groupKey(session, groupId);
      sealed.push({ resource, SYM_ResourceGroup, message: seal(session, SYM_ResourceGroup, resource) });
    } catch (error) {
      note(report, resource, error);
    }
  return sealed;
}

/** Asks for every group of a push that was answered with 404. @returns whether one of them is gone */
async function findGone(session: SessionContext, sent: readonly DeviceResource[]): Promise<boolean> {
  const groupIds = [...new Set(sent.map(({ groupId }) => groupId))];
  for (const groupId of groupIds)
    await fetchGroup(session, groupId).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  return groupIds.some((groupId) => !session.device.isSynced(groupId));
}

/** What the answer lists was pushed, and nothing else (PUSH-07); what was edited in the meantime waits on. */
function takeAnswer(
  session: SessionContext,
  sent: readonly SealedResource[],
  { updated, created, removed, conflicts }: PushResponse,
  report: PushReport,
): readonly DeviceResource[] {
  const { device, steps } = session;
  const accepted = [...updated, ...created, ...removed];
  steps.accept.distinct([...accepted, ...conflicts].map(({ id }) => id));
  const versions = new Map(accepted.map(({ id, version }) => [id, version]));
  const contested = new Map(conflicts.map((remote) => [remote.id, remote]));
  const winners: DeviceResource[] = [];
  for (const { resource, SYM_ResourceGroup } of sent) {
    const present = device.resource(resource);
    const version = versions.get(resource.id);
    const remote = contested.get(resource.id);
    if (present === undefined) continue;
    if (version !== undefined) {
      device.putResources([{ ...present, version, unpushed: present !== resource }]);
      report.pushed.push(addressOf(resource));
    } else if (remote?.resourceGroupId === resource.groupId)
      winners.push(...takeConflict(session, SYM_ResourceGroup, present, remote, report));
  }
  return winners;
}

function takeConflict(
  session: SessionContext,
  SYM_ResourceGroup: Uint8Array,
  own: DeviceResource,
  remote: Resource,
  report: Report,
): readonly DeviceResource[] {
  try {
    const { resource, conflict } = settle(session, SYM_ResourceGroup, own, remote);
    session.device.putResources([resource]);
    report.conflicts.push(conflict);
    return conflict.winner === 'client' ? [resource] : [];
  } catch (error) {
    note(report, own, error);
    return [];
  }
}
