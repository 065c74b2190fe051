/** The sessions that an adapter holds between calls, and the two verbs that need nothing but a session. */
import { randomUUID } from 'node:crypto';
import type { Params, Result } from '../target/verbs.ts';
import { AdapterError } from './adapter.ts';
import { get, post } from './http.ts';

/** What a client keeps of a login. */
export interface OpenSession {
  readonly server: string;
  /** K as hex. */
  readonly sessionId: string;
  /** The unlocked keys of the account, in the form in which the client uses them. */
  readonly keys: object;
}

export interface Sessions {
  /** Keeps a session and returns its handle. */
  readonly add: (session: OpenSession) => string;
  readonly whoami: (params: Params<'whoami'>) => Promise<Result<'whoami'>>;
  readonly logout: (params: Params<'logout'>) => Promise<Result<'logout'>>;
}

export function createSessions(): Sessions {
  const open = new Map<string, OpenSession>();
  const find = (handle: string): OpenSession => {
    const session = open.get(handle);
    if (session === undefined) throw new AdapterError('state', 'there is no such session');
    return session;
  };
  return {
    add: (session) => {
      const handle = randomUUID();
      open.set(handle, session);
      return handle;
    },
    whoami: async (params) => {
      const { server, sessionId } = find(params.session);
      const { accountId, email, firstName, lastName } = await get(server, '/auth/whoami', sessionId);
      return { accountId, email, firstName, lastName };
    },
    logout: async (params) => {
      const { server, sessionId } = find(params.session);
      open.delete(params.session);
      await post(server, '/auth/logout', {}, sessionId);
      return {};
    },
  };
}
