/** What a client refuses of a server that lies about resources and groups, each with its accepting twin (8.5 to 8.10). */
import { randomBytes } from 'node:crypto';
import t from 'tap';
import type { PullResponse, Resource, Session } from '../index.ts';
import {
  bed,
  bodiesOf,
  codeOf,
  documentsOf,
  garden,
  message,
  openWorld,
  otherEnd,
  PROFILES,
  type World,
} from './client-world.ts';

const PULL = 'POST /sync/pull';
const PUSH = 'POST /sync/push';

for (const profile of PROFILES) {
  t.test(`${profile}: pulled resources`, async (test) => {
    const world = openWorld(profile);
    const { jane, session, id } = await garden(world);
    const onFirst =
      (alter: (own: Resource) => object) =>
      ({ createdResources: [first, ...rest], ...own }: PullResponse) => ({
        ...own,
        createdResources: [...(first === undefined ? [] : [alter(first)]), ...rest],
      });
    const cases: readonly (readonly [code: string, alter: (own: Resource) => object])[] = [
      [
        'decrypt/tag',
        (own) => ({ ...own, encContent: message(own.encContent, ({ t: tag }) => ({ t: otherEnd(tag) })) }),
      ],
      [
        'decrypt/tag',
        (own) => ({ ...own, encContent: message(own.encContent, ({ d }) => ({ d: otherEnd(d) })) }),
      ],
      [
        profile === 'documented' ? 'decrypt/additional-data' : 'decrypt/tag',
        (own) => ({ ...own, encContent: message(own.encContent, () => ({ ad: '00' })) }),
      ],
      ['state/not-found', (own) => ({ ...own, resourceGroupId: 'rg_unknown' })],
    ];
    for (const [code, alter] of cases) {
      const fresh = await jane.login();
      const { resources, failed } = await world.tampered(PULL, onFirst(alter), () => fresh.pull());
      test.match(failed, [{ id: 'req_1', error: { code } }]);
      test.same(documentsOf(resources), [['req_2', 'two']], 'the other one is taken over');
      test.same((await fresh.pull()).received, [{ groupId: id, id: 'req_1' }], 'the accepting twin');
    }

    // Nothing of these answers is used
    const whole: readonly ((own: PullResponse) => object)[] = [
      (own) => ({ ...own, createdResources: [...own.createdResources, ...own.createdResources.slice(0, 1)] }),
      (own) => ({ ...own, updatedResources: own.createdResources }),
      ({ idsToPush: _, ...own }) => own,
      onFirst((own) => ({
        ...own,
        encContent: message(own.encContent, ({ iv = '' }) => ({ iv: `${iv}00` })),
      })),
      onFirst((own) => ({ ...own, lastEdited: -1 })),
    ];
    const fresh = await jane.login();
    for (const alter of whole)
      test.equal(await codeOf(world.tampered(PULL, alter, () => fresh.pull())), 'schema/message');
    test.same(fresh.exportDevice().resources, []);
    test.equal((await fresh.pull()).received.length, 2, 'the accepting twin');

    // Removals of what was not listed, or waits to be pushed, or of what has come in the same answer
    session.edit(bed(id, 'req_1', 'edited'));
    const removing = (own: PullResponse) => ({ ...own, idsToRemove: ['req_1', 'req_3'] });
    await world.tampered(PULL, removing, () => session.pull());
    test.same(documentsOf(session.exportDevice().resources), [
      ['req_1', 'edited'],
      ['req_2', 'two'],
    ]);
    const twin = (own: PullResponse) => ({ ...own, idsToRemove: ['req_2'] });
    const { resources } = await world.tampered(PULL, twin, () => session.pull());
    test.same(documentsOf(resources), [['req_1', 'edited']], 'the accepting twin');
  });

  t.test(`${profile}: an update that does not open changes nothing`, async (test) => {
    const world = openWorld(profile);
    const { jane, session, id } = await garden(world);
    const other = await jane.login();
    await other.pull();
    other.edit(bed(id, 'req_1', 'newer'));
    await other.push();
    const broken = (own: PullResponse) => ({
      ...own,
      updatedResources: own.updatedResources.map((resource) => ({
        ...resource,
        encContent: message(resource.encContent, ({ t: tag }) => ({ t: otherEnd(tag) })),
      })),
    });
    const { failed } = await world.tampered(PULL, broken, () => session.pull());
    test.match(failed, [{ id: 'req_1', error: { code: 'decrypt/tag' } }]);
    test.same(documentsOf(session.exportDevice().resources)[0], ['req_1', 'one']);
    test.same(documentsOf((await session.pull()).resources)[0], ['req_1', 'newer'], 'the accepting twin');
  });

  t.test(`${profile}: answers to a push`, async (test) => {
    const world = openWorld(profile);
    const { session, id } = await garden(world);
    const push = (alter: (own: { updated: readonly object[] }) => object) => {
      session.edit(bed(id, 'req_1', randomBytes(4).toString('hex')));
      return world.tampered(PUSH, alter, () => session.push());
    };
    const waits = () => session.exportDevice().resources.filter(({ unpushed }) => unpushed).length;
    test.same(
      (await push((own) => ({ ...own, updated: [] }))).pushed,
      [],
      'what is not listed was not pushed',
    );
    test.equal(waits(), 1);
    // The server has a version by now that this device does not know
    test.match(await session.push(), { conflicts: [{ winner: 'client' }], pushed: [{ id: 'req_1' }] });
    const twice = (own: { updated: readonly object[] }) => ({ ...own, created: own.updated });
    test.equal(await codeOf(push(twice)), 'schema/message');
    test.equal(waits(), 1);
    await session.push();
    const strange = (own: { updated: readonly object[] }) => ({
      ...own,
      created: [{ id: 'req_9', version: 'v' }],
    });
    test.same((await push(strange)).pushed, [{ groupId: id, id: 'req_1' }], 'others are ignored');
    test.same([waits(), session.exportDevice().resources.length], [0, 2]);

    // A server that answers every push with a conflict is not asked for ever
    const before = bodiesOf(world, PUSH).length;
    const resource = world.store.resourcesOf(id)[0];
    const contested = () => ({ updated: [], created: [], removed: [], conflicts: [resource] });
    const { pushed, conflicts } = await push(contested);
    test.equal(pushed.length, 0);
    test.ok(conflicts.length > 1 && bodiesOf(world, PUSH).length - before < 10);
    test.equal(waits(), 1);
  });

  t.test(`${profile}: duplicate groups that were not named`, async (test) => {
    const world = openWorld(profile);
    const { session, id } = await garden(world);
    const [twin, other] = [
      await session.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' }),
      await session.createGroup({ parentResourceId: 'wrk_2', name: 'Yard' }),
    ];
    session.edit(bed(twin.id, 'req_1', 'twin'));
    await session.push();
    const deleting = (ids: readonly string[]) => () => ({ deleteResourceGroupIds: ids });
    const fix = () => session.fixDuplicates();
    const device = session.exportDevice();
    test.equal(
      await codeOf(world.tampered('POST /sync/fix-dupes', deleting([other.id]), fix)),
      'state/not-asked-for',
    );
    test.same(session.exportDevice(), device);
    await allGone(test, world, session, [id, twin.id]);
  });
}

/** All copies deleted: the documents stay where they are. */
async function allGone(
  test: Pick<typeof t, 'same' | 'equal'>,
  world: World,
  session: Session,
  ids: readonly string[],
): Promise<void> {
  const { resources } = session.exportDevice();
  const all = () => ({ deleteResourceGroupIds: ids });
  await world.tampered('POST /sync/fix-dupes', all, () => session.fixDuplicates());
  test.same(session.exportDevice().resources, resources);
}
