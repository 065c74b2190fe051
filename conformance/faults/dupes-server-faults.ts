/** Servers that delete the wrong groups for one document, or say so wrongly (8.10). */
import type { Store } from '../../reference/index.ts';
import { answering, heard, inStore, type ServerFault } from './server-parts.ts';

type GroupRecord = Parameters<Store['addGroup']>[0];

/** Groups as fix-dupes finds them, changed. */
const finding = (change: (found: readonly GroupRecord[], own: Store) => readonly GroupRecord[]) =>
  inStore((own) => ({ groupsByAge: (ids) => change(own.groupsByAge(ids), own) }));

/** Every group that was made is found, where the call names one group for each of two documents. */
function allFound(own: Store): Partial<Store> {
  const made: string[] = [];
  return {
    addGroup(group) {
      made.push(group.id);
      own.addGroup(group);
    },
    groupsByAge(ids) {
      const named = own.groupsByAge(ids);
      const documents = new Set(named.map(({ parentResourceId }) => parentResourceId));
      const areApart = [ids.length, named.length, documents.size].every((count) => count === 2);
      return areApart ? own.groupsByAge(made) : named;
    },
  };
}

/** Whoever has no link is taken for a member, and for the only one, where many groups are named. */
const membersUnchecked = inStore((own) => ({
  link: (groupId, accountId) => own.link(groupId, accountId) ?? own.linksOfGroup(groupId)[0],
}));

/** Whoever fixes duplicates owns all that are named, and of those of others is the only member; these come last. */
function ownedByWhoFixes(own: Store): Partial<Store> {
  const owners = new Map<string, string>();
  let asking = '';
  return {
    ...heard(own, (accountId) => {
      asking = accountId;
      owners.clear();
    }),
    groupsByAge: (ids) =>
      own
        .groupsByAge(ids)
        .toSorted((one, other) => Number(isForeign(one)) - Number(isForeign(other)))
        .map((group) => {
          owners.set(group.id, group.ownerAccountId);
          return { ...group, ownerAccountId: asking };
        }),
    linksOfGroup: (groupId) =>
      own
        .linksOfGroup(groupId)
        .filter(({ accountId }) => (owners.get(groupId) ?? asking) === asking || accountId === asking),
  };
  function isForeign({ ownerAccountId }: GroupRecord): boolean {
    return ownerAccountId !== asking;
  }
}

/** What is in a group that is gone is there as before, for who had a link. */
function resourcesOutlivingGroups(own: Store): Partial<Store> {
  const links: ReturnType<Store['linksOfGroup']>[number][] = [];
  const resources = new Map<string, ReturnType<Store['resourcesOf']>>();
  return {
    dropGroup(id) {
      links.push(...own.linksOfGroup(id));
      resources.set(id, own.resourcesOf(id));
      own.dropGroup(id);
    },
    linksOfAccount: (id) => [...own.linksOfAccount(id), ...links.filter(({ accountId }) => accountId === id)],
    resourcesOf: (groupId) => resources.get(groupId) ?? own.resourcesOf(groupId),
  };
}

export const dupesServerFaults: readonly ServerFault[] = [
  {
    id: 'dupes-of-any-document',
    title: 'deletes groups for other documents as duplicates',
    requirement: 'SYNC-08',
    create: finding((found) => found.map((group) => ({ ...group, parentResourceId: '' }))),
  },
  {
    id: 'dupes-by-a-collation',
    title: 'takes groups for documents whose ids differ in case for duplicates',
    requirement: 'SYNC-08',
    create: finding((found) =>
      found.map((group) => ({ ...group, parentResourceId: group.parentResourceId.toLowerCase() })),
    ),
  },
  {
    id: 'dupes-of-itself',
    title: 'takes a group that is named twice for a duplicate of itself',
    requirement: 'SYNC-08',
    create: inStore((own) => ({
      groupsByAge: (ids) => ids.flatMap((id) => own.groupsByAge([id])).map((group) => ({ ...group })),
    })),
  },
  {
    id: 'dupes-newest-kept',
    title: 'keeps none of the groups that are named',
    requirement: 'SYNC-08',
    create: inStore((own) => ({
      groupsByAge: (ids) => [
        { ...own.groupsByAge(ids)[0], id: 'ghost' } as GroupRecord,
        ...own.groupsByAge(ids),
      ],
      link: (groupId, accountId) =>
        own.link(groupId, accountId) ?? (groupId === 'ghost' ? own.linksOfAccount(accountId)[0] : undefined),
    })),
  },
  {
    id: 'dupes-unnamed',
    title: 'deletes duplicates that a call does not name which names one group for each of two documents',
    requirement: 'SYNC-08',
    create: inStore(allFound),
  },
  {
    id: 'dupes-of-strangers',
    title: 'keeps a group that the caller has no link to, and deletes their own',
    requirement: 'SYNC-08',
    create: membersUnchecked,
  },
  {
    id: 'dupes-shared',
    title: 'deletes groups that others have a link to',
    requirement: 'SYNC-08',
    create: inStore((own) => ({
      linksOfGroup: (groupId) =>
        own.linksOfGroup(groupId).filter(({ accountId }) => accountId === own.group(groupId)?.ownerAccountId),
    })),
  },
  {
    id: 'dupes-contents-kept',
    title: 'names a group as deleted and goes on handing out what is in it',
    requirement: 'SYNC-08',
    create: inStore(() => ({ dropGroup: () => undefined })),
  },
  {
    id: 'dupes-of-other-owners',
    title: 'deletes groups that the caller does not own, and looks at who else has a link to the others',
    requirement: 'SYNC-08',
    create: inStore(ownedByWhoFixes),
  },
  {
    id: 'dupes-resources-kept',
    title: 'goes on handing out what is in a group that it has deleted',
    requirement: 'SYNC-08',
    create: inStore(resourcesOutlivingGroups),
  },
  {
    id: 'one-dupe-told',
    title: 'names the first of the groups that it deletes',
    requirement: 'SYNC-09',
    create: answering('/sync/fix-dupes', ({ deleteResourceGroupIds: ids }) => ({
      deleteResourceGroupIds: (ids as readonly string[]).slice(0, 1),
    })),
  },
  {
    id: 'dupes-untold',
    title: 'deletes groups and does not say so',
    requirement: 'SYNC-09',
    create: answering('/sync/fix-dupes', () => ({ deleteResourceGroupIds: [] })),
  },
  {
    id: 'dupes-all-named',
    title: 'answers with every group that was named',
    requirement: 'SYNC-09',
    create: answering('/sync/fix-dupes', (_, { ids }) => ({ deleteResourceGroupIds: ids })),
  },
];
