/** Pushes that are refused as a whole: groups of others, and ids that come twice (8.5). */
import type { Resource } from '../../../reference/index.ts';
import { expectSame, type Check } from '../../check.ts';
import type { ServerBench } from '../bench/bench.ts';
import { makeGroup, pushed, resourceOf, type OwnGroup } from '../fixtures/flows.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { shared } from '../fixtures/shared.ts';
import {
  expectNothing,
  expectResource,
  honestSync,
  pullLists,
  pushLists,
  storedResource,
  syncWorld,
} from './sync-world.ts';

/** A group of somebody else, with one resource in it. */
export const foreignGroup = shared(async (bench) => {
  const device = await bench.device(await bench.bob());
  const group = await makeGroup(bench, device);
  const resource = resourceOf(bench, group, device, 'foreign_1');
  const versions = await pushed(device, [resource]);
  return { device, group, resource: { ...resource, version: versions.get(resource.id) ?? '' } };
});

export const pushRefusalChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.push.foreign-group',
    title: 'A push that names a group without a link is refused as a whole, be it there or not.',
    requirements: ['PUSH-05', 'MODEL-02', 'HTTP-11'],
    needs: ['groups', 'sync'],
    twin: honestSync,
    async run(bench) {
      const { device, group } = await syncWorld(bench);
      const foreign = await foreignGroup(bench);
      const nowhere: OwnGroup = { ...group, groupId: 'no_such_group' };
      for (const [what, name, into] of [
        ['a group of somebody else', 'foreign', foreign.group],
        ['a group that there is not', 'nowhere', nowhere],
      ] as const)
        for (const place of [0, 1, 2]) {
          const ids = ['first', 'second', 'third'].map((word) => `${name}_${word}_${String(place)}`);
          const all = ids.map((id, i) => resourceOf(bench, i === place ? into : group, device, id));
          const answer = await device.call('POST', '/sync/push', all);
          expectRefusal(`a push with a resource in ${what}`, answer, [404], 'not-found');
          await expectNothing(bench, ids);
        }
      const stolen = { ...foreign.resource, name: 'Taken over' };
      const answer = await device.call('POST', '/sync/push', [stolen]);
      expectRefusal('a push of a resource of somebody else', answer, [404], 'not-found');
      const still = await storedResource(foreign.device, foreign.group, foreign.resource.id);
      expectResource('a resource that somebody else pushed to', foreign.resource, still);
      const { createdResources } = await pullLists(foreign.device);
      const inside = createdResources.filter(
        ({ resourceGroupId }) => resourceGroupId === foreign.group.groupId,
      );
      expectSame('the resources in the group of somebody else', '1', String(inside.length));
    },
  },
  {
    id: 'server.push.same-id-twice',
    title: 'A push that holds the same id twice is refused as a whole, in one group or in two.',
    requirements: ['PUSH-06', 'HTTP-11'],
    needs: ['groups', 'sync'],
    twin: honestSync,
    async run(bench) {
      const { device, group } = await syncWorld(bench);
      const other = await makeGroup(bench, device, 'wrk_twice');
      const twins = { 'one group': [group, group], 'two groups': [group, other] } as const;
      for (const [where, [one, two]] of Object.entries(twins)) {
        const id = `twice in ${where}`;
        const all = [
          resourceOf(bench, one, device, id),
          resourceOf(bench, group, device, `between in ${where}`),
          resourceOf(bench, two, device, id),
        ];
        const answer = await device.call('POST', '/sync/push', all);
        expectRefusal(`a push with the same id twice in ${where}`, answer, [400], 'malformed');
        await expectNothing(bench, [id, `between in ${where}`]);
      }
    },
  },
  {
    id: 'server.push.same-id-in-two-groups',
    title:
      'Resources with the same id in two groups are two: each has its versions, its content and its removal.',
    requirements: ['MODEL-01'],
    needs: ['groups', 'sync'],
    async run(bench) {
      const { device, group } = await syncWorld(bench);
      const other = await makeGroup(bench, device, 'wrk_apart');
      const id = 'apart';
      const one = resourceOf(bench, group, device, id, { name: 'In one group' });
      const two = resourceOf(bench, other, device, id, { name: 'In the other group' });
      const push = async (resource: Resource, what: string): Promise<Resource> => {
        const { created, updated, removed, conflicts } = await pushLists(device, [resource]);
        expectSame(`the conflicts of ${what}`, '', conflicts.map(({ name }) => name).join(', '));
        return { ...resource, version: [...created, ...updated, ...removed][0]?.version ?? '' };
      };
      const first = await push(one, 'a resource with the id of none in its group');
      const second = await push(two, 'a resource with the id of one in another group');
      const expectBoth = async (when: string, inOne: Resource, inOther: Resource): Promise<void> => {
        const [found, foundInOther] = [
          await storedResource(device, group, id),
          await storedResource(device, other, id),
        ];
        expectResource(`the resource in one group ${when}`, inOne, found);
        expectResource(`the resource in the other group ${when}`, inOther, foundInOther);
      };
      await expectBoth('as both were made', first, second);
      const edited = await push({ ...first, name: 'Edited' }, 'an edit in one group');
      await expectBoth('after an edit in one', edited, second);
      const removed = await push({ ...second, removed: true }, 'a removal in the other group');
      await expectBoth('after a removal in the other', edited, removed);
    },
  },
];
