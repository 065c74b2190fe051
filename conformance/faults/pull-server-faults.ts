/** Servers that are wrong about what a device lacks (8.6). */
import type { Store } from '../../reference/index.ts';
import { faulty, inStore, reading, type ServerFault } from './server-parts.ts';
import { pullAnswers, pulling } from './sync-server-parts.ts';

/** Every account is given the resources of every group. */
function allGroups(own: Store): Partial<Store> {
  const ids: string[] = [];
  return {
    addGroup(group) {
      ids.push(group.id);
      own.addGroup(group);
    },
    linksOfAccount: () => ids.flatMap((id) => own.linksOfGroup(id).slice(0, 1)),
  };
}

/** The blacklist holds for what is stored; what the device lists is compared all the same. */
const halfABlacklist = pulling(async (request, again) => {
  const response = await again(request);
  if (!response.ok) return response;
  const answer = (await response.json()) as object;
  const whole = (await (await again({ ...request, blacklist: [] })).json()) as Readonly<
    Record<string, unknown>
  >;
  return Response.json({ ...answer, idsToPush: whole['idsToPush'], idsToRemove: whole['idsToRemove'] });
});

/** The links to a group that is gone by some call are there as before. */
const linksOutlivingGroups =
  (path: string): ServerFault['create'] =>
  (input) => {
    const left: ReturnType<Store['linksOfGroup']>[number][] = [];
    let isLeaving = false;
    return faulty({
      store: (own) => ({
        ...own,
        dropGroup(id) {
          if (isLeaving) left.push(...own.linksOfGroup(id));
          own.dropGroup(id);
        },
        linksOfAccount: (id) => [
          ...own.linksOfAccount(id),
          ...left.filter(({ accountId }) => accountId === id),
        ],
      }),
      around: (server) => async (request) => {
        isLeaving = request.url.endsWith(path);
        return await server.fetch(request);
      },
    })(input);
  };

/** The names that resources had at first, in what a device is handed out that does not list them. */
function underFirstNames(): ServerFault['create'] {
  const names = new Map<string, string>();
  return (input) => {
    const create = pullAnswers((answer) => ({
      ...answer,
      createdResources: answer.createdResources.map((one) => ({
        ...one,
        name: names.get(`${one.resourceGroupId} ${one.id}`) ?? one.name,
      })),
    }));
    const { store: own } = input;
    const store: Store = {
      ...own,
      putResource(resource) {
        const key = `${resource.resourceGroupId} ${resource.id}`;
        names.set(key, names.get(key) ?? resource.name);
        own.putResource(resource);
      },
    };
    return create({ ...input, store });
  };
}

