/** Which of the groups for one document a server deletes (8.10). */
import { expectSame, expectThat, type Check } from '../../check.ts';
import { jsonOf } from '../../peer/exchange.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { groupPath, makeGroup, pushed, resourceOf, shareWith, type OwnGroup } from '../fixtures/flows.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { foreignGroup } from './push-refusal-checks.ts';
import { pullLists, syncWorld } from './sync-world.ts';

/** The groups of a check by name, in the order in which they are made. */
type Groups = Readonly<Record<string, OwnGroup>>;

/** The call, and then what the account can still reach: exactly what was named as deleted is gone. */
async function expectDeleted(
  bench: ServerBench,
  groups: Groups,
  ids: readonly string[],
  due: readonly string[],
): Promise<void> {
  const { device } = await syncWorld(bench);
  const answer = await device.call('POST', '/sync/fix-dupes', { ids });
  const finding = { sent: requestLine(answer), actual: statusAndBody(answer) };
  expectThat(isSuccess(answer), 'fix-dupes was refused', { ...finding, expected: 'status 200' });
  const deleted = jsonOf(answer.responseBody)['deleteResourceGroupIds'];
  const named = Array.isArray(deleted) ? (deleted as readonly unknown[]).map(String) : [];
  const namesOf = (some: readonly string[]): string =>
    Object.entries(groups)
      .filter(([, { groupId }]) => some.includes(groupId))
      .map(([name]) => name)
      .join(', ');
  const gone: string[] = [];
  for (const { groupId, owner } of Object.values(groups)) {
    const told = await owner.call('GET', groupPath({ groupId }));
    if (isSuccess(told)) continue;
    expectRefusal('a group that fix-dupes named', told, [404], 'not-found');
    gone.push(groupId);
  }
  expectSame('the list of deleted groups against those that are gone', namesOf(gone), namesOf(named));
  expectSame('the number of ids in the answer', String(gone.length), String(named.length));
  const wrongly = gone.filter((id) => !due.includes(id));
  expectSame('what was deleted and must not be', '', namesOf(wrongly));
  for (const { parentResourceId } of Object.values(groups)) {
    const alike = Object.values(groups).filter((other) => other.parentResourceId === parentResourceId);
    const all = alike.every(({ groupId }) => gone.includes(groupId));
    expectSame(`whether every group for ${parentResourceId} is gone`, 'no', all ? 'yes' : 'no');
  }
}

/** One check: its groups, which ids are named, and which may be deleted. */
export function dupesCheck(
  id: string,
  title: string,
  requirements: readonly string[],
  make: (
    bench: ServerBench,
  ) => Promise<{ groups: Groups; named?: readonly string[]; may: readonly string[] }>,
  needs: readonly string[] = [],
): Check<ServerBench> {
  return {
    id: `server.dupes.${id}`,
    title,
    requirements,
    needs: ['groups', 'fix-dupes', ...needs],
    async run(bench) {
      const { groups, named, may } = await make(bench);
      const ids = named ?? Object.values(groups).map(({ groupId }) => groupId);
      const mayIds = may.map((name) => groups[name]?.groupId ?? '');
      await expectDeleted(bench, groups, ids, mayIds);
    },
  };
}

