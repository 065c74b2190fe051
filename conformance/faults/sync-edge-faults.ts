/** Clients that are wrong at the edge of a rule of sync: two edits of one moment, what a pull left out, what does not open (8.6, 8.7). */
import { answerChanged, bodyChanged, withOverrides, withSteps, type ClientFault } from './client-parts.ts';

interface Listed {
  readonly id: string;
}

interface Versioned extends Listed {
  readonly version: string;
}

export const syncEdgeFaults: readonly ClientFault[] = [
  {
    id: 'server-wins-a-tie',
    title: "lets the server's resource win where both were edited at the same moment",
    requirement: 'SYNC-03',
    create: withSteps((own) => ({
      ...own,
      winner: (client, server) => (server.lastEdited >= client.lastEdited ? 'server' : 'client'),
    })),
  },
  {
    id: 'winner-from-old-version',
    title: 'pushes its own resource again with the version that the conflict was about',
    requirement: 'SYNC-04',
    create: withOverrides(() => {
      const sent = new Map<string, string>();
      const contested = new Map<string, string>();
      const old = (resource: Versioned): Versioned => {
        const before = sent.get(resource.id);
        const isAgain = before !== undefined && contested.get(resource.id) === resource.version;
        return isAgain ? { ...resource, version: before } : resource;
      };
      return {
        async fetch(request) {
          const { pathname } = new URL(request.url);
          if (pathname !== '/sync/push') return await fetch(request);
          const pushed = await bodyChanged(request, pathname, (body) => {
            const resources = (body as unknown as readonly Versioned[]).map(old);
            for (const { id, version } of resources) sent.set(id, version);
            return resources;
          });
          return await answerChanged(pushed, pathname, (answer) => {
            for (const { id, version } of answer['conflicts'] as readonly Versioned[])
              contested.set(id, version);
            return answer;
          });
        },
      };
    }),
  },
  {
    id: 'unlisted-forgotten',
    title: 'forgets a document that the server names, although the pull did not list it',
    requirement: 'PULL-08',
    create: withOverrides(() => {
      const forgotten = new Set<string>();
      return {
        async fetch(request) {
          const { pathname } = new URL(request.url);
          if (pathname !== '/sync/pull') return await fetch(request);
          const { resources } = (await request.clone().json()) as { resources: readonly Listed[] };
          const listed = new Set(resources.map(({ id }) => id));
          const without = (body: object): object => ({
            ...body,
            resources: resources.filter(({ id }) => !forgotten.has(id)),
          });
          return await answerChanged(await bodyChanged(request, pathname, without), pathname, (answer) => {
            for (const id of answer['idsToRemove'] as readonly string[])
              if (!listed.has(id)) forgotten.add(id);
            return answer;
          });
        },
      };
    }),
  },
  {
    id: 'unreadable-winner-taken',
    title: 'takes the later edit of another device for nothing where it does not open',
    requirement: 'PULL-04',
    create: withOverrides(() => {
      let won = false;
      return {
        steps: (own) => ({
          ...own,
          winner(client, server) {
            const winner = own.winner(client, server);
            won = winner === 'server';
            return winner;
          },
          wrap: {
            ...own.wrap,
            openJson(key, message) {
              const takesAnything = won;
              won = false;
              try {
                return own.wrap.openJson(key, message);
              } catch (error) {
                if (takesAnything) return null;
                throw error;
              }
            },
          },
        }),
      };
    }),
  },
];
