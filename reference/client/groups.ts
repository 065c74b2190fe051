/** Resource groups: made with a key of their own, and read (8.1). */
import { KEY_BYTES } from '../constants.ts';
import type { ResourceGroup } from '../wire.ts';
import { fetchGroup, keepKey, openLink } from './link.ts';
import type { SessionContext } from './session.ts';

/** A group to be made. */
export interface NewGroup {
  /** The resource that the group is for, for example a workspace. */
  readonly parentResourceId: string;
  /** Sent in plain text. */
  readonly name: string;
}

/** A group whose key the session holds. */
export interface Group {
  /** Given by the server. */
  readonly id: string;
  /** The resource that the group is for, where the server says so. */
  readonly parentResourceId?: string | undefined;
  /** Where the server says so. */
  readonly name?: string | undefined;
}

export async function createGroup(session: SessionContext, given: NewGroup): Promise<Group> {
  const { steps, calls, random } = session;
  const { sessionId, keys } = session.secrets();

  // 1. SYM_ResourceGroup, encrypted to the account's own public key
  const SYM_ResourceGroup = random(KEY_BYTES);
  const { parentResourceId, name } = given;
  const encSymmetricKey = steps.wrap.sealLink(keys.PUB_Account, SYM_ResourceGroup);

  // 2. The server makes the group, its id and the owner's link
  const group = await calls.createGroup(sessionId, { parentResourceId, name, encSymmetricKey });

  // 3. The key is kept, and the link that came back holds no other
  keepKey(session, { id: group.id, parentResourceId }, SYM_ResourceGroup);
  openLink(session, group);
  return describe({ ...group, parentResourceId, name });
}

export async function readGroup(session: SessionContext, groupId: string): Promise<Group> {
  const group = await fetchGroup(session, groupId);
  openLink(session, group);
  return describe(group);
}

const describe = ({ id, parentResourceId, name }: ResourceGroup): Group => ({ id, parentResourceId, name });
