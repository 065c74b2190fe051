/** What a client takes from a server: documents, removals, conflicts, and what does not open (8.6, 8.7, 8.9, 8.10). */
import { isDeepStrictEqual } from 'node:util';
import { native, type Resource } from '../../reference/index.ts';
import { Blocked, expectSame, expectThat, type Check } from '../check.ts';
import type { HeldResource, PullVerbResult } from '../target/verbs.ts';
import { shared, type Act, type ClientBench } from './bench.ts';
import { doneBefore, expectBody, expectCall, expectDone, plant, sessionOf, type Planted } from './flows.ts';
import { DOCUMENTS, grownGarden, PULL, pushesIn, resourcesOf } from './garden.ts';
import { contentOf } from './push-checks.ts';

/** Fails unless the client holds just this document under an id. */
export function expectHeld(resources: readonly HeldResource[], id: string, document: unknown): void {
  const held = resources.filter((resource) => resource.id === id).map((resource) => resource.document);
  expectThat(
    isDeepStrictEqual(held, [document]),
    `the client does not hold the document ${id} as it is on the server`,
    {
      expected: JSON.stringify(document),
      actual: held.length === 0 ? `no ${id}` : JSON.stringify(held),
    },
  );
}

/** A second device of Jane that pulls, whatever comes of it. */
const secondDevice = shared(async (bench): Promise<{ session: string; act: Act<PullVerbResult> }> => {
  await grownGarden(bench);
  const session = await sessionOf(bench, await bench.jane());
  return { session, act: await bench.call('pull', { session }) };
});

/** An account for groups that the suite puts on the server; each check has ids of its own there. */
const carol = shared((bench) => bench.someone('carol'));

/** A device that holds what the suite put on the server. @throws Blocked */
export async function deviceWith(bench: ClientBench, seeds: Parameters<typeof plant>[2]) {
  const account = await carol(bench);
  const group = plant(bench, account, seeds);
  const session = await sessionOf(bench, account);
  const { resources } = doneBefore(await bench.call('pull', { session }), 'pull');
  for (const { id } of seeds)
    if (!resources.some((resource) => resource.id === id)) throw new Blocked(`the client did not take ${id}`);
  return { session, group };
}

/** Another device's edit of a resource, as the server would have it. */
export function editElsewhere(
  { peer, steps }: ClientBench,
  group: Planted,
  id: string,
  change: Partial<Resource>,
) {
  const stored = peer.store.resource(group.groupId, id);
  if (stored === undefined) throw new Blocked(`${id} is not stored`);
  const encContent = steps.wrap.sealJson(group.key, 'edited elsewhere');
  peer.store.putResource({ ...stored, encContent, version: `elsewhere-${id}`, ...change });
}

/** Two edits from one version: this client's, and one that is an hour earlier or later. */
async function conflict(bench: ClientBench, id: string, hours: number) {
  const { session, group } = await deviceWith(bench, [{ id, document: 'before' }]);
  editElsewhere(bench, group, id, { lastEdited: Date.now() + hours * 3_600_000 });
  const edit = { groupId: group.groupId, id, name: 'Both', type: 'Request', removed: false };
  const act = await bench.call('push', { session, edits: [{ ...edit, document: 'edited here' }] });
  const { conflicts } = expectDone(act, 'push');
  return { session, group, pushes: pushesIn(act.exchanges), winner: conflicts[0]?.winner ?? 'nobody' };
}

