/** What one push and one pull hold: each id once, because their answers hold ids without groups, and no more than fits (8.5, 8.6). */
import { utf8 } from '../bytes.ts';
import { SYNC_BODY_BYTES } from '../constants.ts';
import type { Resource } from '../wire.ts';
import type { DeviceResource } from './device.ts';
import type { Holdings } from './holdings.ts';

/** Resources to push, in as many pushes as it takes. */
export function inBatches(waiting: readonly DeviceResource[]): readonly (readonly DeviceResource[])[] {
  const batches: DeviceResource[][] = [];
  const copies = new Map<string, number>();
  for (const resource of waiting) {
    // The first resource with an id goes to the first batch, the second one with that id to the second.
    const copy = copies.get(resource.id) ?? 0;
    copies.set(resource.id, copy + 1);
    (batches[copy] ??= []).push(resource);
  }
  return batches;
}

/** Whether a resource is larger by itself than the body that every server takes (HTTP-17). */
export const isOversize = (message: Resource): boolean => bytesOf(message) > SYNC_BODY_BYTES;

/**
 * One batch, in as many bodies as it takes for every server to take them (HTTP-17). What is larger by itself comes last,
 * alone: a server may take more than it must.
 */
export function inBodies<T extends { readonly message: Resource }>(
  batch: readonly T[],
): readonly (readonly T[])[] {
  const sized = batch.map((one) => ({ one, length: bytesOf(one.message) }));
  const fitting = sized.filter(({ length }) => length <= SYNC_BODY_BYTES);
  const larger = sized.filter(({ length }) => length > SYNC_BODY_BYTES);
  const bodies: T[][] = [];
  let room = 0;
  for (const { one, length } of fitting) {
    if (length > room) {
      bodies.push([]);
      room = SYNC_BODY_BYTES;
    }
    bodies.at(-1)?.push(one);
    room -= length;
  }
  return [...bodies, ...larger.map(({ one }) => [one])];
}

/** The bytes of a resource in the JSON of a body: with a comma, and with the brackets of the list. */
const bytesOf = (message: Resource): number => utf8(JSON.stringify(message)).length + 2;

/** Groups to pull, in as many pulls as it takes; one at least, for the groups that the device does not know yet. */
export function inRounds(device: Holdings, blacklist: readonly string[]): readonly (readonly string[])[] {
  const rounds = [{ groupIds: [] as string[], ids: new Set<string>() }];
  const leftOut = new Set(blacklist);
  for (const groupId of groupsOf(device)) {
    if (leftOut.has(groupId)) continue;
    const own = device.resourcesOf(groupId).map(({ id }) => id);
    const free = rounds.find(({ ids }) => own.every((id) => !ids.has(id)));
    const round = free ?? { groupIds: [], ids: new Set() };
    if (free === undefined) rounds.push(round);
    round.groupIds.push(groupId);
    for (const id of own) round.ids.add(id);
  }
  return rounds.map(({ groupIds }) => groupIds);
}

/** The groups that the device syncs. */
export function groupsOf(device: Holdings): readonly string[] {
  const seen = new Set(device.groups().map(({ id }) => id));
  for (const { groupId } of device.resources()) seen.add(groupId);
  return [...seen].filter((groupId) => device.isSynced(groupId));
}
