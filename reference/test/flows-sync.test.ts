/** Push, pull, conflicts, removal, second devices and duplicate groups through client and server (8.5 to 8.10). */
import t from 'tap';
import type { PullRequest, PushRequest } from '../index.ts';
import { bed, bodiesOf, codeOf, documentsOf, openWorld, type World } from './client-world.ts';
import { SETTINGS } from './storages.ts';

const PUSH = 'POST /sync/push';
const PULL = 'POST /sync/pull';

/** How far the own clock is ahead, and whose edit wins then. */
const WINNERS = [
  [-1, 'server'],
  [0, 'client'],
  [1, 'client'],
] as const;

/** Two devices of Jane with a group that both know. */
async function twoDevices(world: World) {
  const jane = await world.person('Jane');
  const [desk, phone] = [await jane.login(), await jane.login()];
  const { id } = await desk.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
  desk.edit(bed(id, 'req_1', 'one'));
  await desk.push();
  await phone.pull();
  return { jane, desk, phone, id };
}

for (const { profile, storage, name } of SETTINGS) {
  t.test(`${name}: push and pull`, async (test) => {
    const world = openWorld(profile, storage);
    const { jane, desk, phone, id } = await twoDevices(world);
    const [[first]] = bodiesOf(world, PUSH) as readonly [PushRequest];
    test.equal(first?.version, '__NO_VERSION__');
    test.same(Object.keys(first ?? {}).length, 10, 'the members of 8.5 and no other');
    test.equal((await desk.push()).pushed.length, 0);
    test.equal(bodiesOf(world, PUSH).length, 1, 'nothing waits, nothing is sent');

    world.time += 1000;
    phone.edit(bed(id, 'req_1', 'two'));
    phone.edit(bed(id, 'req_2', 'new'));
    await phone.push();
    test.same(documentsOf((await desk.pull()).resources), [
      ['req_1', 'two'],
      ['req_2', 'new'],
    ]);
    const { resources, blacklist } = bodiesOf(world, PULL).at(-1) as PullRequest;
    test.same(blacklist, []);
    test.match(resources, [{ id: 'req_1', resourceGroupId: id, removed: false }]);
    test.same((await desk.pull({ blacklist: [id] })).received, []);
    test.match(bodiesOf(world, PULL).at(-1), { resources: [], blacklist: [id] });

    // Removed, seen to be removed, and brought back
    desk.edit(bed(id, 'req_1', null, true));
    await desk.push();
    test.match((bodiesOf(world, PUSH).at(-1) as PushRequest)[0], { id: 'req_1', removed: true });
    test.same(documentsOf((await phone.pull()).resources), [['req_2', 'new']]);
    test.same((await (await jane.login()).pull()).received, [{ groupId: id, id: 'req_2' }]);
    desk.edit(bed(id, 'req_1', 'back'));
    await desk.push();
    test.same(documentsOf((await phone.pull()).resources), [
      ['req_1', 'back'],
      ['req_2', 'new'],
    ]);
    const sealed = world.store.resourcesOf(id).map(({ encContent }) => encContent);
    test.equal(new Set(sealed).size, 2);
  });

  t.test(`${name}: the later edit wins, on a tie the local one`, async (test) => {
    const world = openWorld(profile, storage);
    const { desk, phone, id: groupId } = await twoDevices(world);
    for (const [ahead, winner] of WINNERS)
      for (const where of ['push', 'pull'] as const)
        for (const removed of [false, true]) {
          const id = `req ${where} ${ahead} ${removed}`;
          desk.edit(bed(groupId, id, 'one'));
          await desk.push();
          await phone.pull();
          world.time += 1000;
          desk.edit(bed(groupId, id, 'theirs', removed));
          await desk.push();
          world.time += ahead;
          phone.edit(bed(groupId, id, 'ours'));
          // A removal comes in a pull as an id alone: the conflict is met in the push that follows.
          const first = await phone[where]();
          const second = await phone.push();
          test.same([...first.conflicts, ...second.conflicts], [{ groupId, id, winner }], id);
          test.equal(first.conflicts.length, where === 'pull' && removed ? 0 : 1);
          const [left] = winner === 'client' ? ['ours'] : removed ? [] : ['theirs'];
          for (const device of [phone, desk]) {
            const { resources } = await device.pull();
            test.equal(resources.find((one) => one.id === id)?.document, left, `${id} on both devices`);
          }
        }
  });

  t.test(`${name}: an edit while a push or pull is on its way`, async (test) => {
    const world = openWorld(profile, storage);
    const { desk, phone, id } = await twoDevices(world);
    const editing = (answer: never) => {
      phone.edit(bed(id, 'req_1', 'later'));
      return answer;
    };
    phone.edit(bed(id, 'req_1', 'sooner'));
    await world.tampered(PUSH, editing, () => phone.push());
    test.same(documentsOf((await desk.pull()).resources), [['req_1', 'sooner']]);
    test.equal((await phone.push()).pushed.length, 1, 'the later edit waited');
    test.same(documentsOf((await desk.pull()).resources), [['req_1', 'later']]);

    desk.edit(bed(id, 'req_1', null, true));
    await desk.push();
    test.same((await world.tampered(PULL, editing, () => phone.pull())).received, []);
    test.same(documentsOf(phone.exportDevice().resources), [['req_1', 'later']], 'it is not removed');
  });

  t.test(`${name}: the same id in two groups`, async (test) => {
    const world = openWorld(profile, storage);
    const { jane, desk, id } = await twoDevices(world);
    const other = await desk.createGroup({ parentResourceId: 'wrk_2', name: 'Yard' });
    desk.edit(bed(id, 'req_1', 'here'));
    desk.edit(bed(other.id, 'req_1', 'there'));
    test.equal((await desk.push()).pushed.length, 2);
    test.same(
      (bodiesOf(world, PUSH).slice(-2) as readonly PushRequest[]).map(({ length }) => length),
      [1, 1],
      'each id once in a push',
    );
    const phone = await jane.login();
    test.equal((await phone.pull()).received.length, 2);
    const before = bodiesOf(world, PULL).length;
    test.same(documentsOf((await phone.pull()).resources), [
      ['req_1', 'here'],
      ['req_1', 'there'],
    ]);
    const pulls = bodiesOf(world, PULL).slice(before) as readonly PullRequest[];
    test.same(
      pulls.map(({ resources, blacklist }) => [resources.length, blacklist]),
      [
        [1, [other.id]],
        [1, [id]],
      ],
      'each id once in a pull',
    );
  });

  t.test(`${name}: duplicate groups`, async (test) => {
    const world = openWorld(profile, storage);
    const { desk, phone, id } = await twoDevices(world);
    const twin = await phone.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
    world.time += 1;
    phone.edit(bed(twin.id, 'req_1', 'edited in the twin'));
    phone.edit(bed(twin.id, 'req_2', 'only in the twin'));
    await phone.push();
    await phone.pull();
    test.same(bodiesOf(world, 'POST /sync/fix-dupes'), [{ ids: [id, twin.id] }]);
    test.same(
      phone.exportDevice().groups.map((group) => group.id),
      [id],
    );
    await phone.push();
    test.same(documentsOf((await desk.pull()).resources), [
      ['req_1', 'edited in the twin'],
      ['req_2', 'only in the twin'],
    ]);
    test.same(world.store.resourcesOf(id).length, 2);
    test.same(world.store.resourcesOf(twin.id), []);
    test.same(await phone.fixDuplicates(), [], 'nothing is left to do');
  });

  t.test(`${name}: a server that has lost a resource or a group`, async (test) => {
    const world = openWorld(profile, storage);
    const { jane, desk, phone, id } = await twoDevices(world);
    const other = await desk.createGroup({ parentResourceId: 'wrk_2', name: 'Yard' });
    const lost = (answer: object) => ({ ...answer, idsToPush: ['req_1', 'unheard-of'] });
    const pulled = await world.tampered(PULL, lost, () => desk.pull());
    test.equal(pulled.resources.length, 1);
    test.same((await desk.push()).pushed, [{ groupId: id, id: 'req_1' }]);

    desk.edit(bed(id, 'req_1', 'lost'));
    desk.edit(bed(other.id, 'req_2', 'kept'));
    world.store.dropGroup(id);
    const { pushed, failed } = await desk.push();
    test.same(pushed, [{ groupId: other.id, id: 'req_2' }], 'the rest is pushed');
    test.match(failed, [{ groupId: id, id: 'req_1', error: { code: 'state/not-found' } }]);
    test.same((await phone.pull()).resources.length, 2, 'nobody removes anything');
    test.same(documentsOf(desk.exportDevice().resources), [
      ['req_1', 'lost'],
      ['req_2', 'kept'],
    ]);
    test.equal((await (await jane.login()).pull()).resources.length, 1);
  });
}

