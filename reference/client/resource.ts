/** A resource between the wire and the device: sealed, opened, and settled where two devices edited it (8.5, 8.7). */
import type { Resource } from '../wire.ts';
import { addressOf, type Conflict, type DeviceResource } from './device.ts';
import type { SessionContext } from './session.ts';

/** The envelope in plain text and the document under the group's key, with a fresh IV every time. */
export function seal(
  { steps, random }: SessionContext,
  SYM_ResourceGroup: Uint8Array,
  { groupId, document, unpushed: _, ...envelope }: DeviceResource,
): Resource {
  const encContent = steps.wrap.sealJson(SYM_ResourceGroup, document, random);
  return { ...envelope, resourceGroupId: groupId, encContent };
}

/** @throws ProtocolError where the document does not open */
export function open(
  { steps }: SessionContext,
  SYM_ResourceGroup: Uint8Array,
  { resourceGroupId, encContent, ...envelope }: Resource,
): DeviceResource {
  const document = steps.wrap.openJson(SYM_ResourceGroup, encContent);
  const { id, name, type, removed, createdBy, lastEdited, lastEditedBy, version } = envelope;
  return {
    groupId: resourceGroupId,
    ...{ id, name, type, document, removed, createdBy, lastEdited, lastEditedBy, version },
    unpushed: false,
  };
}

/** The outcome of a conflict: the resource that the device goes on with, and who won. */
export interface Settled {
  readonly resource: DeviceResource;
  readonly conflict: Conflict;
}

/**
 * The later edit wins; whoever wins, the device goes on from the server's version. An own edit that has won still waits
 * to be pushed.
 *
 * @throws ProtocolError where the server's resource has won and does not open
 */
export function settle(
  session: SessionContext,
  SYM_ResourceGroup: Uint8Array,
  own: DeviceResource,
  remote: Resource,
): Settled {
  const winner = session.steps.winner(own, remote);
  const resource =
    winner === 'client' ? { ...own, version: remote.version } : open(session, SYM_ResourceGroup, remote);
  return { resource, conflict: { ...addressOf(own), winner } };
}
