/** The sessions that an adapter holds between calls, and the verbs that need nothing but a session. */
import { randomUUID } from 'node:crypto';
import type { ResourceEdit } from '../target/verbs.ts';
import { AdapterError, type AdapterVerbs } from './adapter.ts';
import { call, get } from './http.ts';

/** What a login gives. */
export interface Opened<Keys> {
  readonly server: string;
  /** K as hex. */
  readonly sessionId: string;
  readonly accountId: string;
  /** Normalised; another one after a change of address. */
  email: string;
  /** The unlocked keys of the account, in the form in which the client uses them. */
  readonly keys: Keys;
}

/** A resource as the device holds it. */
export interface LocalResource extends ResourceEdit {
  readonly version: string;
  readonly createdBy: string;
  readonly lastEdited: number;
  readonly lastEditedBy: string;
  /** Whether it waits to be pushed. */
  readonly dirty: boolean;
}

/** A session, and what its device holds. */
export interface OpenSession<Keys, GroupKey> extends Opened<Keys> {
  /** The keys of the groups that were asked for, by id. */
  readonly groupKeys: Map<string, GroupKey>;
  /** Groups that the server answered 404 for. */
  readonly gone: Set<string>;
  /** By group and id. */
  readonly resources: Map<string, LocalResource>;
}

export interface Sessions<Keys, GroupKey> {
  /** Keeps a session, on a device that holds nothing, and returns its handle. */
  readonly add: (opened: Opened<Keys>) => string;
  /** @throws AdapterError where there is none */
  readonly find: (handle: string) => OpenSession<Keys, GroupKey>;
  /** whoami, logout, sendCode, reset and deleteAccount. */
  readonly verbs: Required<Pick<AdapterVerbs, SessionVerb>>;
}

type SessionVerb = 'whoami' | 'logout' | 'sendCode' | 'reset' | 'deleteAccount';

export function createSessions<Keys, GroupKey>(): Sessions<Keys, GroupKey> {
  const open = new Map<string, OpenSession<Keys, GroupKey>>();
  const find = (handle: string): OpenSession<Keys, GroupKey> => {
    const session = open.get(handle);
    if (session === undefined) throw new AdapterError('state', 'there is no such session');
    return session;
  };
  const tell = async (handle: string, method: string, path: string): Promise<object> => {
    const { server, sessionId } = find(handle);
    await call(server, method, path, { sessionId });
    return {};
  };
  return {
    find,
    add(opened) {
      const handle = randomUUID();
      open.set(handle, { ...opened, groupKeys: new Map(), gone: new Set(), resources: new Map() });
      return handle;
    },
    verbs: {
      async whoami({ session }) {
        const { server, sessionId } = find(session);
        const { accountId, email, firstName, lastName } = await get(server, '/auth/whoami', sessionId);
        return { accountId, email, firstName, lastName };
      },
      async logout({ session }) {
        const ending = tell(session, 'POST', '/auth/logout');
        open.delete(session);
        return await ending;
      },
      sendCode: ({ session }) => tell(session, 'POST', '/auth/send-password-code'),
      async reset({ session }) {
        await tell(session, 'POST', '/auth/reset');
        for (const held of [find(session).groupKeys, find(session).resources]) held.clear();
        return {};
      },
      async deleteAccount({ session }) {
        await tell(session, 'DELETE', '/auth/delete-account');
        open.delete(session);
        return {};
      },
    },
  };
}
