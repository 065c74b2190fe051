/** Servers that tell of groups to who has no link to them, or not any more (2.4, 8.3). */
import type { Resource, Store } from '../../reference/index.ts';
import { faulty, inStore, withReason, type ServerFault } from './server-parts.ts';
import { inGroupCalls, isMember, refused, type GroupCall } from './sharing-server-parts.ts';

/** Every group, for whoever pulls. */
function linkedToAll(own: Store): Partial<Store> {
  const owners = new Map<string, string>();
  return {
    addGroup(group) {
      owners.set(group.id, group.ownerAccountId);
      own.addGroup(group);
    },
    linksOfAccount: () => [...owners].flatMap(([id, owner]) => own.link(id, owner) ?? []),
  };
}

/** Who lost a link gets no other one to a group without resources. */
function withdrawnForGood(own: Store): Partial<Store> {
  const lost = new Set<string>();
  return {
    dropLink(groupId, accountId) {
      lost.add(`${groupId} ${accountId}`);
      own.dropLink(groupId, accountId);
    },
    putLink(link) {
      const { resourceGroupId, accountId } = link;
      const isLost = lost.has(`${resourceGroupId} ${accountId}`);
      if (!isLost || own.resourcesOf(resourceGroupId).length > 0) own.putLink(link);
    },
  };
}

/** Every resource of a push by itself, up to the first that is refused. */
const pushedOneByOne = faulty({
  around: (server) => async (request) => {
    const { method, url, headers } = request;
    if (new URL(url).pathname !== '/sync/push') return await server.fetch(request);
    const resources = JSON.parse(await request.clone().text()) as readonly unknown[];
    if (resources.length < 2) return await server.fetch(request);
    let answer: Response | undefined;
    for (const resource of resources) {
      const kept = new Headers(headers);
      kept.delete('content-length');
      answer = await server.fetch(
        new Request(url, { method, headers: kept, body: JSON.stringify([resource]) }),
      );
      if (!answer.ok) return answer;
    }
    return answer ?? (await server.fetch(request));
  },
});

/** fix-dupes looks at every group that the caller ever had a link to. */
function withdrawnAsDuplicates(own: Store): Partial<Store> {
  const lost = new Map<string, ReturnType<Store['link']>>();
  const key = (groupId: string, accountId: string): string => `${groupId} ${accountId}`;
  let isFixing = false;
  return {
    sessionAccount(hash) {
      isFixing = false;
      return own.sessionAccount(hash);
    },
    groupsByAge(ids) {
      isFixing = true;
      return own.groupsByAge(ids);
    },
    dropLink(groupId, accountId) {
      lost.set(key(groupId, accountId), own.link(groupId, accountId));
      own.dropLink(groupId, accountId);
    },
    link: (groupId, accountId) =>
      own.link(groupId, accountId) ?? (isFixing ? lost.get(key(groupId, accountId)) : undefined),
  };
}

/** fix-dupes, refused where a group that it names is there and the caller has no link to it. */
const duplicatesRefused: ServerFault['create'] = (input) => {
  const unlinked = new Set<string>();
  return faulty({
    store: (own) => ({
      ...own,
      link(groupId, accountId) {
        const link = own.link(groupId, accountId);
        if (link === undefined) unlinked.add(groupId);
        return link;
      },
    }),
    around: (server) => async (request) => {
      unlinked.clear();
      const answer = await server.fetch(request);
      return unlinked.size > 0 && new URL(request.url).pathname === '/sync/fix-dupes'
        ? refused(404, 'not-found', 'there is no such group')
        : answer;
    },
  })(input);
};

/** A pull that names a group which is there and the caller has no link to, with a header. */
const skippedToldByHeader: ServerFault['create'] = (input) => {
  const { store } = input;
  let asking = '';
  const isUnlinked = (id: string): boolean =>
    store.group(id) !== undefined && store.link(id, asking) === undefined;
  return faulty({
    store: (own) => ({
      ...own,
      linksOfAccount(accountId) {
        asking = accountId;
        return own.linksOfAccount(accountId);
      },
    }),
    around: (server) => async (request) => {
      const again = request.clone();
      const answer = await server.fetch(request);
      if (!answer.ok || new URL(request.url).pathname !== '/sync/pull') return answer;
      const { resources } = (await again.json()) as { readonly resources: readonly Resource[] };
      const isSkipped = resources.some(({ resourceGroupId }) => isUnlinked(resourceGroupId));
      return isSkipped ? withReason(answer, 'a group was passed over') : answer;
    },
  })(input);
};

export const accessServerFaults: readonly ServerFault[] = [
  {
    id: 'group-told-by-message',
    title: 'says of a group that the caller has no link to that they are no member of it',
    requirement: 'MODEL-02',
    create: inGroupCalls((call) =>
      call.store.group(call.groupId) === undefined || isMember(call)
        ? undefined
        : refused(404, 'not-found', 'you are no member of this group'),
    ),
  },
  {
    id: 'duplicate-told-apart',
    title:
      'refuses a fix-dupes that names a group which the caller has no link to, and passes over one that is not there',
    requirement: 'MODEL-02',
    create: duplicatesRefused,
  },
  {
    id: 'group-told-by-header',
    title: 'says in a header that there is a group which the caller has no link to',
    requirement: 'MODEL-02',
    create: inGroupCalls(async (call) =>
      call.store.group(call.groupId) === undefined || isMember(call)
        ? undefined
        : withReason(await call.pass(), 'no link'),
    ),
  },
  {
    id: 'skipped-group-told-by-header',
    title: 'says in a header of a pull that it passes over a group which the caller has no link to',
    requirement: 'MODEL-02',
    create: skippedToldByHeader,
  },
  {
    id: 'pull-of-every-group',
    title: 'answers a pull with the resources of every group',
    requirement: 'PULL-03',
    create: inStore(linkedToAll),
  },
  {
    id: 'push-stored-in-part',
    title: 'stores of a push what comes before a group that the caller has no link to',
    requirement: 'PUSH-05',
    create: pushedOneByOne,
  },
  {
    id: 'links-kept',
    title: 'keeps links that were withdrawn',
    requirement: 'UNSHARE-03',
    create: inStore(() => ({ dropLink: () => undefined })),
  },
  {
    id: 'withdrawn-told-apart',
    title: 'answers who lost a link with 403',
    requirement: 'UNSHARE-03',
    create: inGroupCalls(
      lostLinksTold(() => refused(403, 'forbidden', 'your link to this group was withdrawn')),
    ),
  },
  {
    id: 'withdrawn-told-by-header',
    title: 'says in a header to who lost a link that it was withdrawn',
    requirement: 'UNSHARE-03',
    create: inGroupCalls(lostLinksTold(async (call) => withReason(await call.pass(), 'withdrawn'))),
  },
  {
    id: 'withdrawn-as-duplicate',
    title: 'deletes the group of who lost a link as a duplicate of the one that the link was to',
    requirement: 'UNSHARE-03',
    create: inStore(withdrawnAsDuplicates),
  },
  {
    id: 'withdrawn-for-good',
    title: 'gives who lost a link no other one to a group without resources',
    requirement: 'SHARE-11',
    create: inStore(withdrawnForGood),
  },
];

/** Remembers who was seen with a link, and tells them that it is gone. */
function lostLinksTold(
  tell: (call: GroupCall) => Promise<Response> | Response,
): Parameters<typeof inGroupCalls>[0] {
  const seen = new Set<string>();
  return (call) => {
    const link = `${call.groupId} ${call.accountId ?? ''}`;
    if (isMember(call)) seen.add(link);
    else if (seen.has(link)) return tell(call);
    return undefined;
  };
}
