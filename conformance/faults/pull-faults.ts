/** Clients that are wrong in what they make of a pull (8.6 to 8.10). */
import {
  answerChanged,
  bodyChanged,
  withFetch,
  withSteps,
  withVerbs,
  type ClientFault,
} from './client-parts.ts';

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
    id: 'updates-passed-over',
    title: 'does not take over what has changed',
    requirement: 'PULL-09',
    create: withFetch((request) =>
      answerChanged(request, '/sync/pull', (body) => ({ ...body, updatedResources: [] })),
    ),
  },
  {
    id: 'removal-takes-all',
    title: 'drops everything that it listed when one resource was removed',
    requirement: 'PULL-08',
    create: withFetch(async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname !== '/sync/pull') return await fetch(request);
      const { resources } = (await request.clone().json()) as { resources: readonly { id: string }[] };
      return await answerChanged(request, pathname, (body) => ({
        ...body,
        ...(String(body['idsToRemove']) !== '' && { idsToRemove: resources.map(({ id }) => id) }),
      }));
    }),
  },
  {
    id: 'unreadable-ends-pull',
    title: 'gives up a pull when one resource does not open',
    requirement: 'PULL-05',
    create: withVerbs((own) => ({
      async pull(params) {
        const result = await own.pull(params);
        if (result.failed.length > 0) throw new Error('a resource does not open');
        return result;
      },
    })),
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
