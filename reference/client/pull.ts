/** Pull: the device says what it has, and takes over what it lacks (8.6, 8.7, 8.9). */
import { grouped } from '../grouped.ts';
import type { KnownResource, PullResponse, Resource } from '../wire.ts';
import {
  addressOf,
  addressOnWire,
  textOf,
  type Address,
  type Conflict,
  type DeviceResource,
  type Failure,
} from './device.ts';
import { fixDuplicates } from './duplicates.ts';
import { groupKey } from './link.ts';
import { newReport, note, type Report } from './report.ts';
import { open, settle } from './resource.ts';
import { groupsOf, inRounds } from './rounds.ts';
import type { SessionContext } from './session.ts';

/** What a pull leaves out. */
export interface PullOptions {
  /** Ids of groups to leave out. */
  readonly blacklist?: readonly string[] | undefined;
}

/** What the device holds after a pull, and what came of it. */
export interface PullResult {
  /** Every resource that the device holds and that is not removed, also of groups that are gone. */
  readonly resources: readonly DeviceResource[];
  /** What was taken over from the server, removals too. */
  readonly received: readonly Address[];
  /** What was edited here and not pushed yet, and has come in another version. */
  readonly conflicts: readonly Conflict[];
  /** What has come and could not be opened; the device keeps what it had. */
  readonly failed: readonly Failure[];
}

export async function pull(
  session: SessionContext,
  { blacklist = [] }: PullOptions = {},
): Promise<PullResult> {
  await fixDuplicates(session);
  const report = { ...newReport(), received: [] };
  const answered = new Set(blacklist);
  for (const groupIds of inRounds(session.device, blacklist)) {
    const asked = new Set(groupIds);
    const leftOut = new Set([...answered, ...groupsOf(session.device)].filter((id) => !asked.has(id)));
    for (const groupId of await pullOnce(session, leftOut, report)) answered.add(groupId);
  }
  return { ...report, resources: session.device.resources().filter(({ removed }) => !removed) };
}

interface PullReport extends Report {
  readonly received: Address[];
}

/** @returns the groups of the answer */
async function pullOnce(
  session: SessionContext,
  blacklist: ReadonlySet<string>,
  report: PullReport,
): Promise<ReadonlySet<string>> {
  const { device, steps, calls } = session;
  const listed = device
    .resources()
    .filter(({ groupId }) => device.isSynced(groupId) && !blacklist.has(groupId));
  const answer = await calls.pull(session.secrets().sessionId, {
    resources: listed.map(known),
    blacklist: [...blacklist],
  });
  const sent = [...answer.createdResources, ...answer.updatedResources];
  steps.accept.distinct(sent.map((resource) => textOf(addressOnWire(resource))));
  const keys = await openLinks(session, sent, report);
  // No pause from here on: nothing is edited between the look at the device and its change.
  session.secrets();
  takeResources(session, sent, keys, report);
  takeIds(session, listed, answer, report);
  return new Set(sent.map(({ resourceGroupId }) => resourceGroupId));
}

const known = ({ id, groupId, version, removed }: DeviceResource): KnownResource => ({
  id,
  resourceGroupId: groupId,
  version,
  removed,
});

/** The key of every group in the answer; the resources of a group without one are reported. */
async function openLinks(
  session: SessionContext,
  sent: readonly Resource[],
  report: Report,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const keys = new Map<string, Uint8Array>();
  for (const [groupId, resources] of grouped(sent, ({ resourceGroupId }) => resourceGroupId))
    try {
      keys.set(groupId, await groupKey(session, groupId));
    } catch (error) {
      for (const resource of resources) note(report, addressOnWire(resource), error);
    }
  return keys;
}

/** Takes over what opens; what was edited here and not pushed is a conflict (SYNC-05). */
function takeResources(
  session: SessionContext,
  sent: readonly Resource[],
  keys: ReadonlyMap<string, Uint8Array>,
  report: PullReport,
): void {
  const { device } = session;
  const changed: DeviceResource[] = [];
  for (const remote of sent) {
    const address = addressOnWire(remote);
    const own = device.resource(address);
    const key = keys.get(remote.resourceGroupId);
    if (key === undefined) continue;
    try {
      if (own?.unpushed === true) {
        const { resource, conflict } = settle(session, key, own, remote);
        changed.push(resource);
        report.conflicts.push(conflict);
      } else {
        changed.push(open(session, key, remote));
        report.received.push(address);
      }
    } catch (error) {
      note(report, address, error);
    }
  }
  device.putResources(changed);
}

/** `idsToRemove` and `idsToPush` mean resources that were listed in this pull. */
function takeIds(
  session: SessionContext,
  listed: readonly DeviceResource[],
  { idsToRemove, idsToPush }: PullResponse,
  report: PullReport,
): void {
  const [toRemove, toPush] = [new Set(idsToRemove), new Set(idsToPush)];
  const { device, steps } = session;
  const changed: DeviceResource[] = [];
  for (const resource of listed) {
    const own = device.resource(resource);
    if (own === undefined) continue;
    if (toRemove.has(own.id) && steps.accept.removal(resource, own)) {
      changed.push({ ...own, document: null, removed: true });
      report.received.push(addressOf(own));
    } else if (toPush.has(own.id) && !own.removed) changed.push({ ...own, unpushed: true });
  }
  device.putResources(changed);
}