t.test('what cannot be pushed is refused at once, before any server sees it', async (test) => {
  const world = openWorld('documented');
  const { desk, id } = await twoDevices(world);
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  const good = bed(id, 'req_1', { a: 1 });
  for (const [bad, code] of [
    [{ ...good, document: undefined }, 'schema/message'],
    [{ ...good, document: circle }, 'schema/message'],
    [{ ...good, id: '' }, 'schema/message'],
    [{ ...good, id: 'x'.repeat(201) }, 'schema/message'],
    [{ ...good, groupId: 'a/b' }, 'schema/message'],
    [{ ...good, type: '' }, 'schema/message'],
    [{ ...good, name: '\ud800' }, 'encoding/unicode'],
  ] as const)
    test.equal(
      await codeOf(() => {
        desk.edit(bad);
      }),
      code,
    );
  const document = { a: 1 };
  desk.edit({ ...good, document });
  document.a = 2;
  test.same(documentsOf(desk.exportDevice().resources), [['req_1', { a: 1 }]], 'the accepting twin, a copy');
});

/** Encoding is the business of the profile, and storing that of the storage: each once by default, all four with `SLOW=1`. */
const FEW = ['documented, memory', 'deployed, sqlite'];

for (const { profile, storage, name } of SETTINGS.filter(
  (setting) => process.env['SLOW'] === '1' || FEW.includes(setting.name),
))
  t.test(`${name}: a large document`, async (test) => {
    const world = openWorld(profile, storage);
    const { desk, phone, id } = await twoDevices(world);
    // As large as a push of 16 MiB takes: in `deployed` ä becomes six characters, and each of these two digits.
    const text = 'ä'.repeat(profile === 'documented' ? 4_000_000 - 40_000 : 1_300_000);
    desk.edit(bed(id, 'req_1', { text }));
    await desk.push();
    const [resource] = (await phone.pull()).resources;
    test.equal((resource?.document as { text: string }).text === text, true);
  });
