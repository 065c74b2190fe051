/** Ids that clients choose are compared as they are: what a storage easily takes for one resource, or one document, is two (2.6). */
import { expectSame, type Check } from '../../check.ts';
import { lookalikes } from '../fixtures/lookalikes.ts';
import { makeGroup, pushed, resourceOf } from '../fixtures/flows.ts';
import { judgeRows } from '../fixtures/rows.ts';
import type { ServerBench } from '../bench/bench.ts';
import { dupesCheck } from './dupes-checks.ts';
import { expectResource, pullLists, pushLists, syncWorld } from './sync-world.ts';

export const lookalikeChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.push.lookalikes',
    title:
      'Resources whose ids differ in anything are two: each is created, handed out and known by its own id.',
    requirements: ['PUSH-02', 'PUSH-03', 'PULL-02'],
    needs: ['groups', 'sync'],
    async run(bench) {
      const { device } = await syncWorld(bench);
      const group = await makeGroup(bench, device);
      const make = (id: string) => resourceOf(bench, group, device, id);
      const pairs = Object.entries(lookalikes).map(
        ([what, [one, other]]) => [what, make(one), make(other)] as const,
      );
      const versions = new Map(
        await pushed(
          device,
          pairs.map(([, one]) => one),
        ),
      );
      await judgeRows(pairs, async ([what, , other]) => {
        const { created } = await pushLists(device, [other]);
        const ids = created.map(({ id }) => id);
        expectSame(
          `the created ones of a push of an id that differs from another in ${what}`,
          JSON.stringify([other.id]),
          JSON.stringify(ids),
        );
        versions.set(other.id, created[0]?.version ?? '');
      });
      const sent = pairs.flatMap(([, ...both]) => both);
      const { createdResources } = await pullLists(device);
      const found = createdResources.filter(({ resourceGroupId }) => resourceGroupId === group.groupId);
      expectSame('the number of resources in the group', String(sent.length), String(found.length));
      for (const one of sent)
        expectResource(
          `the resource ${JSON.stringify(one.id)}`,
          { ...one, version: versions.get(one.id) ?? '' },
          found.find(({ id }) => id === one.id),
        );
      const known = found.map(({ id, version, removed, resourceGroupId }) => ({
        ...{ id, version, removed, resourceGroupId },
      }));
      const again = await pullLists(device, known);
      const listed = [...again.createdResources, ...again.updatedResources]
        .filter(({ resourceGroupId }) => resourceGroupId === group.groupId)
        .map(({ id }) => id);
      expectSame(
        'what a device lacks that lists all of them',
        '[]',
        JSON.stringify([...listed, ...again.idsToPush, ...again.idsToRemove]),
      );
    },
  },
  dupesCheck(
    'lookalikes',
    'Groups for documents whose ids differ in anything are no duplicates.',
    ['SYNC-08', 'SYNC-09'],
    async (bench) => {
      const { device } = await syncWorld(bench);
      const groups = [];
      for (const [what, [one, other]] of Object.entries(lookalikes))
        groups.push(
          [`one with ${what}`, await makeGroup(bench, device, one)] as const,
          [`one without ${what}`, await makeGroup(bench, device, other)] as const,
        );
      return { groups: Object.fromEntries(groups), may: [] };
    },
  ),
];