export const pullChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.pull.second-device',
    title: 'A new device gets every document from the address and the passphrase alone.',
    requirements: ['SYNC-07', 'PULL-09', 'PULL-10'],
    needs: 'sync',
    async run(bench) {
      const { act } = await secondDevice(bench);
      const { resources, failed } = expectDone(act, 'pull');
      for (const [id, name, document] of DOCUMENTS) {
        expectHeld(resources, id, document);
        const held = resources.find((resource) => resource.id === id);
        expectSame(`name of ${id}`, name, held?.name ?? '');
        expectSame(`type of ${id}`, 'Request', held?.type ?? '');
      }
      expectSame('number of resources that failed', '0', String(failed.length));
    },
  },
  {
    id: 'client.pull.known',
    title: 'A pull lists what the device knows, with the versions of the server: at first nothing.',
    requirements: ['PULL-01'],
    needs: 'sync',
    async run(bench) {
      const { session, act } = await secondDevice(bench);
      const listed = (pull: Act<unknown>) => {
        const { resources } = expectBody(expectCall(pull, PULL), 'pull-request');
        return resources as readonly { id: string; resourceGroupId: string; version: string }[];
      };
      const { groupId } = await grownGarden(bench);
      expectSame('number of resources that a new device lists', '0', String(listed(act).length));
      doneBefore(act, 'pull');
      const again = listed(await bench.call('pull', { session }));
      for (const [id] of DOCUMENTS) {
        const entry = again.find((known) => known.id === id && known.resourceGroupId === groupId);
        const version = bench.peer.store.resource(groupId, id)?.version ?? '';
        expectSame(`version of ${id}`, version, entry?.version ?? 'not listed');
      }
    },
  },
  {
    id: 'client.pull.change',
    title: 'A change by another device is taken over.',
    requirements: ['PULL-09'],
    needs: 'sync',
    async run(bench) {
      const { session, group } = await deviceWith(bench, [{ id: 'req_changed', document: 'before' }]);
      editElsewhere(bench, group, 'req_changed', {});
      const { resources } = expectDone(await bench.call('pull', { session }), 'pull');
      expectHeld(resources, 'req_changed', 'edited elsewhere');
    },
  },
  {
    id: 'client.pull.removal',
    title: 'What another device removed goes, and nothing else.',
    requirements: ['PULL-08'],
    needs: 'sync',
    async run(bench) {
      const seeds = [
        { id: 'req_gone', document: 'gone' },
        { id: 'req_stays', document: 'stays' },
      ];
      const { session, group } = await deviceWith(bench, seeds);
      editElsewhere(bench, group, 'req_gone', { removed: true });
      const { resources } = expectDone(await bench.call('pull', { session }), 'pull');
      const held = resources.filter(({ groupId }) => groupId === group.groupId);
      expectSame('ids that the client holds', 'req_stays', held.map(({ id }) => id).join());
    },
  },
  {
    id: 'client.pull.unreadable',
    title: 'A resource that does not open is reported, changes nothing, and does not keep the others away.',
    requirements: ['PULL-04', 'PULL-05', 'AES-09'],
    needs: 'sync',
    twin: async (bench) => expectDone((await secondDevice(bench)).act, 'pull'),
    async run(bench) {
      const seeds = [
        { id: 'req_a', document: 'a' },
        { id: 'req_b', document: 'b' },
      ];
      const { session, group } = await deviceWith(bench, seeds);
      const encContent = bench.steps.wrap.sealJson(native.random(32), 'under another key');
      editElsewhere(bench, group, 'req_a', { encContent });
      editElsewhere(bench, group, 'req_b', {});
      const { resources, failed } = expectDone(await bench.call('pull', { session }), 'pull');
      expectSame('ids that failed', 'req_a', failed.map(({ id }) => id).join());
      expectHeld(resources, 'req_a', 'a');
      expectHeld(resources, 'req_b', 'edited elsewhere');
    },
  },
  {
    id: 'client.conflict.server-later',
    title: 'In a conflict the later edit of another device wins.',
    requirements: ['SYNC-03'],
    needs: 'sync',
    async run(bench) {
      const { session, pushes, winner } = await conflict(bench, 'req_later', 1);
      expectSame('winner of the conflict', 'server', winner);
      expectSame('number of pushes', '1', String(pushes.length));
      const { resources } = expectDone(await bench.call('pull', { session }), 'pull');
      expectHeld(resources, 'req_later', 'edited elsewhere');
    },
  },
  {
    id: 'client.conflict.client-later',
    title:
      'In a conflict the later edit of this device wins, and is pushed again from the version of the server.',
    requirements: ['SYNC-03', 'SYNC-04'],
    needs: 'sync',
    async run(bench) {
      const { group, pushes, winner } = await conflict(bench, 'req_earlier', -1);
      expectSame('winner of the conflict', 'client', winner);
      expectSame('number of pushes', '2', String(pushes.length));
      const versions = pushes.flatMap((exchange) => resourcesOf(exchange).map(({ version }) => version));
      expectSame('versions', 'planted-req_earlier,elsewhere-req_earlier', versions.join());
      const stored = bench.peer.store.resource(group.groupId, 'req_earlier');
      if (stored === undefined) throw new Blocked('nothing is stored');
      expectSame('the document on the server', 'edited here', String(contentOf(bench, stored, group.key)));
    },
  },
];
