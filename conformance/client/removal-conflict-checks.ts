/** Conflicts in which an edit meets a removal: the later one of the two wins, whichever it is (8.7). */
import { Blocked, expectSame, expectThat, type Check } from '../check.ts';
import type { ClientBench } from './bench.ts';
import { expectDone } from './flows.ts';
import { pushesIn } from './garden.ts';
import { deviceWith, editElsewhere, expectHeld } from './pull-checks.ts';
import { contentOf } from './push-checks.ts';

/** Which of the two is the removal, and whether the other device was an hour later or an hour earlier. */
interface Meeting {
  readonly id: string;
  readonly title: string;
  readonly removedHere: boolean;
  readonly elsewhereLater: boolean;
}

const meetings: readonly Meeting[] = [
  {
    id: 'removed-elsewhere-later',
    title: 'A removal by another device wins over an earlier edit of this one.',
    ...{ removedHere: false, elsewhereLater: true },
  },
  {
    id: 'removed-elsewhere-earlier',
    title: 'An edit of this device wins over an earlier removal by another one.',
    ...{ removedHere: false, elsewhereLater: false },
  },
  {
    id: 'removed-here-earlier',
    title: 'An edit by another device wins over an earlier removal by this one.',
    ...{ removedHere: true, elsewhereLater: true },
  },
  {
    id: 'removed-here-later',
    title: 'A removal by this device wins over an earlier edit of another one.',
    ...{ removedHere: true, elsewhereLater: false },
  },
];

const HOUR = 3_600_000;

/** This device pushes from a version that another one has left behind. */
async function meet(bench: ClientBench, { id, removedHere, elsewhereLater }: Meeting) {
  const resource = `req_${id}`;
  const { session, group } = await deviceWith(bench, [{ id: resource, document: 'before' }]);
  const lastEdited = Date.now() + (elsewhereLater ? HOUR : -HOUR);
  editElsewhere(bench, group, resource, { lastEdited, removed: !removedHere });
  const edit = { groupId: group.groupId, id: resource, name: 'Both', type: 'Request', removed: removedHere };
  const act = await bench.call('push', { session, edits: [{ ...edit, document: 'edited here' }] });
  const { conflicts } = expectDone(act, 'push');
  expectSame(
    'winner of the conflict',
    elsewhereLater ? 'server' : 'client',
    conflicts[0]?.winner ?? 'nobody',
  );
  expectSame('number of pushes', elsewhereLater ? '1' : '2', String(pushesIn(act.exchanges).length));
  const { resources } = expectDone(await bench.call('pull', { session }), 'pull');
  return { resource, group, resources };
}

export const removalConflictChecks: readonly Check<ClientBench>[] = meetings.map((meeting) => ({
  id: `client.conflict.${meeting.id}`,
  title: meeting.title,
  requirements: ['SYNC-03'],
  needs: 'sync',
  async run(bench) {
    const { resource, group, resources } = await meet(bench, meeting);
    const { removedHere, elsewhereLater } = meeting;
    const stored = bench.peer.store.resource(group.groupId, resource);
    if (stored === undefined) throw new Blocked(`${resource} is not stored`);
    const staysRemoved = removedHere !== elsewhereLater;
    expectSame('removed, as stored', String(staysRemoved), String(stored.removed));
    if (staysRemoved)
      expectThat(!resources.some(({ id }) => id === resource), 'the client still holds what was removed', {
        expected: `no ${resource}`,
        actual: resources.map(({ id }) => id).join(', '),
      });
    else {
      expectHeld(resources, resource, elsewhereLater ? 'edited elsewhere' : 'edited here');
      if (!elsewhereLater)
        expectSame('the document on the server', 'edited here', String(contentOf(bench, stored, group.key)));
    }
  },
}));
