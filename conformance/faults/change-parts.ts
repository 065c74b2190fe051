/** What servers that are wrong about a change of the account are made of (7.6, 7.7). */
import type { AccountRecord, Store } from '../../reference/index.ts';
import { faulty, inStore, objectIn, bodyReplaced, type ServerFault } from './server-parts.ts';

export const CHANGE = '/auth/change-password';

export type ChangeBody = Readonly<Record<string, unknown>>;

/** Looks at a change before the server does: another body for the server, or an answer. */
type Before = (
  body: ChangeBody,
  account: AccountRecord,
  store: Store,
) => ChangeBody | Response | Promise<ChangeBody>;

/** What is done with a change before the server reads it; the account is that of the session. */
export const beforeChange = (act: Before): ServerFault['create'] => beforeCall(CHANGE, act);

/** The same for any call with a session. */
export const beforeCall =
  (path: string, act: Before): ServerFault['create'] =>
  (input) => {
    const memory = input.store;
    let ofSession: string | undefined;
    const store: Store = {
      ...memory,
      sessionAccount: (hash) => (ofSession = memory.sessionAccount(hash)),
    };
    const create = faulty({
      store: () => store,
      around: (server) => async (request) => {
        if (new URL(request.url).pathname !== path) return await server.fetch(request);
        const text = await request.clone().text();
        const { headers } = request;
        await server.fetch(new Request(new URL('/auth/whoami', request.url), { headers }));
        const account = store.accountById(ofSession ?? '');
        const body = objectIn(text === '' ? '{}' : text);
        if (account === undefined || body === undefined) return await server.fetch(request);
        const next = await act(body, account, store);
        if (next instanceof Response) return next;
        if (text === '') return await server.fetch(request);
        return await server.fetch(bodyReplaced(request, body, next));
      },
    });
    return create(input);
  };

/** An accepted change is stored as something else than it should be. */
export const replacing = (
  change: (after: AccountRecord, before: AccountRecord) => AccountRecord,
): ServerFault['create'] =>
  inStore((own) => ({
    replaceAccount(after) {
      own.replaceAccount(change(after, own.accountById(after.id) ?? after));
    },
  }));

/** Something happens beside an accepted change. */
export const besideChange = (act: (account: AccountRecord, own: Store) => void): ServerFault['create'] =>
  inStore((own) => ({
    replaceAccount(after) {
      own.replaceAccount(after);
      act(after, own);
    },
  }));

/** What an accepted change ends in the store. */
type Ended = 'dropSessions' | 'dropStarters' | 'dropCode';

/** A change of this kind leaves what every other ends. */
export const keepingAt =
  (ended: Ended, isOfKind: (body: ChangeBody, account: AccountRecord) => boolean): ServerFault['create'] =>
  (input) => {
    let keeps = false;
    const own = input.store;
    const store: Store = {
      ...own,
      [ended]: (key: string, but?: string) => {
        if (!keeps) own[ended](key, but);
        keeps = false;
      },
    };
    const create = beforeChange((body, account) => {
      keeps = isOfKind(body, account);
      return body;
    });
    return create({ ...input, store });
  };

export const refused = (status: number, error: string): Response =>
  Response.json({ error, message: 'the change was refused' }, { status });
