/**
 * What a device keeps between sessions (8.5 to 8.9): documents with their versions, edits that wait to be pushed, the
 * groups it knows. Plain JSON, and no key in it: keys live in the session.
 */
import type { Winner } from '../steps.ts';
import type { Resource } from '../wire.ts';

/** The version of a resource that the server has never given one for (8.5). */
export const NO_VERSION = '__NO_VERSION__';

/** Which resource: the same id in two groups stands for two. */
export interface Address {
  /** The group's, given by the server. */
  readonly groupId: string;
  /** The resource's, given by a client; 1 to 200 characters. */
  readonly id: string;
}

/** A resource as the device holds it, opened. */
export interface DeviceResource extends Address {
  /** In plain text on the server. */
  readonly name: string;
  /** The kind of document, not empty. */
  readonly type: string;
  /** Any JSON value; null where another device has removed the resource. */
  readonly document: unknown;
  /** Whether it was removed; the server keeps it as a mark (8.8). */
  readonly removed: boolean;
  /** The account that created it. */
  readonly createdBy: string;
  /** Milliseconds since 1970, by the clock of the editing device. */
  readonly lastEdited: number;
  /** The account that edited it last. */
  readonly lastEditedBy: string;
  /** The last one from the server, or `__NO_VERSION__`. */
  readonly version: string;
  /** Whether it waits to be pushed. */
  readonly unpushed: boolean;
}

/** A group that the device has seen. */
export interface DeviceGroup {
  /** Given by the server. */
  readonly id: string;
  /** The resource that the group is for, where the server says so. */
  readonly parentResourceId?: string | undefined;
  /** SHA-256 of SYM_ResourceGroup, 64 hex digits: no other key is ever taken for this group (8.1). */
  readonly fingerprint: string;
  /** Whether the server answered that the group is gone or the link withdrawn: it is not synced. */
  readonly gone: boolean;
}

/** The key of an account that was shared with. */
export interface SeenKey {
  /** `act_` and 64 hex digits. */
  readonly accountId: string;
  /** RFC 7638, SHA-256, 43 characters. */
  readonly thumbprint: string;
}

/** The state of a device, of one account. */
export interface Device {
  /** `act_` and 64 hex digits. */
  readonly accountId: string;
  /** Every group that it has seen, also those that are gone. */
  readonly groups: readonly DeviceGroup[];
  /** Every resource that it holds, also removed ones. */
  readonly resources: readonly DeviceResource[];
  /** The keys of the accounts that were shared with (SHARE-10). */
  readonly seenKeys: readonly SeenKey[];
}

/** A conflict, and whose edit won it (8.7). */
export interface Conflict extends Address {
  /** `client` for the device's own edit, `server` for what came. */
  readonly winner: Winner;
}

/** A resource that could not be pushed or opened, and why. */
export interface Failure extends Address {
  /** A ProtocolError. */
  readonly error: Error;
}

/** A device that has nothing but an account. */
export const newDevice = (accountId: string): Device => ({
  accountId,
  groups: [],
  resources: [],
  seenKeys: [],
});

/** Group and id as one text; a group id holds no slash. */
export const textOf = ({ groupId, id }: Address): string => `${groupId}/${id}`;

export const addressOf = ({ groupId, id }: Address): Address => ({ groupId, id });

/** The address of a resource of the wire. */
export const addressOnWire = ({ resourceGroupId, id }: Resource): Address => ({
  groupId: resourceGroupId,
  id,
});
