/** Push and pull of an adapter: what a device holds, around what its client does with keys (8.5 to 8.8). */
import type { ResourceAddress, ResourceConflict } from '../target/verbs.ts';
import { atStage, type AdapterVerbs } from './adapter.ts';
import { askForGroup, callIn, groupKey, type GroupCrypto } from './groups.ts';
import type { LocalResource, OpenSession, Sessions } from './sessions.ts';

/** A resource on the wire. */
interface RemoteResource extends Omit<LocalResource, 'groupId' | 'document' | 'dirty'> {
  readonly resourceGroupId: string;
  readonly encContent: string;
}

interface PushResponse {
  readonly updated: readonly { id: string; version: string }[];
  readonly created: readonly { id: string; version: string }[];
  readonly removed: readonly { id: string; version: string }[];
  readonly conflicts: readonly RemoteResource[];
}

interface PullResponse {
  readonly updatedResources: readonly RemoteResource[];
  readonly createdResources: readonly RemoteResource[];
  readonly idsToPush: readonly string[];
  readonly idsToRemove: readonly string[];
}

const nameOf = ({ groupId, id }: ResourceAddress): string => `${groupId}/${id}`;
const addressOf = ({ groupId, id }: ResourceAddress): ResourceAddress => ({ groupId, id });
const put = ({ resources }: OpenSession<unknown, unknown>, resource: LocalResource): void =>
  void resources.set(nameOf(resource), resource);

/** The pushes that one edit may take before it waits for the next call. */
const ROUNDS = 5;

export function syncVerbs<Keys, GroupKey>(
  { find }: Sessions<Keys, GroupKey>,
  crypto: GroupCrypto<Keys, GroupKey>,
): Required<Pick<AdapterVerbs, 'push' | 'pull'>> {
  type Session = OpenSession<Keys, GroupKey>;

  const seal = (
    key: GroupKey,
    { groupId, document, dirty: _, ...envelope }: LocalResource,
  ): RemoteResource => ({
    ...envelope,
    resourceGroupId: groupId,
    encContent: crypto.seal(key, document),
  });

  const open = (key: GroupKey, { resourceGroupId, encContent, ...remote }: RemoteResource): LocalResource => {
    const { id, name, type, removed, version, createdBy, lastEdited, lastEditedBy } = remote;
    const envelope = { id, name, type, removed, version, createdBy, lastEdited, lastEditedBy };
    return { groupId: resourceGroupId, ...envelope, document: crypto.open(key, encContent), dirty: false };
  };

  /** The later edit wins, on a tie the local one; whoever wins, the device goes on from the server's version. */
  const settle = (
    session: Session,
    key: GroupKey,
    own: LocalResource,
    remote: RemoteResource,
  ): ResourceConflict => {
    const winner = remote.lastEdited > own.lastEdited ? 'server' : 'client';
    put(session, winner === 'server' ? open(key, remote) : { ...own, version: remote.version });
    return { ...addressOf(own), winner };
  };

  /** Pushes what waits in one group; a push holds each id once. */
  async function pushGroup(session: Session, groupId: string, sent: readonly LocalResource[]) {
    const key = await groupKey(session, crypto, groupId);
    const body = sent.map((resource) => seal(key, resource));
    const push = () => callIn<PushResponse>(session, 'POST', '/sync/push', body);
    const answer = await push().catch(async (error: unknown) => {
      await askForGroup(session, groupId);
      throw error;
    });
    const taken = [...answer.updated, ...answer.created, ...answer.removed];
    const pushed: ResourceAddress[] = [];
    for (const own of sent) {
      const version = taken.find(({ id }) => id === own.id)?.version;
      if (version === undefined) continue;
      put(session, { ...own, version, dirty: false });
      pushed.push(addressOf(own));
    }
    const conflicts = answer.conflicts.flatMap((remote) => {
      const own = sent.find(({ id }) => id === remote.id);
      return own === undefined ? [] : [settle(session, key, own, remote)];
    });
    return { pushed, conflicts };
  }

  /** Takes over one resource of an answer. @returns the conflict, where there is one */
  async function take(session: Session, remote: RemoteResource): Promise<ResourceConflict | undefined> {
    const key = await groupKey(session, crypto, remote.resourceGroupId);
    const own = session.resources.get(nameOf({ groupId: remote.resourceGroupId, id: remote.id }));
    if (own?.dirty === true) return settle(session, key, own, remote);
    put(session, open(key, remote));
    return undefined;
  }

  return {
    async push({ session: handle, edits }) {
      const session = find(handle);
      const { accountId, resources, gone } = session;
      for (const edit of edits) {
        const { version = '__NO_VERSION__', createdBy = accountId } = resources.get(nameOf(edit)) ?? {};
        const authors = { createdBy, lastEdited: Date.now(), lastEditedBy: accountId };
        put(session, { ...edit, version, ...authors, dirty: true });
      }
      const result = { pushed: [] as ResourceAddress[], conflicts: [] as ResourceConflict[] };
      for (let round = 0; round < ROUNDS; round++) {
        const waiting = [...resources.values()].filter(({ dirty, groupId }) => dirty && !gone.has(groupId));
        for (const groupId of new Set(waiting.map((resource) => resource.groupId))) {
          const sent = waiting.filter((resource) => resource.groupId === groupId);
          const { pushed, conflicts } = await pushGroup(session, groupId, sent);
          result.pushed.push(...pushed);
          result.conflicts.push(...conflicts);
        }
      }
      return result;
    },

    async pull({ session: handle, blacklist = [] }) {
      const session = find(handle);
      const { resources, gone } = session;
      const listed = [...resources.values()].filter(
        ({ groupId }) => !gone.has(groupId) && !blacklist.includes(groupId),
      );
      const answer = await callIn<PullResponse>(session, 'POST', '/sync/pull', {
        resources: listed.map(({ id, groupId, version, removed }) => ({
          ...{ id, resourceGroupId: groupId, version, removed },
        })),
        blacklist,
      });
      const failed: ResourceAddress[] = [];
      const conflicts: ResourceConflict[] = [];
      for (const remote of [...answer.createdResources, ...answer.updatedResources])
        try {
          const conflict = await atStage('decrypt', () => take(session, remote));
          if (conflict !== undefined) conflicts.push(conflict);
        } catch {
          failed.push({ groupId: remote.resourceGroupId, id: remote.id });
        }
      for (const own of listed) {
        if (answer.idsToRemove.includes(own.id) && !own.dirty)
          put(session, { ...own, document: null, removed: true });
        if (answer.idsToPush.includes(own.id)) put(session, { ...own, dirty: true });
      }
      const held = [...resources.values()].filter(({ removed }) => !removed);
      return {
        resources: held.map(({ groupId, id, name, type, document }) => ({
          groupId,
          id,
          name,
          type,
          document,
        })),
        failed,
        conflicts,
      };
    },
  };
}
