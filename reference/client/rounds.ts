/** One push and one pull hold each id once, because their answers hold ids without groups (8.5, 8.6). */
import { isSynced, type Device, type DeviceResource } from './device.ts';

/** Resources to push, in as many pushes as it takes. */
export function inBatches(waiting: readonly DeviceResource[]): readonly (readonly DeviceResource[])[] {
  const batches: Map<string, DeviceResource>[] = [];
  for (const resource of waiting) {
    const free = batches.find((batch) => !batch.has(resource.id));
    if (free === undefined) batches.push(new Map([[resource.id, resource]]));
    else free.set(resource.id, resource);
  }
  return batches.map((batch) => [...batch.values()]);
}

/** Groups to pull, in as many pulls as it takes; one at least, for the groups that the device does not know yet. */
export function inRounds(device: Device, blacklist: readonly string[]): readonly (readonly string[])[] {
  const rounds = [{ groupIds: [] as string[], ids: new Set<string>() }];
  for (const groupId of groupsOf(device)) {
    if (blacklist.includes(groupId)) continue;
    const own = device.resources.filter((resource) => resource.groupId === groupId).map(({ id }) => id);
    const free = rounds.find(({ ids }) => own.every((id) => !ids.has(id)));
    const round = free ?? { groupIds: [], ids: new Set() };
    if (free === undefined) rounds.push(round);
    round.groupIds.push(groupId);
    for (const id of own) round.ids.add(id);
  }
  return rounds.map(({ groupIds }) => groupIds);
}

/** The groups that the device syncs. */
export function groupsOf(device: Device): readonly string[] {
  const seen = [...device.groups.map(({ id }) => id), ...device.resources.map(({ groupId }) => groupId)];
  return [...new Set(seen)].filter((groupId) => isSynced(device, groupId));
}
