/** Servers that are wrong about push, versions and conflicts (8.5, 8.7). */
import type { PushResponse, Store } from '../../reference/index.ts';
import { faulty, inStore, type ServerFault } from './server-parts.ts';
import { forced, joined, lookingThenWriting, meeting, pushAnswers, pushing } from './sync-server-parts.ts';

type ResourceRecord = Parameters<Store['putResource']>[0];

/** Resources, changed on their way into the storage. */
const storing = (change: (resource: ResourceRecord) => ResourceRecord) =>
  inStore((own) => ({
    putResource: (resource) => {
      own.putResource(change(resource));
    },
  }));

/** Resources, changed by what is stored in their place. */
const overStored = (change: (resource: ResourceRecord, stored: ResourceRecord) => ResourceRecord) =>
  inStore((own) => ({
    putResource: (resource) => {
      const stored = own.resource(resource.resourceGroupId, resource.id);
      own.putResource(stored === undefined ? resource : change(resource, stored));
    },
  }));

/** Resources found by their id alone, whatever the group. */
function byIdAlone(own: Store): Partial<Store> {
  const groups = new Map<string, string>();
  return {
    putResource(resource) {
      groups.set(resource.id, resource.resourceGroupId);
      own.putResource(resource);
    },
    resource: (groupId, id) => own.resource(groups.get(id) ?? groupId, id),
  };
}

/** Resources found by what the ids of two have in common, as a collation, a pattern or a short column has it. */
const foundBy = (common: (id: string) => string) =>
  inStore((own) => {
    const ids = new Map<string, string>();
    const key = (groupId: string, id: string): string => `${groupId} ${common(id)}`;
    return {
      putResource(resource) {
        ids.set(key(resource.resourceGroupId, resource.id), resource.id);
        own.putResource(resource);
      },
      resource: (groupId, id) => own.resource(groupId, ids.get(key(groupId, id)) ?? id),
    };
  });

/** Every twentieth version of a resource is the first that it had. */
const firstVersionAgain: ServerFault['create'] = (input) => {
  const { store } = input;
  const given = new Map<string, string[]>();
  const again = (id: string, version: string, groupId: string): string => {
    const stored = store.resource(groupId, id);
    const versions = given.get(`${groupId} ${id}`) ?? [];
    given.set(`${groupId} ${id}`, [...versions, version]);
    const [first] = versions;
    if (stored === undefined || first === undefined || versions.length % 20 !== 0) return version;
    store.putResource({ ...stored, version: first });
    return first;
  };
  return pushAnswers((answer, sent) => {
    const groupOf = new Map(sent.map(({ id, resourceGroupId }) => [id, resourceGroupId]));
    const renewed = (list: PushResponse['updated']): PushResponse['updated'] =>
      list.map(({ id, version }) => ({ id, version: again(id, version, groupOf.get(id) ?? '') }));
    const { created, updated, removed } = answer;
    return { ...answer, created: renewed(created), updated: renewed(updated), removed: renewed(removed) };
  })(input);
};

/** Stores of a refused push what it can, one resource at a time. */
const storingPart = pushing(async (resources, again) => {
  const response = await again(resources);
  if (response.status === 404) for (const resource of resources) await again([resource]);
  return response;
});

/** Takes each group of a push by itself. */
const groupByGroup = pushing(async (resources, again) => {
  const groups = [...new Set(resources.map(({ resourceGroupId }) => resourceGroupId))];
  const parts = groups.map((group) => resources.filter(({ resourceGroupId }) => resourceGroupId === group));
  let answer = { created: [], updated: [], removed: [], conflicts: [] } as Parameters<typeof joined>[0];
  for (const part of parts) {
    const response = await again(part);
    if (!response.ok) return response;
    answer = joined(answer, (await response.json()) as typeof answer);
  }
  return Response.json(answer);
});

