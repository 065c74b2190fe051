/** Clients that do each thing right, and go wrong when one comes after another. */
import { bodyChanged, withOverrides, withVerbs, type ClientFault } from './client-parts.ts';

const CHANGE = '/auth/change-password';

export const storyFaults: readonly ClientFault[] = [
  {
    id: 'second-change-from-first-key',
    title: 'sends at a second change in one session the wrapped key that the first one replaced',
    requirement: 'CHANGE-06',
    create: withOverrides(() => {
      const first = new Map<string, unknown>();
      return {
        async fetch(request) {
          const session = request.headers.get('x-session-id') ?? '';
          return await fetch(
            await bodyChanged(request, CHANGE, (body) => {
              const encSymmetricKey = first.get(session) ?? body['encSymmetricKey'];
              first.set(session, encSymmetricKey);
              return { ...body, encSymmetricKey };
            }),
          );
        },
      };
    }),
  },
  {
    id: 'withdrawn-for-ever',
    title: 'reports a group that was withdrawn once as shared, and gives nobody a link',
    requirement: 'SHARE-06',
    create: withVerbs((own) => {
      const withdrawn = new Set<string>();
      return {
        unshare(params) {
          withdrawn.add(params.groupId);
          return own.unshare(params);
        },
        share: (params) =>
          withdrawn.has(params.groupId) ? Promise.resolve({ accountIds: [] }) : own.share(params),
      };
    }),
  },
  {
    id: 'shared-with-nobody-after-a-failure',
    title:
      'gives nobody a link, and reports the group as shared, once another call of the session has failed',
    requirement: 'SHARE-06',
    create: withVerbs((own) => {
      const failed = new Set<string>();
      const noting =
        <P extends { readonly session: string }, R>(verb: (params: P) => R | Promise<R>) =>
        async (params: P): Promise<R> => {
          try {
            return await verb(params);
          } catch (error) {
            failed.add(params.session);
            throw error;
          }
        };
      return {
        pull: noting(own.pull),
        push: noting(own.push),
        createGroup: noting(own.createGroup),
        unshare: noting(own.unshare),
        changePassword: noting(own.changePassword),
        share: (params) =>
          failed.has(params.session) ? Promise.resolve({ accountIds: [] }) : own.share(params),
      };
    }),
  },
  {
    id: 'removed-for-ever',
    title: 'does not take over a resource that it has removed once, also when somebody makes it anew',
    requirement: 'PULL-09',
    create: withVerbs((own) => {
      const removed = new Set<string>();
      const nameOf = ({ groupId, id }: { readonly groupId: string; readonly id: string }) =>
        `${groupId}/${id}`;
      return {
        push(params) {
          for (const edit of params.edits) if (edit.removed) removed.add(nameOf(edit));
          return own.push(params);
        },
        async pull(params) {
          const answer = await own.pull(params);
          return {
            ...answer,
            resources: answer.resources.filter((resource) => !removed.has(nameOf(resource))),
          };
        },
      };
    }),
  },
];
