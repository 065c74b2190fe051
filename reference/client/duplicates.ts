/** Groups that two devices made for the same document: the server keeps one, the documents move there (8.10). */
import { NO_VERSION, type DeviceResource } from './device.ts';
import type { Holdings } from './holdings.ts';
import { dropKey, isNotFound } from './link.ts';
import type { SessionContext } from './session.ts';

/** @returns the ids of the groups that the server deleted: none where no id is in two groups, or where it has no such call */
export async function fixDuplicates(session: SessionContext): Promise<readonly string[]> {
  const { sessionId } = session.secrets();
  const named = groupsThatShare(session.device);
  if (named.length === 0) return [];
  const deleted = await session.calls
    .fixDupes(sessionId, { ids: named })
    .then(({ deleteResourceGroupIds }) => deleteResourceGroupIds)
    .catch(noneWhereNotFound);
  session.steps.accept.deletedGroups(named, deleted);
  const gone = new Set(deleted);
  const kept = named.filter((id) => !gone.has(id));
  for (const groupId of deleted) move(session, groupId, keptFor(session.device, groupId, kept));
  return deleted;
}

/** For a server that leaves the call out (1.5). */
function noneWhereNotFound(error: unknown): readonly string[] {
  if (isNotFound(error)) return [];
  throw error;
}

/** Every group that holds an id that another one holds too. */
function groupsThatShare(device: Holdings): readonly string[] {
  const groupsOfId = new Map<string, Set<string>>();
  for (const { id, groupId, removed } of device.resources())
    if (!removed && device.isSynced(groupId))
      groupsOfId.set(id, (groupsOfId.get(id) ?? new Set()).add(groupId));
  return [
    ...new Set([...groupsOfId.values()].filter(({ size }) => size > 1).flatMap((groups) => [...groups])),
  ];
}

/** The group that was kept in place of one: with the same parent, or with one of its ids where parents are not known. */
function keptFor(device: Holdings, groupId: string, kept: readonly string[]): string | undefined {
  const parentOf = (id: string) => device.group(id)?.parentResourceId;
  const parent = parentOf(groupId);
  const own = device.resourcesOf(groupId);
  return (
    kept.find((id) => parent !== undefined && parentOf(id) === parent) ??
    kept.find((to) => own.some(({ id }) => device.resource({ groupId: to, id }) !== undefined))
  );
}

/** Forgets a group; what it held waits to be pushed to the other one, or stays as it is where there is none. */
function move(session: SessionContext, from: string, to: string | undefined): void {
  dropKey(session, from);
  if (to === undefined) return;
  const { device, steps } = session;
  const twinOf = ({ id }: DeviceResource) => device.resource({ groupId: to, id });
  const moved = device
    .resourcesOf(from)
    .filter(({ removed }) => !removed)
    .map((own) => ({ own, twin: twinOf(own) }))
    // The later edit of the two copies stays.
    .filter(({ own, twin }) => twin === undefined || steps.winner(twin, own) === 'server')
    .map(({ own, twin }) => ({
      ...own,
      groupId: to,
      version: twin?.version ?? NO_VERSION,
      unpushed: true,
    }));
  device.dropGroup(from);
  device.putResources(moved);
}
