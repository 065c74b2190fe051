/** Versions: new every time, and one winner among several pushes from the same one (8.7). */
import { expectSame, expectThat, type Check } from '../../check.ts';
import type { ServerBench } from '../bench/bench.ts';
import { NO_VERSION, pushed, resourceOf } from '../fixtures/flows.ts';
import { expectResource, pushLists, storedResource, syncWorld } from './sync-world.ts';

/** Pushes from one version at the same time, so many. */
const AT_ONCE = 10;

/** Several pushes from the same version at once: one is taken, the others learn of it. */
function raceCheck(
  id: string,
  title: string,
  begin: (bench: ServerBench, id: string) => Promise<string>,
): Check<ServerBench> {
  return {
    id: `server.version.${id}`,
    title,
    requirements: ['SYNC-02', 'PUSH-04'],
    floods: 'it sends several requests at once',
    needs: ['groups', 'sync'],
    async run(bench) {
      const { device, group } = await syncWorld(bench);
      const resourceId = `race_${id}`;
      const version = await begin(bench, resourceId);
      const sent = Array.from({ length: AT_ONCE }, (_, i) =>
        resourceOf(bench, group, device, resourceId, { version, name: `Racer ${String(i)}` }),
      );
      const answers = await Promise.all(sent.map((resource) => pushLists(device, [resource])));
      const outcomes = answers.map(({ created, updated, conflicts }, i) => ({
        ...{ resource: sent[i], version: [...created, ...updated][0]?.version, conflicts },
      }));
      const taken = outcomes.filter(({ version }) => version !== undefined);
      expectSame('the number of accepted pushes from the same version', '1', String(taken.length));
      for (const { resource, version = '' } of taken) {
        if (resource === undefined) continue;
        const due = { ...resource, version };
        const stored = await storedResource(device, group, resourceId);
        expectResource('what is stored after the race', due, stored);
        const conflicts = outcomes.flatMap((outcome) => outcome.conflicts);
        expectSame('the number of conflicts', String(AT_ONCE - 1), String(conflicts.length));
        for (const conflict of conflicts) expectResource('a conflict of the race', due, conflict);
      }
    },
  };
}

export const versionChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.version.fresh',
    title: 'Every accepted push gives a version that the resource never had, also for the same content.',
    requirements: ['SYNC-01'],
    needs: ['groups', 'sync'],
    async run(bench) {
      const { device, group } = await syncWorld(bench);
      const id = 'versions';
      const contents = ['A', 'B'].map((name) => resourceOf(bench, group, device, id, { name }));
      const seen = new Set([NO_VERSION]);
      let version = NO_VERSION;
      // The same two contents over and over, now and then removed and brought back.
      for (let i = 0; i < 24; i++) {
        const [resource] = i % 4 < 2 ? contents : contents.toReversed();
        if (resource === undefined) continue;
        const removed = i % 5 === 4;
        const given = await pushed(device, [{ ...resource, version, removed }]);
        version = given.get(id) ?? '';
        expectThat(!seen.has(version) && version !== '', 'a version was given again', {
          sent: `push ${String(i + 1)} of the same resource`,
          expected: `none of ${[...seen].join(', ')}`,
          actual: version,
        });
        seen.add(version);
      }
    },
  },
  raceCheck(
    'race-of-edits',
    'Of ten pushes of a resource from the same version, sent at once, exactly one is taken.',
    async (bench, id) => {
      const { device, group } = await syncWorld(bench);
      return (await pushed(device, [resourceOf(bench, group, device, id)])).get(id) ?? '';
    },
  ),
  raceCheck(
    'race-of-new-ones',
    'Of ten pushes of a new resource under the same id, sent at once, exactly one is taken.',
    () => Promise.resolve(NO_VERSION),
  ),
];
