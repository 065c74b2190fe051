/** `POST /sync/push` (8.5, 8.7, 8.8). */
import t from 'tap';
import { findFault, type ProfileName, type Resource } from '../index.ts';
import { listOf } from '../server/push.ts';
import {
  accepted,
  fakeElement,
  fakeMessage,
  openWorld,
  PROFILES,
  refused,
  type Person,
} from './server-world.ts';

const NO_VERSION = '__NO_VERSION__';

/** Jane with a group, and what she pushes. */
async function openSync(test: Parameters<typeof openWorld>[0], profile: ProfileName) {
  const world = openWorld(test, profile);
  const jane = await world.person('Jane');
  const groupOf = async (by: Person): Promise<string> => {
    const body = { parentResourceId: 'wrk_1', name: 'Garden', encSymmetricKey: fakeElement() };
    return String((await world.call('POST /api/resource_groups', { by, body })).body['id']);
  };
  const group = await groupOf(jane);
  const resource = (members: Partial<Resource> = {}): Resource => ({
    id: 'req_1',
    name: 'Träffpunkt',
    resourceGroupId: group,
    version: NO_VERSION,
    type: 'Request',
    createdBy: jane.account.id,
    lastEdited: 1_735_689_600_000,
    lastEditedBy: jane.account.id,
    removed: false,
    encContent: fakeMessage(),
    ...members,
  });
  const push = (...body: readonly unknown[]) => world.call('POST /sync/push', { by: jane, body });
  const stored = (id = 'req_1') => world.store.resource(group, id);
  return { ...world, jane, group, groupOf, resource, push, stored };
}

/** The version in the one list of an answer that has something in it. */
function versionIn(body: Readonly<Record<string, unknown>>, list: string): string {
  const [one] = body[list] as readonly { readonly version: string }[];
  return one?.version ?? '';
}

const only = (list: string, entry: unknown) => ({
  ...{ updated: [], created: [], removed: [], conflicts: [] },
  [list]: [entry],
});

/** The table of 8.5: what is stored, what is pushed with which version, and where it goes. */
const rows: readonly (readonly [
  stored: boolean | undefined,
  version: string,
  removed: boolean,
  list: string,
])[] = [
  [undefined, NO_VERSION, false, 'created'],
  [undefined, 'any', false, 'created'],
  [undefined, NO_VERSION, true, 'removed'],
  [undefined, 'any', true, 'removed'],
  [false, 'stored', false, 'updated'],
  [true, 'stored', false, 'updated'],
  [false, 'stored', true, 'removed'],
  [true, 'stored', true, 'removed'],
  [false, NO_VERSION, false, 'conflicts'],
  [false, NO_VERSION, true, 'conflicts'],
  [false, 'any', false, 'conflicts'],
  [false, 'any', true, 'conflicts'],
  [true, NO_VERSION, false, 'conflicts'],
  [true, 'any', true, 'conflicts'],
];

