/** `POST /sync/pull` (8.6). */
import t from 'tap';
import type { PullRequest, Resource } from '../index.ts';
import { listOf } from '../server/pull.ts';
import {
  accepted,
  fakeElement,
  fakeMessage,
  openWorld,
  PROFILES,
  refused,
  type Person,
  type World,
} from './server-world.ts';

const NOTHING = { updatedResources: [], createdResources: [], idsToPush: [], idsToRemove: [] };
const PULL = 'POST /sync/pull';

async function groupOf({ call }: World, by: Person): Promise<string> {
  const body = { parentResourceId: 'wrk_1', name: 'Garden', encSymmetricKey: fakeElement() };
  return String((await call('POST /api/resource_groups', { by, body })).body['id']);
}

/** Pushes a resource and hands it back as it is stored. */
async function pushed(
  { call, store }: World,
  { account, session }: Person,
  members: Partial<Resource> & { readonly resourceGroupId: string },
): Promise<Resource> {
  const resource: Resource = {
    ...{ id: 'req_1', name: 'Garden', version: '__NO_VERSION__', type: 'Request', lastEdited: 1 },
    ...{ createdBy: account.id, lastEditedBy: account.id, removed: false, encContent: fakeMessage() },
    ...members,
  };
  await call('POST /sync/push', { by: { session }, body: [resource] });
  return store.resource(resource.resourceGroupId, resource.id) ?? resource;
}

/** The table of 8.6: what the server stores, what the device lists, and where it goes. */
const rows: readonly (readonly [
  stored: { readonly removed: boolean } | undefined,
  known: { readonly version: 'same' | 'another'; readonly removed: boolean } | undefined,
  list: keyof typeof NOTHING | undefined,
])[] = [
  [{ removed: false }, undefined, 'createdResources'],
  [{ removed: true }, undefined, undefined],
  [{ removed: false }, { version: 'same', removed: false }, undefined],
  [{ removed: false }, { version: 'same', removed: true }, undefined],
  [{ removed: true }, { version: 'same', removed: false }, undefined],
  [{ removed: true }, { version: 'same', removed: true }, undefined],
  [{ removed: false }, { version: 'another', removed: false }, 'updatedResources'],
  [{ removed: false }, { version: 'another', removed: true }, 'updatedResources'],
  [{ removed: true }, { version: 'another', removed: false }, 'idsToRemove'],
  [{ removed: true }, { version: 'another', removed: true }, undefined],
  [undefined, { version: 'another', removed: false }, 'idsToPush'],
  [undefined, { version: 'another', removed: true }, undefined],
];

