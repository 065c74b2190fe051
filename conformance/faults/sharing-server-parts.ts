/** What servers that are wrong about groups are made of: calls about a group, and stores that know who is asking. */
import { createServer, type Server, type Store } from '../../reference/index.ts';
import { faulty, objectIn, bodyReplaced, type ServerFault } from './server-parts.ts';

export type Json = Record<string, unknown>;

/** A call about a group, as a faulty server sees it. */
export interface GroupCall {
  readonly method: string;
  readonly groupId: string;
  /** `share-a`, `share-b`, `unshare`; empty for the group itself. */
  readonly call: string;
  readonly body: Json;
  /** Who asks; undefined without a session. */
  readonly accountId: string | undefined;
  readonly store: Store;
  /** Hands the call on, with another body where one is given. */
  pass(body?: unknown): Promise<Response>;
}

const PATH = /^\/api\/resource_groups\/([^/]+)(?:\/([a-z-]+))?$/;

/** Calls about groups, answered by somebody else where there is an answer; everything else as it is. */
export const inGroupCalls =
  (
    answer: (call: GroupCall) => Promise<Response | undefined> | Response | undefined,
  ): ServerFault['create'] =>
  ({ profile, mailer, store: memory }) => {
    const { store, caller } = askedBy(memory);
    const server = createServer({ profile, mailer, publicUrl: 'http://127.0.0.1', store });
    return {
      async fetch(request) {
        const [, groupId = '', call = ''] = PATH.exec(new URL(request.url).pathname) ?? [];
        if (groupId === '') return await server.fetch(request);
        const text = await request.clone().text();
        const own = objectIn(text) ?? {};
        const pass = (body?: unknown): Promise<Response> =>
          server.fetch(body === undefined ? request.clone() : bodyReplaced(request.clone(), own, body));
        const accountId = await caller(server, request);
        const { method } = request;
        const told = { method, groupId, call, body: own, accountId, store, pass };
        return (await answer(told)) ?? (await server.fetch(request));
      },
    };
  };

/** One of the calls about groups: its name, or none for the group itself. */
export const inCall = (
  name: string,
  answer: (call: GroupCall) => Promise<Response> | Response | undefined,
): ServerFault['create'] => inGroupCalls((call) => (call.call === name ? answer(call) : undefined));

/** The bodies of one call about groups, changed before the server reads them. */
export const sentTo = (name: string, change: (call: GroupCall) => unknown): ServerFault['create'] =>
  inCall(name, (call) => call.pass(change(call)));

/** The answers of one call about groups, changed where they succeed. */
export const answered = (
  name: string,
  change: (answer: Json, call: GroupCall) => unknown,
): ServerFault['create'] =>
  inCall(name, async (call) => {
    const response = await call.pass();
    return response.ok ? Response.json(change((await response.json()) as Json, call)) : response;
  });

/** The bodies of `POST` to a path, repaired before the server looks for what is wrong with them. */
export const repairing = (path: string, repair: (body: Json) => unknown): ServerFault['create'] =>
  faulty({
    around: (server) => async (request) => {
      if (request.method !== 'POST' || new URL(request.url).pathname !== path)
        return await server.fetch(request);
      const body = objectIn(await request.clone().text());
      return await server.fetch(body === undefined ? request : bodyReplaced(request, body, repair(body)));
    },
  });

export const isOwner = ({ store, groupId, accountId }: GroupCall): boolean =>
  store.group(groupId)?.ownerAccountId === accountId;

export const isMember = ({ store, groupId, accountId }: GroupCall): boolean =>
  store.link(groupId, accountId ?? '') !== undefined;

export const done = (): Response => Response.json({});

export const refused = (status: number, error: string, message = 'this is refused'): Response =>
  Response.json({ error, message }, { status });

export const listIn = (body: Json, name: string): readonly string[] =>
  Array.isArray(body[name]) ? (body[name] as string[]) : [];

export const keysIn = (body: Json): Readonly<Record<string, string>> =>
  (body['keys'] ?? {}) as Record<string, string>;

/** A store in which whoever makes the call that is under way owns every group. */
export function ownedByAnybody(own: Store): Partial<Store> {
  let asking: string | undefined;
  return {
    sessionAccount: (hash) => (asking = own.sessionAccount(hash)),
    group(id) {
      const group = own.group(id);
      return group === undefined || asking === undefined ? group : { ...group, ownerAccountId: asking };
    },
  };
}

/** A store that tells whose session a request carries. */
function askedBy(own: Store) {
  let last: string | undefined;
  const sessionAccount = (hash: string): string | undefined => (last = own.sessionAccount(hash));
  const caller = async (server: Server, request: Request): Promise<string | undefined> => {
    last = undefined;
    await server.fetch(new Request(new URL('/api/teams', request.url), { headers: sessionOf(request) }));
    return last;
  };
  return { store: { ...own, sessionAccount }, caller };
}

const sessionOf = ({ headers }: Request): Record<string, string> => ({
  'x-session-id': headers.get('x-session-id') ?? '',
});
