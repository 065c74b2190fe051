/** What a client pushes when more waits than one body holds (8.5, 9.8). */
import t from 'tap';
import { bed, bodiesOf, openWorld, type World } from './client-world.ts';

const PUSH = 'POST /sync/push';
const MEBIBYTE = 1024 * 1024;

/** The lengths of the bodies that were pushed, in MiB, rounded down. */
const pushed = (world: World): readonly number[] =>
  bodiesOf(world, PUSH).map((body) => Math.floor(JSON.stringify(body).length / MEBIBYTE));

t.test('more than one body holds', async (test) => {
  const world = openWorld('documented');
  const jane = await world.person('Jane');
  const session = await jane.login();
  const { id } = await session.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
  const text = (mebibytes: number) => 'b'.repeat(mebibytes * MEBIBYTE);
  for (const name of ['req_1', 'req_2', 'req_3', 'req_4']) session.edit(bed(id, name, text(3)));
  session.edit(bed(id, 'req_huge', text(8)));
  session.edit(bed(id, 'req_5', 'small'));

  const { pushed: taken, failed } = await session.push();
  test.same(taken.map((one) => one.id).sort(), ['req_1', 'req_2', 'req_3', 'req_4', 'req_5']);
  test.match(
    failed,
    [{ id: 'req_huge', error: { code: 'network/status' } }],
    'larger than a server must take',
  );
  test.same(
    pushed(world),
    [12, 12, 16],
    'two bodies that every server takes, and the one that no server must',
  );
  const waiting = session.exportDevice().resources.filter(({ unpushed }) => unpushed);
  test.same(
    waiting.map((one) => one.id),
    ['req_huge'],
    'it waits on',
  );

  session.edit(bed(id, 'req_huge', 'not huge any more'));
  test.match(await session.push(), { pushed: [{ id: 'req_huge' }], failed: [] });
});