for (const profile of PROFILES) {
  t.test(`${profile}: the table of 8.5`, async (test) => {
    for (const [before, version, removed, list] of rows) {
      const { push, resource, stored } = await openSync(test, profile);
      if (before !== undefined) await accepted(test, push(resource({ removed: before })));
      const own = stored();
      const pushed = resource({ version: version === 'stored' ? (own?.version ?? '') : version, removed });
      const name = `${before === undefined ? 'nothing' : `removed ${before}`}, ${version}, ${removed}: ${list}`;
      const answer = await accepted(test, push(pushed));
      if (list === 'conflicts') {
        test.same(answer, only('conflicts', own), name);
        test.same(stored(), own, 'nothing was changed');
      } else {
        const given = versionIn(answer, list);
        test.same(answer, only(list, { id: 'req_1', version: given }), name);
        test.same(stored(), { ...pushed, version: given }, 'stored as sent, but for the version');
        test.notOk([own?.version, NO_VERSION, version].includes(given), 'a new version');
        test.equal(findFault('record-resource', stored()), undefined);
      }
    }
  });

  t.test(`${profile}: a push of many goes to many lists`, async (test) => {
    const { push, resource } = await openSync(test, profile);
    const first = await accepted(
      test,
      push(resource(), resource({ id: 'req_2' }), resource({ id: 'req_3' })),
    );
    const created = first['created'] as readonly { id: string; version: string }[];
    const version = (i: number) => created[i]?.version ?? '';
    test.equal(new Set(created.map(({ version: one }) => one)).size, 3);
    const answer = await accepted(
      test,
      push(
        resource({ version: version(0) }),
        resource({ id: 'req_2', version: version(1), removed: true }),
        resource({ id: 'req_3' }),
        resource({ id: 'req_4' }),
      ),
    );
    const ids = Object.fromEntries(
      Object.entries(answer).map(([list, found]) => [list, (found as { id: string }[]).map(({ id }) => id)]),
    );
    test.same(ids, { updated: ['req_1'], created: ['req_4'], removed: ['req_2'], conflicts: ['req_3'] });
    test.same(await accepted(test, push()), { updated: [], created: [], removed: [], conflicts: [] });
  });

  t.test(`${profile}: what published clients add is taken and not kept`, async (test) => {
    const { push, resource, stored } = await openSync(test, profile);
    const sent = resource();
    const { created } = await accepted(test, push({ ...sent, _id: 'abc', dirty: true }));
    test.same(stored(), { ...sent, version: versionIn({ created }, 'created') });
    await refused(test, push({ ...resource({ id: 'req_2' }), dirty: 1 }), 400, 'malformed', '/0/dirty');
    await refused(test, push({ ...resource({ id: 'req_2' }), _rev: 'abc' }), 400, 'malformed', '/0/_rev');
  });

  t.test(`${profile}: one id in two groups is two resources, pushed one after the other`, async (test) => {
    const { push, resource, stored, groupOf, jane, store } = await openSync(test, profile);
    const other = await groupOf(jane);
    await accepted(test, push(resource()));
    await accepted(test, push(resource({ resourceGroupId: other, name: 'Other' })));
    test.equal(stored()?.name, 'Träffpunkt');
    test.equal(store.resource(other, 'req_1')?.name, 'Other');
    const both = [resource({ id: 'req_2' }), resource({ id: 'req_2', resourceGroupId: other })];
    await refused(test, push(...both), 400, 'malformed', '/1/id');
    test.equal(stored('req_2'), undefined);
  });

  t.test(`${profile}: a push is taken or refused whole`, async (test) => {
    const { call, push, person, groupOf, resource, jane, store, group } = await openSync(test, profile);
    const foreign = await groupOf(await person('Bob'));
    const refusals: readonly (readonly [pushed: unknown, status: number, error: string])[] = [
      [resource({ id: 'req_2', resourceGroupId: foreign }), 404, 'not-found'],
      [resource({ id: 'req_2', resourceGroupId: 'rg_unknown' }), 404, 'not-found'],
      [resource(), 400, 'malformed'],
      [{ ...resource({ id: 'req_2' }), encContent: '{}' }, 400, 'malformed'],
      [{ ...resource({ id: 'req_2' }), id: '' }, 400, 'malformed'],
      [{ ...resource({ id: 'req_2' }), lastEdited: -1 }, 400, 'malformed'],
      [{ ...resource({ id: 'req_2' }), type: '' }, 400, 'malformed'],
      [{ ...resource({ id: 'req_2' }), createdBy: 'jane' }, 400, 'malformed'],
    ];
    for (const [pushed, status, error] of refusals)
      await refused(test, push(resource(), pushed), status, error);
    await refused(test, call('POST /sync/push', { body: [resource()] }), 401, 'no-session');
    await refused(test, call('POST /sync/push', { by: jane, body: resource() }), 400, 'malformed');
    test.same([store.resourcesOf(group), store.resourcesOf(foreign)], [[], []]);
    await accepted(test, push(resource(), resource({ id: 'req_2' })));
  });

  t.test(`${profile}: of several pushes from one version one wins`, async (test) => {
    const { push, resource, stored } = await openSync(test, profile);
    const version = versionIn(await accepted(test, push(resource())), 'created');
    const edits = [1, 2, 3].map((lastEdited) => resource({ version, lastEdited }));
    const answers = await Promise.all(edits.map((edit) => accepted(test, push(edit))));
    const won = answers.findIndex(({ updated }) => (updated as readonly unknown[]).length === 1);
    test.equal(answers.filter(({ conflicts }) => (conflicts as readonly unknown[]).length === 1).length, 2);
    test.equal(stored()?.lastEdited, edits[won]?.lastEdited);
  });

  t.test(`${profile}: versions do not come again`, async (test) => {
    const { push, resource, stored } = await openSync(test, profile);
    const seen = new Set([NO_VERSION]);
    for (let i = 0; i < 20; i++) {
      const removed = i % 3 === 1;
      await accepted(test, push(resource({ version: stored()?.version ?? NO_VERSION, removed })));
      seen.add(stored()?.version ?? '');
    }
    test.equal(seen.size, 21);
  });

  t.test(`${profile}: a member writes as the owner does`, async (test) => {
    const { call, push, person, resource, stored, jane, group } = await openSync(test, profile);
    const bob = await person('Bob');
    const body = { emails: [bob.account.email], keys: { [bob.account.id]: fakeElement() } };
    await accepted(test, call(`POST /api/resource_groups/${group}/share-b`, { by: jane, body }));
    const version = versionIn(await accepted(test, push(resource())), 'created');
    const edit = resource({ version, lastEditedBy: bob.account.id });
    await accepted(test, call('POST /sync/push', { by: bob, body: [edit] }));
    test.equal(stored()?.lastEditedBy, bob.account.id);
    test.equal(stored()?.createdBy, jane.account.id);
  });
}

t.test('the table of 8.5 as a function', (test) => {
  for (const [stored, version, removed, list] of rows) {
    const own = stored === undefined ? undefined : ({ version: 'stored', removed: stored } as Resource);
    test.equal(listOf(own, { version, removed }), list);
  }
  test.end();
});
