/** The way to a group's key: the caller's link, opened once and kept for as long as the session lasts (8.1, 6.5). */
import { ProtocolError } from '../errors.ts';
import type { ResourceGroup } from '../wire.ts';
import type { SessionContext } from './session.ts';

/** SYM_ResourceGroup, held or asked for. @throws ProtocolError `state/not-found`, `decrypt/link`, `decrypt/other-key` */
export async function groupKey(session: SessionContext, groupId: string): Promise<Uint8Array> {
  return session.secrets().groupKeys.get(groupId) ?? openLink(session, await fetchGroup(session, groupId));
}

/** The group with the caller's link. A group that is gone is not synced from then on (8.1). */
export async function fetchGroup(session: SessionContext, groupId: string): Promise<ResourceGroup> {
  try {
    const group = await session.calls.group(session.secrets().sessionId, groupId);
    if (group.id === groupId) return group;
  } catch (error) {
    if (isNotFound(error)) dropKey(session, groupId);
    throw error;
  }
  throw new ProtocolError('state/not-asked-for', `the server answered with another group than ${groupId}`);
}

/** Opens the caller's link and keeps the key. */
export function openLink(session: SessionContext, group: ResourceGroup): Uint8Array {
  const { keys } = session.secrets();
  return keepKey(session, group, session.steps.wrap.openLink(keys.PRV_Account, group.encSymmetricKey));
}

/** Keeps a group's key, unless another one was used for the group before. @throws ProtocolError `decrypt/other-key` */
export function keepKey(
  session: SessionContext,
  { id, parentResourceId }: Pick<ResourceGroup, 'id' | 'parentResourceId'>,
  SYM_ResourceGroup: Uint8Array,
): Uint8Array {
  const known = session.device.group(id);
  const fingerprint = session.steps.fingerprint(SYM_ResourceGroup);
  session.steps.accept.groupKey(known?.fingerprint, fingerprint);
  session.secrets().groupKeys.set(id, SYM_ResourceGroup);
  const group = { id, parentResourceId: parentResourceId ?? known?.parentResourceId, fingerprint };
  session.device.putGroup({ ...group, gone: false });
  return SYM_ResourceGroup;
}

/** The group is gone, or the link withdrawn: its key goes, the documents stay. */
export function dropKey(session: SessionContext, groupId: string): void {
  session.secrets().groupKeys.delete(groupId);
  const known = session.device.group(groupId);
  if (known !== undefined) session.device.putGroup({ ...known, gone: true });
}

export const isNotFound = (error: unknown): boolean =>
  error instanceof ProtocolError && error.code === 'state/not-found';