for (const profile of PROFILES) {
  t.test(`${profile}: the table of 8.6`, async (test) => {
    const world = openWorld(test, profile);
    const jane = await world.person('Jane');
    for (const [stored, known, list] of rows) {
      const resourceGroupId = await groupOf(world, jane);
      const own = stored && (await pushed(world, jane, { resourceGroupId, ...stored }));
      const version = known?.version === 'same' ? (own?.version ?? '') : 'another';
      const entry = known && { id: 'req_1', resourceGroupId, version, removed: known.removed };
      const others = world.store.linksOfAccount(jane.account.id).map((link) => link.resourceGroupId);
      const blacklist = others.filter((id) => id !== resourceGroupId);
      const body: PullRequest = { resources: entry === undefined ? [] : [entry], blacklist };
      const expected = list === undefined ? {} : { [list]: [list.startsWith('ids') ? 'req_1' : own] };
      const answer = await accepted(test, world.call(PULL, { by: jane, body }));
      test.same(answer, { ...NOTHING, ...expected }, JSON.stringify([stored, known, list]));
    }
  });

  t.test(`${profile}: a new device receives everything that is not removed`, async (test) => {
    const world = openWorld(test, profile);
    const jane = await world.person('Jane');
    const [one, other] = [await groupOf(world, jane), await groupOf(world, jane)];
    const all = [
      await pushed(world, jane, { resourceGroupId: one }),
      await pushed(world, jane, { resourceGroupId: one, id: 'req_2' }),
      await pushed(world, jane, { resourceGroupId: other }),
    ];
    await pushed(world, jane, { resourceGroupId: other, id: 'req_3', removed: true });
    const body = { resources: [], blacklist: [] };
    const answer = await accepted(test, world.call(PULL, { by: jane, body }));
    test.same(answer, { ...NOTHING, createdResources: all });
  });

  t.test(`${profile}: other groups are passed over in silence`, async (test) => {
    const world = openWorld(test, profile);
    const { call } = world;
    const [jane, bob] = [await world.person('Jane'), await world.person('Bob')];
    const [janes, bobs] = [await groupOf(world, jane), await groupOf(world, bob)];
    await pushed(world, jane, { resourceGroupId: janes });
    await pushed(world, bob, { resourceGroupId: bobs });
    const known = (resourceGroupId: string) => ({
      ...{ id: 'req_1', version: 'v1', removed: false },
      resourceGroupId,
    });
    for (const group of [bobs, 'rg_gone']) {
      const body = { resources: [known(group)], blacklist: [janes] };
      test.same(await accepted(test, call(PULL, { by: jane, body })), NOTHING);
    }
    const blacklisted = { resources: [known(janes)], blacklist: [janes] };
    test.same(await accepted(test, call(PULL, { by: jane, body: blacklisted })), NOTHING);
    await accepted(test, call('POST /auth/reset', { by: jane }));
    const afterReset = { resources: [known(janes)], blacklist: [] };
    test.same(await accepted(test, call(PULL, { by: jane, body: afterReset })), NOTHING);
  });

  t.test(`${profile}: who is given a link finds the group in the next pull`, async (test) => {
    const world = openWorld(test, profile);
    const { call } = world;
    const [jane, bob] = [await world.person('Jane'), await world.person('Bob')];
    const resourceGroupId = await groupOf(world, jane);
    const resource = await pushed(world, jane, { resourceGroupId });
    const pull = () => accepted(test, call(PULL, { by: bob, body: { resources: [], blacklist: [] } }));
    test.same(await pull(), NOTHING);
    const body = { emails: [bob.account.email], keys: { [bob.account.id]: fakeElement() } };
    await accepted(test, call(`POST /api/resource_groups/${resourceGroupId}/share-b`, { by: jane, body }));
    test.same(await pull(), { ...NOTHING, createdResources: [resource] });
  });

  t.test(`${profile}: what is refused`, async (test) => {
    const { call, person } = openWorld(test, profile);
    const jane = await person('Jane');
    const entry = { id: 'req_1', resourceGroupId: 'rg_1', version: 'v1', removed: false };
    const bodies: readonly object[] = [
      {},
      { resources: [] },
      { blacklist: [] },
      { resources: [], blacklist: [], since: 1 },
      { resources: [], blacklist: ['rg 1'] },
      { resources: [{ ...entry, removed: 0 }], blacklist: [] },
      { resources: [{ ...entry, version: '' }], blacklist: [] },
      { resources: [entry, { ...entry, version: 'v2' }], blacklist: [] },
      { resources: [{ ...entry, name: 'x' }], blacklist: [] },
    ];
    for (const body of bodies) await refused(test, call(PULL, { by: jane, body }), 400, 'malformed');
    const elsewhere = { ...entry, resourceGroupId: 'rg_2' };
    const right = { resources: [entry, elsewhere], blacklist: ['rg_1'] };
    await refused(test, call(PULL, { body: right }), 401, 'no-session');
    await accepted(test, call(PULL, { by: jane, body: right }));
  });
}

t.test('the table of 8.6 as a function', (test) => {
  for (const [stored, known, list] of rows) {
    const own = stored && ({ version: 'same', ...stored } as Resource);
    test.equal(listOf(own, known), list);
  }
  test.end();
});