export const pushServerFaults: readonly ServerFault[] = [
  {
    id: 'created-listed-as-updated',
    title: 'lists new resources as updated',
    requirement: 'PUSH-02',
    create: pushAnswers((answer) => ({
      ...answer,
      created: [],
      updated: [...answer.created, ...answer.updated],
    })),
  },
  {
    id: 'created-with-a-version-without-one',
    title: 'gives new resources that were pushed with a version none',
    requirement: 'SYNC-01',
    create: pushAnswers((answer, sent) => {
      const hadVersion = ({ id }: { readonly id: string }): boolean =>
        sent.some((one) => one.id === id && one.version !== '__NO_VERSION__');
      return {
        ...answer,
        created: answer.created.map((one) => (hadVersion(one) ? { ...one, version: '__NO_VERSION__' } : one)),
      };
    }),
  },
  {
    id: 'updated-listed-as-created',
    title: 'lists replaced resources as created',
    requirement: 'PUSH-02',
    create: pushAnswers((answer) => ({
      ...answer,
      updated: [],
      created: [...answer.created, ...answer.updated],
    })),
  },
  {
    id: 'removed-listed-twice',
    title: 'lists removed resources as updated too',
    requirement: 'PUSH-02',
    create: pushAnswers((answer) => ({ ...answer, updated: [...answer.updated, ...answer.removed] })),
  },
  {
    id: 'conflicts-unlisted',
    title: 'says nothing of conflicts',
    requirement: 'PUSH-02',
    create: pushAnswers((answer) => ({ ...answer, conflicts: [] })),
  },
  {
    id: 'conflicts-as-pushed',
    title: 'answers a conflict with what was pushed',
    requirement: 'PUSH-02',
    create: pushAnswers((answer, sent) => ({
      ...answer,
      conflicts: answer.conflicts.map((stored) => ({
        ...stored,
        ...sent.find(({ id }) => id === stored.id),
        version: stored.version,
      })),
    })),
  },
  {
    id: 'ids-by-a-collation',
    title: 'takes ids of resources that differ in case or accents for one',
    requirement: 'PUSH-02',
    create: foundBy((id) => id.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()),
  },
  {
    id: 'ids-cut',
    title: 'tells ids of resources apart by their first 191 characters, and by no space at their end',
    requirement: 'PUSH-02',
    create: foundBy((id) => id.slice(0, 191).trimEnd()),
  },
  {
    id: 'empty-push-refused',
    title: 'refuses a push of nothing that is written in two characters',
    requirement: 'PUSH-02',
    create: faulty({
      around: (server) => async (request) =>
        request.url.endsWith('/sync/push') && (await request.clone().text()) === '[]'
          ? Response.json({ error: 'malformed', message: 'the push is empty' }, { status: 400 })
          : await server.fetch(request),
    }),
  },
  {
    id: 'texts-normalised',
    title: 'stores the name of a resource in NFC',
    requirement: 'PUSH-03',
    create: storing((resource) => ({ ...resource, name: resource.name.normalize('NFC') })),
  },
  {
    id: 'envelope-of-the-first',
    title: 'keeps type and createdBy of a resource from its first push',
    requirement: 'PUSH-03',
    create: overStored((resource, { type, createdBy }) => ({ ...resource, type, createdBy })),
  },
  {
    id: 'newest-edit-kept',
    title: 'keeps the greatest lastEdited that a resource ever had',
    requirement: 'PUSH-03',
    create: overStored((resource, { lastEdited }) => ({
      ...resource,
      lastEdited: Math.max(lastEdited, resource.lastEdited),
    })),
  },
  {
    id: 'types-cut',
    title: 'stores the first 255 characters of a type',
    requirement: 'PUSH-03',
    create: storing((resource) => ({ ...resource, type: resource.type.slice(0, 255) })),
  },
  {
    id: 'content-written-anew',
    title: 'stores the JSON of a content as it would write it itself',
    requirement: 'PUSH-03',
    create: storing((resource) => ({
      ...resource,
      encContent: JSON.stringify(JSON.parse(resource.encContent)),
    })),
  },
  {
    id: 'edited-by-its-own-clock',
    title: 'sets lastEdited to the time of the push, by a clock that is a minute fast',
    requirement: 'PUSH-03',
    create: storing((resource) => ({ ...resource, lastEdited: Date.now() + 60_000 })),
  },
  {
    id: 'removed-emptied',
    title: 'forgets the name of a resource that is removed',
    requirement: 'PUSH-03',
    create: storing((resource) => ({ ...resource, name: resource.removed ? '' : resource.name })),
  },
  {
    id: 'removal-for-good',
    title: 'keeps a resource removed that is brought back',
    requirement: 'PUSH-03',
    create: inStore((own) => ({
      putResource: (resource) => {
        const { removed = false } = own.resource(resource.resourceGroupId, resource.id) ?? {};
        own.putResource({ ...resource, removed: removed || resource.removed });
      },
    })),
  },
  {
    id: 'conflicts-stored',
    title: 'answers a conflict, and stores what was pushed all the same',
    requirement: 'PUSH-04',
    create: pushing((resources, again) => forced(resources, again, (first) => first)),
  },
  {
    id: 'conflicting-removals-stored',
    title: 'answers a conflict, and removes what was pushed as removed all the same',
    requirement: 'PUSH-04',
    create: pushing((resources, again) =>
      forced(
        resources,
        again,
        (first) => first,
        ({ removed }) => removed,
      ),
    ),
  },
  {
    id: 'any-group-written',
    title: 'lets anybody push to any group',
    requirement: 'PUSH-05',
    create: inStore((own) => ({
      link: (groupId, accountId) => own.link(groupId, accountId) ?? own.linksOfGroup(groupId)[0],
    })),
  },
  {
    id: 'groups-of-no-number-passed-over',
    title: 'passes over what is pushed into a group whose id has no digit, as none of its own is',
    requirement: 'PUSH-05',
    create: pushing((resources, again) =>
      again(resources.filter(({ resourceGroupId }) => /\d/.test(resourceGroupId))),
    ),
  },
  {
    id: 'part-of-a-push-stored',
    title: 'stores the part of a refused push that is in groups of the caller',
    requirement: 'PUSH-05',
    create: storingPart,
  },
  {
    id: 'same-id-last-wins',
    title: 'takes the last of several resources with the same id',
    requirement: 'PUSH-06',
    create: pushing((resources, again) =>
      again([...new Map(resources.map((one) => [one.id, one])).values()]),
    ),
  },
  {
    id: 'same-id-in-two-groups-pushed',
    title: 'takes a push with the same id in two groups',
    requirement: 'PUSH-06',
    create: groupByGroup,
  },
  {
    id: 'resources-by-id-alone',
    title: 'looks resources up by their id alone',
    requirement: 'MODEL-01',
    create: inStore(byIdAlone),
  },
  {
    id: 'versions-come-round',
    title: 'gives a resource after twenty versions the first one again',
    requirement: 'SYNC-01',
    create: firstVersionAgain,
  },
  {
    id: 'version-kept',
    title: 'answers a replaced resource with the version that it had',
    requirement: 'SYNC-01',
    create: pushAnswers((answer, sent) => ({
      ...answer,
      updated: answer.updated.map(({ id, version }) => ({
        id,
        version: sent.find((one) => one.id === id)?.version ?? version,
      })),
    })),
  },
  {
    id: 'pushes-race',
    title: 'lets several pushes from the same version win that come at the same time',
    requirement: 'SYNC-02',
    create: lookingThenWriting(),
  },
  {
    id: 'new-ones-race',
    title: 'lets several pushes of one new resource win that come at the same time',
    requirement: 'SYNC-02',
    create: meeting(({ version }) => version === '__NO_VERSION__'),
  },
  {
    id: 'crowds-race',
    title: 'lets the last of more than five pushes from the same version win that come at the same time',
    requirement: 'SYNC-02',
    create: meeting(({ version }) => version !== '__NO_VERSION__', 6),
  },
  {
    id: 'pushes-of-several-race',
    title: 'lets a push of several resources win over one that comes at the same time',
    requirement: 'SYNC-02',
    create: meeting((_, among) => among.length > 1),
  },
  {
    id: 'last-push-wins',
    title: 'takes any version for the stored one',
    requirement: 'SYNC-02',
    create: pushing((resources, again) =>
      forced(resources, again, (first, second) => joined({ ...first, conflicts: [] }, second)),
    ),
  },
];
