/** `POST /sync/fix-dupes` (8.10). */
import t from 'tap';
import {
  accepted,
  fakeElement,
  openWorld,
  PROFILES,
  refused,
  type Person,
  type World,
} from './server-world.ts';

/** Who made a group, for which resource, and with whom it is shared. */
interface Made {
  readonly by: 'jane' | 'bob';
  readonly parent?: string;
  readonly shared?: boolean;
}

const [own, shared, bobs] = [
  { by: 'jane' },
  { by: 'jane', shared: true },
  { by: 'bob', shared: true },
] as const satisfies readonly Made[];

/** Groups, the oldest first; those that Jane names, by their place; those that are deleted. */
const cases: readonly (readonly [
  name: string,
  groups: readonly Made[],
  named: readonly number[],
  deleted: readonly number[],
])[] = [
  ['the oldest is kept', [own, own, own], [0, 1, 2], [1, 2]],
  ['in whatever order they are named', [own, own, own], [2, 0, 1], [1, 2]],
  ['and however often', [own, own], [1, 0, 1, 0], [1]],
  ['one alone stays', [own], [0], []],
  ['none is none', [own, own], [], []],
  ['only what is named goes', [own, own, own], [0, 2], [2]],
  ['the one that others have a link to is kept', [own, shared, own], [0, 1, 2], [0, 2]],
  ['and every other one of that kind', [shared, own, shared], [0, 1, 2], [1]],
  ['also one that somebody else owns', [own, bobs], [0, 1], [0]],
  ['nobody loses what others are linked to', [bobs, shared], [0, 1], []],
  ['a group that is not the caller’s is not there', [{ by: 'bob' }, own, own], [0, 1, 2], [2]],
  [
    'each resource by itself',
    [own, { by: 'jane', parent: 'wrk_2' }, own, { by: 'jane', parent: 'wrk_2' }],
    [0, 1, 2, 3],
    [2, 3],
  ],
  ['groups for different resources are no duplicates', [own, { by: 'jane', parent: 'wrk_2' }], [0, 1], []],
];

async function make({ call }: World, people: Record<'jane' | 'bob', Person>, made: Made): Promise<string> {
  const [by, other] = made.by === 'jane' ? [people.jane, people.bob] : [people.bob, people.jane];
  const body = { parentResourceId: made.parent ?? 'wrk_1', name: '', encSymmetricKey: fakeElement() };
  const id = String((await call('POST /api/resource_groups', { by, body })).body['id']);
  const share = { emails: [other.account.email], keys: { [other.account.id]: fakeElement() } };
  if (made.shared === true) await call(`POST /api/resource_groups/${id}/share-b`, { by, body: share });
  return id;
}

for (const profile of PROFILES) {
  for (const [name, groups, named, deleted] of cases)
    t.test(`${profile}: ${name}`, async (test) => {
      const world = openWorld(test, profile);
      const people = { jane: await world.person('Jane'), bob: await world.person('Bob') };
      const ids: string[] = [];
      for (const made of groups) ids.push(await make(world, people, made));
      const at = (places: readonly number[]) => places.map((i) => ids[i] ?? '');
      const body = { ids: [...at(named), 'rg_unknown'] };
      const answer = await accepted(test, world.call('POST /sync/fix-dupes', { by: people.jane, body }));
      test.same(new Set(answer['deleteResourceGroupIds'] as string[]), new Set(at(deleted)));
      const left = ids.filter((id) => world.store.group(id) !== undefined);
      test.same(
        left,
        ids.filter((id) => !at(deleted).includes(id)),
        'what is named as deleted is, and nothing else',
      );
      const again = await accepted(test, world.call('POST /sync/fix-dupes', { by: people.jane, body }));
      test.same(again, { deleteResourceGroupIds: [] }, 'a second time there is nothing to do');
    });

  t.test(`${profile}: what is refused`, async (test) => {
    const { call, person } = openWorld(test, profile);
    const jane = await person('Jane');
    for (const body of [{}, { ids: 'rg_1' }, { ids: ['rg 1'] }, { ids: [], parentResourceId: 'wrk_1' }])
      await refused(test, call('POST /sync/fix-dupes', { by: jane, body }), 400, 'malformed');
    await refused(test, call('POST /sync/fix-dupes', { body: { ids: [] } }), 401, 'no-session');
    await accepted(test, call('POST /sync/fix-dupes', { by: jane, body: { ids: [] } }));
  });
}