export const pullServerFaults: readonly ServerFault[] = [
  {
    id: 'removed-handed-out',
    title: 'hands out removed resources as if they were there',
    requirement: 'PULL-02',
    create: inStore((own) => ({
      resourcesOf: (groupId) => own.resourcesOf(groupId).map((one) => ({ ...one, removed: false })),
    })),
  },
  {
    id: 'created-without-names',
    title: 'hands out new resources without their names',
    requirement: 'PULL-02',
    create: pullAnswers((answer) => ({
      ...answer,
      createdResources: answer.createdResources.map((one) => ({ ...one, name: '' })),
    })),
  },
  {
    id: 'created-under-first-names',
    title: 'hands out new resources under the first name that they had',
    requirement: 'PULL-02',
    create: (input) => underFirstNames()(input),
  },
  {
    id: 'updated-without-names',
    title: 'hands out changed resources without their names where the device has no version of them',
    requirement: 'PULL-02',
    create: pullAnswers((answer, { resources }) => {
      const hasNone = ({ id }: { readonly id: string }): boolean =>
        resources.some((one) => one.id === id && one.version === '__NO_VERSION__');
      return {
        ...answer,
        updatedResources: answer.updatedResources.map((one) => (hasNone(one) ? { ...one, name: '' } : one)),
      };
    }),
  },
  {
    id: 'updated-as-new',
    title: 'hands out changed resources as new ones',
    requirement: 'PULL-02',
    create: pullAnswers((answer) => ({
      ...answer,
      updatedResources: [],
      createdResources: [...answer.createdResources, ...answer.updatedResources],
    })),
  },
  {
    id: 'removals-untold',
    title: 'does not tell what was removed',
    requirement: 'PULL-02',
    create: pullAnswers((answer) => ({ ...answer, idsToRemove: [] })),
  },
  {
    id: 'nothing-asked-for',
    title: 'does not ask for what it lacks',
    requirement: 'PULL-02',
    create: pullAnswers((answer) => ({ ...answer, idsToPush: [] })),
  },
  {
    id: 'removed-asked-for',
    title: 'asks for what the device has removed without a version and it never had',
    requirement: 'PULL-02',
    create: reading('/sync/pull', (body) => ({
      ...body,
      resources: (body['resources'] as readonly { readonly version: string }[]).map((one) =>
        one.version === '__NO_VERSION__' ? { ...one, removed: false } : one,
      ),
    })),
  },
  {
    id: 'one-page-pulled',
    title: 'hands out no more than a thousand resources of a group',
    requirement: 'PULL-02',
    create: pullAnswers((answer) => {
      const seen = new Map<string, number>();
      return {
        ...answer,
        createdResources: answer.createdResources.filter(({ resourceGroupId }) => {
          const count = (seen.get(resourceGroupId) ?? 0) + 1;
          seen.set(resourceGroupId, count);
          return count <= 1000;
        }),
      };
    }),
  },
  {
    id: 'newest-groups-pulled',
    title: 'looks through the hundred newest groups of an account',
    requirement: 'PULL-02',
    create: inStore((own) => ({ linksOfAccount: (id) => own.linksOfAccount(id).slice(-100) })),
  },
  {
    id: 'gone-by-reset-asked-for',
    title: 'asks for the resources of a group that is gone with a reset',
    requirement: 'PULL-03',
    create: linksOutlivingGroups('/auth/reset'),
  },
  {
    id: 'gone-by-deletion-asked-for',
    title: 'asks for the resources of a group that is gone with its owner’s account',
    requirement: 'PULL-03',
    create: linksOutlivingGroups('/auth/delete-account'),
  },
  {
    id: 'owners-alone-pull',
    title: 'hands out the resources of a group to its owner alone',
    requirement: 'PULL-02',
    create: inStore((own) => ({
      linksOfAccount: (accountId) =>
        own
          .linksOfAccount(accountId)
          .filter(({ resourceGroupId }) => own.group(resourceGroupId)?.ownerAccountId === accountId),
    })),
  },
  {
    id: 'long-blacklist-ignored',
    title: 'ignores a blacklist that names more than one group',
    requirement: 'PULL-03',
    create: reading('/sync/pull', (body) => ({
      ...body,
      blacklist: (body['blacklist'] as readonly unknown[]).length > 1 ? [] : body['blacklist'],
    })),
  },
  {
    id: 'blacklist-by-half',
    title: 'asks for resources of a group that the blacklist names',
    requirement: 'PULL-03',
    create: halfABlacklist,
  },
  {
    id: 'any-group-read',
    title: 'hands out the resources of every group to everybody',
    requirement: 'PULL-03',
    create: inStore(allGroups),
  },
  {
    id: 'lost-groups-asked-for',
    title: 'names for removal what a device lists of groups that there are not',
    requirement: 'PULL-03',
    create: pullAnswers((answer, { resources }) => ({
      ...answer,
      idsToRemove: [
        ...answer.idsToRemove,
        ...resources.filter(({ resourceGroupId }) => resourceGroupId === 'no_such_group').map(({ id }) => id),
      ],
    })),
  },
  {
    id: 'listed-twice-taken',
    title: 'takes the last of several entries for a resource',
    requirement: 'PULL-11',
    create: reading('/sync/pull', (body) => {
      const listed = body['resources'] as readonly {
        readonly id: string;
        readonly resourceGroupId: string;
      }[];
      const resources = new Map(listed.map((one) => [`${one.resourceGroupId}/${one.id}`, one]));
      return { ...body, resources: [...resources.values()] };
    }),
  },
];
