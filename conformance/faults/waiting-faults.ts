/** Clients that lose what waits, or take what they must not, when a server answers push and pull otherwise (8.5 to 8.7). */
import {
  answerChanged,
  inAccept,
  withFetch,
  withOverrides,
  withSteps,
  type ClientFault,
} from './client-parts.ts';

/** The resources of a pull answer. */
interface Brought {
  readonly id: string;
}

export const waitingFaults: readonly ClientFault[] = [
  {
    id: 'duplicates-taken.in-one-list',
    title: 'takes an answer that brings a resource twice as new',
    requirement: 'PULL-06',
    create: withFetch((request) =>
      answerChanged(request, '/sync/pull', (body) => {
        const created = body['createdResources'] as readonly Brought[];
        return { ...body, createdResources: [...new Map(created.map((one) => [one.id, one])).values()] };
      }),
    ),
  },
  {
    id: 'duplicates-taken.in-two-lists',
    title: 'takes an answer that brings a resource as new and as changed',
    requirement: 'PULL-06',
    create: withFetch((request) =>
      answerChanged(request, '/sync/pull', (body) => {
        const created = (body['createdResources'] as readonly Brought[]).map(({ id }) => id);
        const updated = body['updatedResources'] as readonly Brought[];
        return { ...body, updatedResources: updated.filter(({ id }) => !created.includes(id)) };
      }),
    ),
  },
  {
    id: 'unknown-members-refused',
    title: 'refuses an answer with a member that it does not know',
    requirement: 'HTTP-10',
    create: withFetch((request) =>
      answerChanged(request, '/sync/pull', (body) => {
        if ('more' in body) throw new Error('more is not expected here');
        return body;
      }),
    ),
  },
  {
    id: 'strangers-removed',
    title: 'removes whatever the server names, listed or not',
    requirement: 'PULL-08',
    create: withOverrides(() => {
      const named = new Set<string>();
      return {
        fetch: (request) =>
          answerChanged(request, '/sync/pull', ({ createdResources, idsToRemove, ...body }) => {
            for (const id of idsToRemove as readonly string[]) named.add(id);
            const left = (createdResources as readonly Brought[]).filter(({ id }) => !named.has(id));
            return { ...body, idsToRemove, createdResources: left };
          }),
      };
    }),
  },
  {
    id: 'removal-of-what-waits',
    title: 'removes what the server names although it was edited',
    requirement: 'PULL-08',
    create: inAccept({ removal: () => true }),
  },
  ...[true, false].map((isTaken) => ({
    id: `push-failure-hidden.${isTaken ? 'unlisted' : 'refused'}`,
    title: isTaken
      ? 'takes for pushed what the answer to a push does not list, and forgets it'
      : 'reports a push that failed as one of nothing, and forgets it',
    requirement: 'PUSH-07',
    create: withFetch(async (request) => {
      const response = await fetch(request.clone());
      if (new URL(request.url).pathname !== '/sync/push' || response.ok !== isTaken) return response;
      const sent = (await request.json()) as readonly Brought[];
      const {
        created = [],
        updated = [],
        ...answer
      } = isTaken ? ((await response.json()) as { created?: Brought[]; updated?: Brought[] }) : {};
      const listed = new Set([...created, ...updated].map(({ id }) => id));
      const missing = sent.filter(({ id }) => !listed.has(id)).map(({ id }) => ({ id, version: 'taken' }));
      return Response.json({
        removed: [],
        conflicts: [],
        ...answer,
        updated,
        created: [...created, ...missing],
      });
    }),
  })),
  {
    id: 'ids-to-push-ignored',
    title: 'does not push what the server has lost',
    requirement: 'PULL-07',
    create: withFetch((request) =>
      answerChanged(request, '/sync/pull', (body) => ({ ...body, idsToPush: [] })),
    ),
  },
  {
    id: 'pull-lets-server-win',
    title: 'lets what a pull brings win over every edit that waits',
    requirement: 'SYNC-05',
    create: withSteps((own) => ({ ...own, winner: () => 'server' })),
  },
  {
    id: 'pull-lets-client-win',
    title: 'lets every edit that waits win over what a pull brings',
    requirement: 'SYNC-05',
    create: withSteps((own) => ({ ...own, winner: () => 'client' })),
  },
  {
    id: 'first-thousand-taken',
    title: 'takes no more than a thousand resources of an answer',
    requirement: 'PULL-09',
    create: withFetch((request) =>
      answerChanged(request, '/sync/pull', (body) => ({
        ...body,
        createdResources: (body['createdResources'] as unknown[]).slice(0, 1000),
      })),
    ),
  },
];
