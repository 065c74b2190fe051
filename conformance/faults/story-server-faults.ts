/** Servers that do each thing right, and go wrong when one comes after another, or while another is under way. */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fromHex, type PushRequest, type Store } from '../../reference/index.ts';
import { faulty, inStore, type ServerFault, type ServerFaultInput } from './server-parts.ts';

/** A server that keeps its store at hand for what it does around a call. */
export const racing =
  (
    path: string,
    act: (store: Store, request: Request, serve: (body: unknown) => Promise<Response>) => Promise<Response>,
  ) =>
  (input: ServerFaultInput) => {
    let store: Store | undefined;
    return faulty({
      store: (own) => (store = own),
      around: (server) => async (request) => {
        if (store === undefined || !new URL(request.url).pathname.endsWith(path))
          return await server.fetch(request);
        const { url, method, headers } = request;
        return await act(store, request, (body) =>
          server.fetch(new Request(url, { method, headers, body: JSON.stringify(body) })),
        );
      },
    })(input);
  };

/** Milliseconds between a read and the write that goes by it. */
const GAP = 15;

/** Calls between what a server says and what it does. */
const LATER = 4;

export const storyServerFaults: readonly ServerFault[] = [
  {
    id: 'story-version-again',
    title: 'gives a resource that comes back after its removal the version that it had before',
    requirement: 'SYNC-01',
    create(input) {
      const before = new Map<string, string>();
      let again: string | undefined;
      return faulty({
        store: (own) => ({
          ...own,
          resource(groupId, id) {
            const stored = own.resource(groupId, id);
            again = stored?.removed === true ? before.get(`${groupId} ${id}`) : undefined;
            return stored;
          },
          putResource(resource) {
            const { resourceGroupId, id, version, removed } = resource;
            if (!removed) before.set(`${resourceGroupId} ${id}`, version);
            own.putResource(resource);
          },
        }),
        random: (length) =>
          again === undefined ? Uint8Array.from(randomBytes(length)) : fromHex(again, 'version'),
      })(input);
    },
  },
  {
    id: 'story-withdrawn-come-back',
    title: 'brings back the links that were withdrawn from a group when it is shared with somebody else',
    requirement: 'UNSHARE-03',
    create: inStore((own) => {
      const withdrawn = new Map<string, Parameters<Store['putLink']>[0][]>();
      return {
        dropLink(groupId, accountId) {
          const link = own.link(groupId, accountId);
          if (link !== undefined) withdrawn.set(groupId, [...(withdrawn.get(groupId) ?? []), link]);
          own.dropLink(groupId, accountId);
        },
        putLink(link) {
          for (const one of withdrawn.get(link.resourceGroupId) ?? []) own.putLink(one);
          own.putLink(link);
        },
      };
    }),
  },
  {
    id: 'story-withdrawn-for-ever',
    title: 'stores no link for an account from which the group was withdrawn once',
    requirement: 'SHARE-12',
    create: inStore((own) => {
      const withdrawn = new Set<string>();
      return {
        dropLink(groupId, accountId) {
          withdrawn.add(`${groupId} ${accountId}`);
          own.dropLink(groupId, accountId);
        },
        putLink(link) {
          if (!withdrawn.has(`${link.resourceGroupId} ${link.accountId}`)) own.putLink(link);
        },
      };
    }),
  },
  {
    id: 'story-second-change-ends-nothing',
    title: 'ends the other sessions at the first change of an account, and not at the second',
    requirement: 'CHANGE-11',
    create: inStore((own) => {
      const changed = new Set<string>();
      return {
        dropSessions(accountId, but) {
          if (but === undefined || !changed.has(accountId)) own.dropSessions(accountId, but);
          changed.add(accountId);
        },
      };
    }),
  },
  {
    id: 'race-both-pushes-taken',
    title: 'compares versions, waits, and writes: pushes that arrive together are all taken',
    requirement: 'SYNC-02',
    create: racing('/sync/push', async (store, request, serve) => {
      const resources = (await request.json()) as PushRequest;
      const fits = resources.map(
        ({ resourceGroupId, id, version }) => store.resource(resourceGroupId, id)?.version === version,
      );
      await delay(GAP);
      return await serve(
        resources.map((resource, i) => {
          const now = store.resource(resource.resourceGroupId, resource.id)?.version;
          return fits[i] === true && now !== undefined ? { ...resource, version: now } : resource;
        }),
      );
    }),
  },
  {
    id: 'race-both-changes-taken',
    title:
      'compares the old verifier and the wrapped key, waits, and replaces: changes that arrive together are all taken',
    requirement: 'CHANGE-08',
    create: racing('/auth/change-password', async (store, request, serve) => {
      const body = (await request.json()) as Record<string, unknown>;
      const found = (): Record<string, unknown> => {
        const { verifier, encSymmetricKey } = store.accountByEmail(String(body['newEmail'])) ?? {};
        return { verifier, encSymmetricKey };
      };
      const seen = found();
      await delay(GAP);
      const fits = Object.entries(seen).every(([name, value]) => body[name] === value);
      return await serve(fits ? { ...body, ...found() } : body);
    }),
  },
  {
    id: 'race-young-sessions-survive',
    title: 'does not end at a change the sessions that began at the same time',
    requirement: 'CHANGE-11',
    create: inStore((own) => {
      const begun = new Map<string, { readonly accountId: string; readonly at: number }>();
      return {
        addSession(hash, accountId) {
          begun.set(hash, { accountId, at: performance.now() });
          own.addSession(hash, accountId);
        },
        dropSessions(accountId, but) {
          own.dropSessions(accountId, but);
          for (const [hash, session] of begun)
            if (session.accountId === accountId && performance.now() - session.at < 10 * GAP)
              own.addSession(hash, accountId);
        },
      };
    }),
  },
  {
    id: 'race-half-a-change',
    title: 'shows the old wrapped key for a moment after a change',
    requirement: 'CHANGE-09',
    create: inStore((own) => ({
      replaceAccount(account) {
        const encSymmetricKey = own.accountById(account.id)?.encSymmetricKey ?? account.encSymmetricKey;
        own.replaceAccount({ ...account, encSymmetricKey });
        setTimeout(() => {
          if (own.accountById(account.id) !== undefined) own.replaceAccount(account);
        }, 4 * GAP);
      },
    })),
  },
  {
    id: 'race-links-one-by-one',
    title: 'stores the links of a share one after the other, with those of another share in between',
    requirement: 'SHARE-08',
    create(input) {
      let turn = 0;
      return racing('/share-b', async (_store, request, serve) => {
        const wait = turn++ % 2 === 0 ? 1 : 8 * GAP;
        const { keys, ...whom } = (await request.json()) as { keys: Record<string, string> };
        let answer = await serve({ ...whom, keys: {} });
        for (const [id, link] of Object.entries(keys)) {
          if (answer.ok) answer = await serve({ ...whom, keys: { [id]: link } });
          await delay(wait);
        }
        return answer;
      })(input);
    },
  },
  {
    id: 'reset-put-off',
    title: 'says at once that a reset is done, and does it some calls later',
    requirement: 'RESET-01',
    create(input) {
      let putOff: Request | undefined;
      let calls = 0;
      return faulty({
        around: (server) => async (request) => {
          if (putOff !== undefined && --calls === 0) {
            await server.fetch(putOff);
            putOff = undefined;
          }
          if (putOff !== undefined || !request.url.endsWith('/auth/reset'))
            return await server.fetch(request);
          const { url, method, headers } = request;
          const asked = await server.fetch(new Request(new URL('/auth/whoami', url), { headers }));
          if (!asked.ok) return asked;
          putOff = new Request(url, { method, headers });
          calls = LATER;
          return Response.json({});
        },
      })(input);
    },
  },
];
