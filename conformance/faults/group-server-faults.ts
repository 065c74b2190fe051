/** Servers that are wrong about groups, and about who gets to see them (8.1, 2.2). */
import type { Resource, Store } from '../../reference/index.ts';
import { answering, inStore, type ServerFault } from './server-parts.ts';
import { inGroupCalls, isMember, refused, repairing } from './sharing-server-parts.ts';

const GROUPS = '/api/resource_groups';

/** One resource for each id, in the group in which it came first. */
function oneForEachId(own: Store): Partial<Store> {
  const home = new Map<string, string>();
  const homeOf = (groupId: string, id: string): string => home.get(id) ?? groupId;
  return {
    putResource(resource: Resource) {
      const resourceGroupId = homeOf(resource.resourceGroupId, resource.id);
      home.set(resource.id, resourceGroupId);
      own.putResource({ ...resource, resourceGroupId });
    },
    resource: (groupId, id) => own.resource(homeOf(groupId, id), id),
  };
}

/** Removes a resource from every group in which its id occurs. */
function removedEverywhere(own: Store): Partial<Store> {
  const groups = new Set<string>();
  return {
    addGroup(group) {
      groups.add(group.id);
      own.addGroup(group);
    },
    putResource(resource) {
      own.putResource(resource);
      for (const groupId of resource.removed ? groups : []) {
        const twin = own.resource(groupId, resource.id);
        if (twin !== undefined) own.putResource({ ...twin, removed: true, version: resource.version });
      }
    },
  };
}

/** A group that nobody else is in is there for its maker until they have asked for it. */
function handedOutOnce(): ServerFault['create'] {
  const asked = new Set<string>();
  return inGroupCalls((call) => {
    if (call.call !== '' || !isMember(call) || call.store.linksOfGroup(call.groupId).length > 1)
      return undefined;
    if (asked.has(call.groupId)) return refused(404, 'not-found');
    asked.add(call.groupId);
    return undefined;
  });
}

export const groupServerFaults: readonly ServerFault[] = [
  {
    id: 'group-without-owner',
    title: 'makes groups that nobody owns',
    requirement: 'GROUP-02',
    create: inStore((own) => ({ addGroup: (group) => own.addGroup({ ...group, ownerAccountId: '' }) })),
  },
  {
    id: 'group-owned-by-the-first',
    title: 'takes the account that made the first group for the owner of every group',
    requirement: 'GROUP-02',
    create: inStore((own) => {
      let first: string | undefined;
      return {
        addGroup(group) {
          first ??= group.ownerAccountId;
          own.addGroup({ ...group, ownerAccountId: first });
        },
      };
    }),
  },
  {
    id: 'group-without-link',
    title: 'makes a group without the link of its owner',
    requirement: 'GROUP-02',
    create: inStore((own) => ({
      putLink(link) {
        if (own.group(link.resourceGroupId)?.ownerAccountId !== link.accountId) own.putLink(link);
      },
    })),
  },
  {
    id: 'group-name-trimmed',
    title: 'trims the names of groups',
    requirement: 'GROUP-02',
    create: inStore((own) => ({ addGroup: (group) => own.addGroup({ ...group, name: group.name.trim() }) })),
  },
  {
    id: 'group-name-to-its-zero-byte',
    title: 'stores the name of a group up to the first zero byte in it',
    requirement: 'GROUP-02',
    create: inStore((own) => ({
      addGroup: (group) => own.addGroup({ ...group, name: group.name.replace(/\0.*/s, '') }),
    })),
  },
  {
    id: 'group-parent-lower-cased',
    title: 'stores the parentResourceId of a group in lower case',
    requirement: 'GROUP-02',
    create: inStore((own) => ({
      addGroup: (group) => own.addGroup({ ...group, parentResourceId: group.parentResourceId.toLowerCase() }),
    })),
  },
  {
    id: 'link-in-upper-case',
    title: 'hands out links in upper-case digits',
    requirement: 'KEY-05',
    create: answering(GROUPS, (answer) => ({
      ...answer,
      encSymmetricKey: String(answer['encSymmetricKey']).toUpperCase(),
    })),
  },
  {
    id: 'links-of-the-owner',
    title: 'answers every member with the link of the owner',
    requirement: 'GROUP-03',
    create: inStore((own) => ({
      link(groupId, accountId) {
        const [ownersLink] = own.linksOfGroup(groupId);
        return own.link(groupId, accountId) && ownersLink;
      },
    })),
  },
  {
    id: 'group-handed-out-once',
    title: 'answers the maker of a group that nobody else is in once',
    requirement: 'GROUP-02',
    create: (input) => handedOutOnce()(input),
  },
  {
    id: 'group-answered-once',
    title: 'answers one session alone with a group, as long as nobody else is in it and nothing',
    requirement: 'GROUP-03',
    create: inStore((own) => {
      const first = new Map<string, string>();
      let asking = '';
      return {
        sessionAccount: (hash) => own.sessionAccount((asking = hash)),
        link(groupId, accountId) {
          if (own.linksOfGroup(groupId).length > 1 || own.resourcesOf(groupId).length > 0)
            return own.link(groupId, accountId);
          const session = first.get(`${groupId} ${accountId}`) ?? asking;
          first.set(`${groupId} ${accountId}`, session);
          return session === asking ? own.link(groupId, accountId) : undefined;
        },
      };
    }),
  },
  {
    id: 'group-parent-unchecked',
    title: 'takes anything as parentResourceId',
    requirement: 'HTTP-07',
    create: repairing(GROUPS, (body) => ({ ...body, parentResourceId: 'wrk_1' })),
  },
  {
    id: 'group-unknown-members-ignored',
    title: 'ignores members of a new group that it does not know',
    requirement: 'HTTP-07',
    create: repairing(GROUPS, ({ parentResourceId, name, encSymmetricKey }) => ({
      ...{ parentResourceId, name, encSymmetricKey },
    })),
  },
  {
    id: 'group-link-lower-cased',
    title: 'takes the upper-case digits of a link',
    requirement: 'HTTP-07',
    create: repairing(GROUPS, (body) => ({
      ...body,
      ...(typeof body['encSymmetricKey'] === 'string' && {
        encSymmetricKey: body['encSymmetricKey'].toLowerCase(),
      }),
    })),
  },
  {
    id: 'one-id-one-group',
    title: 'takes resources with one id in two groups for one',
    requirement: 'MODEL-01',
    create: inStore(oneForEachId),
  },
  {
    id: 'resources-removed-everywhere',
    title: 'removes a resource from every group that has its id',
    requirement: 'MODEL-01',
    create: inStore(removedEverywhere),
  },
  {
    id: 'groups-open-to-anybody',
    title: 'lets any account read a group whose id it knows',
    requirement: 'MODEL-02',
    create: inStore((own) => ({
      link: (groupId, accountId) => own.link(groupId, accountId) ?? own.linksOfGroup(groupId)[0],
    })),
  },
  {
    id: 'group-told-forbidden',
    title: 'answers 403 for a group that the caller has no link to',
    requirement: 'MODEL-02',
    create: inGroupCalls((call) =>
      call.store.group(call.groupId) === undefined || isMember(call) ? undefined : refused(403, 'forbidden'),
    ),
  },
  {
    id: 'link-stored-in-upper-case',
    title: 'stores links in upper-case digits',
    requirement: 'KEY-05',
    create: inStore((own) => ({
      putLink: (link) => own.putLink({ ...link, encSymmetricKey: link.encSymmetricKey.toUpperCase() }),
    })),
  },
];
