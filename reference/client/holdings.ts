/**
 * What a device holds, while a session lasts: the same as `Device`, found by group and id, so that nothing here takes
 * longer because the device holds more. No key is in it.
 */
import type { Address, Device, DeviceGroup, DeviceResource, SeenKey } from './device.ts';

/** The documents, groups and seen keys of a device. What is put in is never changed, but replaced as a whole. */
export interface Holdings {
  /** `act_` and 64 hex digits. */
  readonly accountId: string;
  group(id: string): DeviceGroup | undefined;
  groups(): readonly DeviceGroup[];
  /** In place of the one with its id. */
  putGroup(group: DeviceGroup): void;
  /** Forgets a group and everything in it. */
  dropGroup(groupId: string): void;
  /** Whether the device syncs a group: not after the server has answered that it is gone (8.1). */
  isSynced(groupId: string): boolean;
  resource(address: Address): DeviceResource | undefined;
  /** All of them, those of a group together. */
  resources(): readonly DeviceResource[];
  resourcesOf(groupId: string): readonly DeviceResource[];
  /** Each in place of the one with its address. */
  putResources(resources: readonly DeviceResource[]): void;
  /** The thumbprint that an account's key had before, if any (SHARE-10). */
  seenThumbprint(accountId: string): string | undefined;
  putSeenKeys(seen: readonly SeenKey[]): void;
  /** Forgets everything but the seen keys. */
  clear(): void;
  /** Everything, as plain JSON. */
  toDevice(): Device;
}

export function createHoldings({ accountId, ...device }: Device): Holdings {
  const groups = new Map(device.groups.map((group) => [group.id, group]));
  const seenKeys = new Map(device.seenKeys.map((seen) => [seen.accountId, seen]));
  const resources = new Map<string, Map<string, DeviceResource>>();
  const isSynced = (groupId: string): boolean => groups.get(groupId)?.gone !== true;
  const allResources = (): readonly DeviceResource[] =>
    [...resources.values()].flatMap((inGroup) => [...inGroup.values()]);
  const putResources = (changed: readonly DeviceResource[]): void => {
    for (const resource of changed) {
      const inGroup = resources.get(resource.groupId) ?? new Map<string, DeviceResource>();
      resources.set(resource.groupId, inGroup.set(resource.id, resource));
    }
  };
  putResources(device.resources);
  return {
    accountId,
    group: (id) => groups.get(id),
    groups: () => [...groups.values()],
    putGroup: (group) => void groups.set(group.id, group),
    dropGroup(groupId) {
      groups.delete(groupId);
      resources.delete(groupId);
    },
    isSynced,
    resource: ({ groupId, id }) => resources.get(groupId)?.get(id),
    resources: allResources,
    resourcesOf: (groupId) => [...(resources.get(groupId)?.values() ?? [])],
    putResources,
    seenThumbprint: (id) => seenKeys.get(id)?.thumbprint,
    putSeenKeys(seen) {
      for (const key of seen) seenKeys.set(key.accountId, key);
    },
    clear() {
      groups.clear();
      resources.clear();
    },
    toDevice: () => ({
      accountId,
      groups: [...groups.values()],
      resources: allResources(),
      seenKeys: [...seenKeys.values()],
    }),
  };
}
