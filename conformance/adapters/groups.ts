/** Groups, sharing and teams of an adapter, around what its client does with keys (8.1 to 8.4). */
import type { AdapterVerbs } from './adapter.ts';
import { atStage } from './adapter.ts';
import { call } from './http.ts';
import type { OpenSession, Sessions } from './sessions.ts';

/** What a client does with the key of a group, in the form in which it uses it. */
export interface GroupCrypto<Keys, GroupKey> {
  readonly newKey: () => GroupKey | Promise<GroupKey>;
  /** The account's own public key, as JSON text. */
  readonly publicKey: (keys: Keys) => string;
  /** @returns SYM_Link for a public key, given as JSON text */
  readonly sealLink: (publicKey: string, key: GroupKey) => string;
  readonly openLink: (keys: Keys, link: string) => GroupKey;
  /** @returns the JSON text of an AES message */
  readonly seal: (key: GroupKey, document: unknown) => string;
  readonly open: (key: GroupKey, message: string) => unknown;
}

interface ResourceGroup {
  readonly id: string;
  readonly encSymmetricKey: string;
}

interface ShareAResponse {
  readonly encSymmetricKey: string;
  readonly keys: Readonly<Record<string, string>>;
}

interface Team {
  readonly id: string;
  readonly name: string;
  readonly accounts: readonly { readonly id: string }[];
}

const GROUPS = '/api/resource_groups';

/** A call in a session. */
export const callIn = async <T>(
  { server, sessionId }: OpenSession<unknown, unknown>,
  method: string,
  path: string,
  body?: object,
): Promise<T> => await call<T>(server, method, path, { sessionId, body });

/** Asks for a group, once for each session. A group that is not there is not synced any more. */
export async function groupKey<Keys, GroupKey>(
  session: OpenSession<Keys, GroupKey>,
  { openLink }: GroupCrypto<Keys, GroupKey>,
  groupId: string,
): Promise<GroupKey> {
  const known = session.groupKeys.get(groupId);
  if (known !== undefined) return known;
  const group = await askForGroup(session, groupId);
  const key = await atStage('decrypt', () => openLink(session.keys, group.encSymmetricKey));
  session.groupKeys.set(groupId, key);
  return key;
}

export async function askForGroup(
  session: OpenSession<unknown, unknown>,
  groupId: string,
): Promise<ResourceGroup> {
  try {
    return await callIn<ResourceGroup>(session, 'GET', `${GROUPS}/${groupId}`);
  } catch (error) {
    session.groupKeys.delete(groupId);
    session.gone.add(groupId);
    throw error;
  }
}

type GroupVerb = 'createGroup' | 'share' | 'unshare' | 'createTeam' | 'teams';

export function groupVerbs<Keys, GroupKey>(
  { find }: Sessions<Keys, GroupKey>,
  crypto: GroupCrypto<Keys, GroupKey>,
): Required<Pick<AdapterVerbs, GroupVerb>> {
  return {
    async createGroup({ session: handle, parentResourceId, name }) {
      const session = find(handle);
      const key = await crypto.newKey();
      const encSymmetricKey = crypto.sealLink(crypto.publicKey(session.keys), key);
      const body = { parentResourceId, name, encSymmetricKey };
      const { id } = await callIn<ResourceGroup>(session, 'POST', GROUPS, body);
      session.groupKeys.set(id, key);
      return { groupId: id };
    },
    async share({ session: handle, groupId, teamId, emails = [] }) {
      const session = find(handle);
      const target = teamId === undefined ? { emails: emails.map(normalised) } : { teamId };
      const asked = await callIn<ShareAResponse>(session, 'POST', `${GROUPS}/${groupId}/share-a`, target);
      const keys = await atStage('decrypt', () => {
        const key = crypto.openLink(session.keys, asked.encSymmetricKey);
        const links = Object.entries(asked.keys).map(([id, jwk]) => [id, crypto.sealLink(jwk, key)]);
        return Object.fromEntries(links) as Record<string, string>;
      });
      await callIn(session, 'POST', `${GROUPS}/${groupId}/share-b`, { ...target, keys });
      return { accountIds: Object.keys(keys) };
    },
    async unshare({ session, groupId, emails }) {
      const body = emails && { emails: emails.map(normalised) };
      await callIn(find(session), 'PUT', `${GROUPS}/${groupId}/unshare`, body);
      return {};
    },
    async createTeam({ session, name, emails }) {
      const body = { name, ...(emails.length > 0 && { emails: emails.map(normalised) }) };
      const { id } = await callIn<Team>(find(session), 'POST', '/api/teams', body);
      return { teamId: id };
    },
    async teams({ session }) {
      const teams = await callIn<readonly Team[]>(find(session), 'GET', '/api/teams');
      return {
        teams: teams.map(({ id, name, accounts }) => ({
          teamId: id,
          name,
          accountIds: accounts.map((account) => account.id),
        })),
      };
    },
  };
}

const normalised = (email: string): string => email.trim().toLowerCase();