export const dupesChecks: readonly Check<ServerBench>[] = [
  dupesCheck(
    'unshared',
    'Of three unshared groups for one document one is kept, and the answer names exactly those that are gone.',
    ['SYNC-08', 'SYNC-09'],
    async (bench) => {
      const { device } = await syncWorld(bench);
      const first = await makeGroup(bench, device, 'wrk_dupes_1');
      const second = await makeGroup(bench, device, 'wrk_dupes_1');
      const third = await makeGroup(bench, device, 'wrk_dupes_1');
      await pushed(device, [resourceOf(bench, second, device, 'of a duplicate')]);
      return {
        groups: { first, second, third },
        named: [third.groupId, first.groupId, second.groupId],
        may: ['first', 'second', 'third'],
      };
    },
  ),
  dupesCheck(
    'other-documents',
    'Groups for different documents, and groups that the call does not name, are not deleted.',
    ['SYNC-08', 'SYNC-09'],
    async (bench) => {
      const { device } = await syncWorld(bench);
      const one = await makeGroup(bench, device, 'wrk_dupes_2');
      const other = await makeGroup(bench, device, 'wrk_dupes_3');
      const unnamed = await makeGroup(bench, device, 'wrk_dupes_2');
      return { groups: { one, other, unnamed }, named: [one.groupId, other.groupId], may: [] };
    },
  ),
  dupesCheck(
    'named-twice',
    'A group that the call names twice is no duplicate of itself.',
    ['SYNC-08', 'SYNC-09'],
    async (bench) => {
      const { device } = await syncWorld(bench);
      const twice = await makeGroup(bench, device, 'wrk_dupes_7');
      return { groups: { twice }, named: [twice.groupId, twice.groupId], may: [] };
    },
  ),
  dupesCheck(
    'foreign',
    'A group without a link is passed over: it is not deleted, and no reason to delete another.',
    ['SYNC-08', 'SYNC-09'],
    async (bench) => {
      const { device } = await syncWorld(bench);
      const { group: foreign } = await foreignGroup(bench);
      const own = await makeGroup(bench, device, foreign.parentResourceId);
      return {
        groups: { foreign, own },
        named: [foreign.groupId, own.groupId, 'no_such_group'],
        may: [],
      };
    },
  ),
  dupesCheck(
    'shared',
    'A group that somebody else has a link to is not deleted, whenever it was made.',
    ['SYNC-08', 'SYNC-09'],
    async (bench) => {
      const { device } = await syncWorld(bench);
      const lone = await makeGroup(bench, device, 'wrk_dupes_4');
      const shared = await makeGroup(bench, device, 'wrk_dupes_4');
      const too = await makeGroup(bench, device, 'wrk_dupes_4');
      for (const group of [shared, too]) await shareWith(bench, group, [await bench.bob()]);
      return { groups: { lone, shared, too }, may: ['lone'] };
    },
    ['sharing'],
  ),
  dupesCheck(
    'of-another-owner',
    'A group that the caller is a member of and does not own is not deleted.',
    ['SYNC-08', 'SYNC-09'],
    async (bench) => {
      const { device } = await syncWorld(bench);
      const owner = await bench.device(await bench.bob());
      const joined = await makeGroup(bench, owner, 'wrk_dupes_5');
      await shareWith(bench, joined, [device.account]);
      const own = await makeGroup(bench, device, 'wrk_dupes_5');
      return { groups: { joined, own }, may: ['own'] };
    },
    ['sharing'],
  ),
  {
    id: 'server.dupes.contents',
    title: 'Of what was in a deleted group nothing is handed out any more, and of the others everything.',
    requirements: ['SYNC-08'],
    needs: ['groups', 'sync', 'fix-dupes'],
    async run(bench) {
      const { device } = await syncWorld(bench);
      const groups = [
        await makeGroup(bench, device, 'wrk_dupes_6'),
        await makeGroup(bench, device, 'wrk_dupes_6'),
      ];
      for (const [i, group] of groups.entries())
        await pushed(device, [resourceOf(bench, group, device, `in group ${String(i)}`)]);
      const ids = groups.map(({ groupId }) => groupId);
      const answer = await device.done('POST', '/sync/fix-dupes', { ids });
      const { createdResources } = await pullLists(device);
      const left = groups.filter(
        ({ groupId }) => !(answer['deleteResourceGroupIds'] as readonly unknown[]).includes(groupId),
      );
      const handedOut = createdResources.filter(({ resourceGroupId }) => ids.includes(resourceGroupId));
      expectSame(
        'the groups of the resources that are handed out',
        left.map(({ groupId }) => groupId).join(', '),
        [...new Set(handedOut.map(({ resourceGroupId }) => resourceGroupId))].join(', '),
      );
    },
  },
];
