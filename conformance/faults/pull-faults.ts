/** Clients that are wrong in what they make of a pull (8.6 to 8.10). */
import { referenceVerbs } from '../target/reference-target.ts';
import {
  answerChanged,
  bodyChanged,
  whileCalled,
  withFetch,
  withOverrides,
  withSteps,
  type ClientFault,
} from './client-parts.ts';
import { isRemoval } from './removal-conflict-faults.ts';

/** A resource, as a pull brings it. */
interface Made {
  readonly resourceGroupId: string;
  readonly createdBy: string;
}

/** The time of a resource, in milliseconds. */
interface Dated {
  readonly id: string;
  readonly lastEdited: number;
}

export const pullFaults: readonly ClientFault[] = [
  {
    id: 'pull-lists-nothing',
    title: 'pulls as if it knew nothing',
    requirement: 'PULL-01',
    create: withFetch(
      async (request) =>
        await fetch(await bodyChanged(request, '/sync/pull', (body) => ({ ...body, resources: [] }))),
    ),
  },
  {
    id: 'created-passed-over',
    title: 'does not take over what it does not know',
    requirement: 'SYNC-07',
    create: withFetch((request) =>
      answerChanged(request, '/sync/pull', (body) => ({ ...body, createdResources: [] })),
    ),
  },
  {
    id: 'links-not-asked-for',
    title: 'does not ask for the link of a group that it did not make',
    requirement: 'PULL-10',
    create: withFetch((request) =>
      request.method === 'GET' && request.url.includes('/api/resource_groups/')
        ? Promise.resolve(Response.json({ error: 'not-found', message: 'none' }, { status: 404 }))
        : fetch(request),
    ),
  },
  {
    id: 'group-failure-hidden',
    title: 'reports a pull as whole in which it could not ask for a group',
    requirement: 'HTTP-13',
    create: (base) => {
      const failures = new Set<number>();
      const own = referenceVerbs({
        steps: base,
        async fetch(request) {
          const response = await fetch(request);
          const isGroup = new URL(request.url).pathname.startsWith('/api/resource_groups/');
          if (request.method === 'GET' && isGroup && response.status >= 500) failures.add(response.status);
          return response;
        },
      });
      return {
        ...own,
        async pull(params) {
          failures.clear();
          const result = await own.pull(params).catch((error: unknown) => {
            if (failures.size > 0) return { resources: [], failed: [], conflicts: [] };
            throw error;
          });
          return failures.size > 0 ? { ...result, failed: [] } : result;
        },
      };
    },
  },
  {
    id: 'updates-passed-over',
    title: 'does not take over what has changed',
    requirement: 'PULL-09',
    create: withFetch((request) =>
      answerChanged(request, '/sync/pull', (body) => ({ ...body, updatedResources: [] })),
    ),
  },
  {
    id: 'updates-without-later-time-passed-over',
    title: 'takes over what has changed only where its time is later than that of what it holds',
    requirement: 'PULL-09',
    create: withOverrides(() => {
      const times = new Map<string, number>();
      return {
        fetch: (request) =>
          answerChanged(request, '/sync/pull', (body) => {
            const isLater = ({ id, lastEdited }: Dated): boolean => lastEdited > (times.get(id) ?? 0);
            const created = body['createdResources'] as readonly Dated[];
            const updated = (body['updatedResources'] as readonly Dated[]).filter(isLater);
            for (const { id, lastEdited } of [...created, ...updated]) times.set(id, lastEdited);
            return { ...body, updatedResources: updated };
          }),
      };
    }),
  },
  {
    id: 'removal-takes-all',
    title: 'drops everything that it listed when the server names what it listed, and nothing else',
    requirement: 'PULL-08',
    create: withFetch(async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname !== '/sync/pull') return await fetch(request);
      const { resources } = (await request.clone().json()) as { resources: readonly { id: string }[] };
      const listed = resources.map(({ id }) => id);
      return await answerChanged(request, pathname, (body) => {
        const named = body['idsToRemove'] as readonly string[];
        const isMeant = named.length > 0 && named.every((id) => listed.includes(id));
        return isMeant ? { ...body, idsToRemove: listed } : body;
      });
    }),
  },
  {
    id: 'unreadable-ends-pull',
    title: 'gives up a pull when one of several resources that it brings does not open',
    requirement: 'PULL-05',
    create: (base) => {
      let brought = 0;
      const own = referenceVerbs({
        steps: base,
        fetch: (request) =>
          answerChanged(request, '/sync/pull', (body) => {
            const lists = [body['createdResources'], body['updatedResources']] as readonly unknown[][];
            brought = lists.flat().length;
            return body;
          }),
      });
      return {
        ...own,
        async pull(params) {
          const result = await own.pull(params);
          if (result.failed.length > 0 && brought > 1) throw new Error('a resource does not open');
          return result;
        },
      };
    },
  },
  {
    id: 'names-lost',
    title: 'gives a resource that it does not know its id for a name',
    requirement: 'SYNC-07',
    create: withFetch((request) =>
      answerChanged(request, '/sync/pull', ({ createdResources, ...body }) => ({
        ...body,
        createdResources: (createdResources as readonly { id: string }[]).map((resource) => ({
          ...resource,
          name: resource.id,
        })),
      })),
    ),
  },
  {
    id: 'links-of-others-not-asked-for',
    title: 'does not ask for the link of a group in which others have made everything',
    requirement: 'PULL-10',
    create: withOverrides(() => {
      const accounts = new Map<string, unknown>();
      const authors = new Map<string, unknown>();
      return {
        async fetch(request) {
          const session = request.headers.get('x-session-id') ?? '';
          const { pathname } = new URL(request.url);
          const author = authors.get(pathname);
          if (request.method === 'GET' && author !== undefined && author !== accounts.get(session))
            return Response.json({ error: 'not-found', message: 'none' }, { status: 404 });
          return await answerChanged(request, pathname, (body) => {
            if (pathname === '/auth/whoami') accounts.set(session, body['accountId']);
            if (pathname === '/sync/pull')
              for (const { resourceGroupId, createdBy } of body['createdResources'] as readonly Made[])
                authors.set(`/api/resource_groups/${resourceGroupId}`, createdBy);
            return body;
          });
        },
      };
    }),
  },
  {
    id: 'links-at-first-pull-not-asked-for',
    title:
      'does not ask at the first pull of a session for the link of a group in which others have made everything',
    requirement: 'PULL-10',
    create: withOverrides(() => {
      const accounts = new Map<string, unknown>();
      const passedOver = new Set<string>();
      const pulled = new Set<string>();
      return {
        async fetch(request) {
          const session = request.headers.get('x-session-id') ?? '';
          const { pathname } = new URL(request.url);
          if (request.method === 'GET' && passedOver.has(`${session} ${pathname}`))
            return Response.json({ error: 'not-found', message: 'none' }, { status: 404 });
          return await answerChanged(request, pathname, (body) => {
            if (pathname === '/auth/whoami') accounts.set(session, body['accountId']);
            if (pathname === '/sync/pull' && !pulled.has(session))
              for (const { resourceGroupId, createdBy } of body['createdResources'] as readonly Made[])
                if (createdBy !== accounts.get(session))
                  passedOver.add(`${session} /api/resource_groups/${resourceGroupId}`);
            if (pathname === '/sync/pull') pulled.add(session);
            return body;
          });
        },
      };
    }),
  },
  {
    id: 'server-wins-always',
    title: "lets the server's resource win every conflict",
    requirement: 'SYNC-03',
    create: withSteps((own) => ({ ...own, winner: () => 'server' })),
  },
  {
    id: 'client-wins-always',
    title: 'lets its own resource win every conflict',
    requirement: 'SYNC-03',
    create: withSteps((own) => ({ ...own, winner: () => 'client' })),
  },
  ...(['client', 'server'] as const).map((winner) => ({
    id: `${winner}-wins-a-refused-push`,
    title: `lets ${winner === 'client' ? 'its own edit' : "the server's"} win over another one where a push was refused for it`,
    requirement: 'SYNC-03',
    create: whileCalled('push', (isCalled) => ({
      steps: (own) => ({
        ...own,
        winner: (client, server) =>
          isCalled() && !isRemoval(client) && !isRemoval(server) && client.lastEdited !== server.lastEdited
            ? winner
            : own.winner(client, server),
      }),
    })),
  })),
  {
    id: 'dupes-ignored',
    title: 'does not have duplicate groups merged',
    requirement: 'SYNC-10',
    create: withFetch((request) =>
      request.url.endsWith('/sync/fix-dupes')
        ? Promise.resolve(Response.json({ deleteResourceGroupIds: [] }))
        : fetch(request),
    ),
  },
  {
    id: 'dupes-insisted-on',
    title: 'does not pull from a server that has no fix-dupes',
    requirement: 'SYNC-12',
    create: withFetch(async (request) => {
      const response = await fetch(request);
      if (response.status !== 404 || !request.url.endsWith('/sync/fix-dupes')) return response;
      return Response.json({ error: 'internal', message: 'no' }, { status: 500 });
    }),
  },
  {
    id: 'dupes-failure-passed-over',
    title: 'takes every failure of fix-dupes for a server that has no such call',
    requirement: 'HTTP-13',
    create: withFetch(async (request) => {
      const response = await fetch(request);
      return response.ok || !request.url.endsWith('/sync/fix-dupes')
        ? response
        : Response.json({ deleteResourceGroupIds: [] });
    }),
  },
  {
    id: 'dupes-form-passed-over',
    title: 'takes an answer to fix-dupes that is of another form for one that deletes nothing',
    requirement: 'HTTP-09',
    create: withFetch(async (request) => {
      const response = await fetch(request);
      if (!response.ok || !request.url.endsWith('/sync/fix-dupes')) return response;
      return Response.json({ deleteResourceGroupIds: [], ...((await response.json()) as object) });
    }),
  },
  {
    id: 'dupes-never-named',
    title: 'forgets every group that the answer to fix-dupes names',
    requirement: 'SYNC-11',
    create: withSteps((own) => ({ ...own, accept: { ...own.accept, deletedGroups: () => undefined } })),
  },
];
