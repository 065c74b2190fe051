/** What a user does to a resource on this device: it waits for the next push (8.5, 8.8). */
import { utf8 } from '../bytes.ts';
import { ProtocolError } from '../errors.ts';
import { checkMessage } from '../messages.ts';
import { compactJson } from '../wrap.ts';
import { NO_VERSION, type Address } from './device.ts';
import type { SessionContext } from './session.ts';

/** A resource as its user has just left it. */
export interface Edit extends Address {
  /** Sent in plain text. */
  readonly name: string;
  /** The kind of document, not empty. */
  readonly type: string;
  /** Any JSON value; encrypted. */
  readonly document: unknown;
  /** Whether the user has removed the resource. */
  readonly removed?: boolean | undefined;
}

export function edit(
  session: SessionContext,
  { groupId, id, name, type, document, removed = false }: Edit,
): void {
  const { accountId, now, device } = session;
  session.secrets();
  checkMessage('types#/$defs/entityId', groupId);
  checkMessage('types#/$defs/resourceId', id);
  if (type === '') throw new ProtocolError('schema/message', 'the type of a resource is empty');
  [id, name, type].forEach(utf8);
  if (!device.isSynced(groupId))
    throw new ProtocolError('state/not-found', `the group ${groupId} is gone, or its link was withdrawn`);
  const known = device.resource({ groupId, id });
  const changed = {
    groupId,
    id,
    name,
    type,
    // A copy, so that what the caller does to the document later is another edit.
    document: JSON.parse(compactJson(document)) as unknown,
    removed,
    createdBy: known?.createdBy ?? accountId,
    lastEdited: now(),
    lastEditedBy: accountId,
    version: known?.version ?? NO_VERSION,
    unpushed: true,
  };
  device.putResources([changed]);
}
