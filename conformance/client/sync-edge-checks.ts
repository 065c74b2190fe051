/** What a client makes of the cases at the edge of a rule: two edits of the same moment, what a pull left out, what does not open (8.6, 8.7). */
import { native, type KnownResource, type Resource } from '../../reference/index.ts';
import { Blocked, expectSame, expectThat, type Check } from '../check.ts';
import type { Answer } from '../lies/answers.ts';
import { callOf, jsonOf, type Exchange } from '../peer/exchange.ts';
import { exchangeOf, shared, type ClientBench } from './bench.ts';
import { doneBefore, expectDone, plant, sessionOf } from './flows.ts';
import { PULL, PUSH, pushesIn, resourcesOf } from './garden.ts';
import { busy } from './hostile-sync-checks.ts';
import { deviceWith, editElsewhere, expectHeld } from './pull-checks.ts';
import { contentOf } from './push-checks.ts';

/** The conflicts of an answer, as if the other device had edited at the moment of this one. */
function atTheSameMoment(own: Answer, asked: Answer): Answer {
  const sent = asked as unknown as readonly Resource[];
  const moment = (id: string) => sent.find((resource) => resource.id === id)?.lastEdited;
  const conflicts = (own['conflicts'] as readonly Resource[]).map((remote) => ({
    ...remote,
    lastEdited: moment(remote.id) ?? remote.lastEdited,
  }));
  return { ...own, conflicts };
}

const HOUR = 3_600_000;

const LEFT_OUT = 'req_left_out';

/** A device that holds two groups. @throws Blocked where it does not leave one out */
const leavingOut = shared(async (bench) => {
  const account = await bench.someone('leaving-out');
  const group = plant(bench, account, [{ id: LEFT_OUT, document: 'kept' }], 'wrk_left_out');
  plant(bench, account, [{ id: 'req_pulled', document: 'pulled' }], 'wrk_pulled');
  const session = await sessionOf(bench, account);
  doneBefore(await bench.call('pull', { session }), 'pull');
  const pull = async (alter: (own: Answer) => Answer) => {
    const pulling = () => bench.call('pull', { session, blacklist: [group.groupId] });
    const { exchanges, result } = await bench.peer.withFault([{ call: PULL, alter }], pulling);
    const { blacklist } = jsonOf(exchangeOf(exchanges, PULL).requestBody);
    const isLeftOut = Array.isArray(blacklist) && blacklist.includes(group.groupId);
    if (!isLeftOut || known(exchanges, LEFT_OUT) !== undefined)
      throw new Blocked('the client did not leave out the group');
    return { exchanges, result };
  };
  return { session, pull };
});

/** How a pull lists a resource. */
const known = (exchanges: readonly Exchange[], id: string): KnownResource | undefined =>
  exchanges
    .filter((exchange) => callOf(exchange) === PULL)
    .flatMap(({ requestBody }) => jsonOf(requestBody)['resources'] as readonly KnownResource[])
    .find((resource) => resource.id === id);

export const syncEdgeChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.conflict.same-moment',
    title: 'In a conflict of two edits of the same moment that of this device wins, and is pushed again.',
    requirements: ['SYNC-03', 'SYNC-04'],
    needs: 'sync',
    async run(bench) {
      const id = 'req_same_moment';
      const { session, group } = await deviceWith(bench, [{ id, document: 'before' }]);
      editElsewhere(bench, group, id, {});
      const edit = { groupId: group.groupId, id, name: 'Both', type: 'Request', removed: false };
      const pushing = () => bench.call('push', { session, edits: [{ ...edit, document: 'edited here' }] });
      const act = await bench.peer.withFault([{ call: PUSH, alter: atTheSameMoment }], pushing);
      const { conflicts } = expectDone(act, 'push');
      expectSame('winner of the conflict', 'client', conflicts[0]?.winner ?? 'nobody');
      const sent = pushesIn(act.exchanges).flatMap(resourcesOf);
      expectSame('versions', `planted-${id},elsewhere-${id}`, sent.map(({ version }) => version).join());
      const stored = bench.peer.store.resource(group.groupId, id);
      if (stored === undefined) throw new Blocked('nothing is stored');
      expectSame('the document on the server', 'edited here', String(contentOf(bench, stored, group.key)));
    },
  },
  {
    id: 'client.pull.removal-of-what-was-left-out',
    title: 'A document of a group that a pull left out is not removed because the answer names it.',
    requirements: ['PULL-08'],
    needs: 'sync',
    twin: async (bench) => {
      const { pull } = await leavingOut(bench);
      expectDone(await pull((own) => own), 'pull');
    },
    async run(bench) {
      const { session, pull } = await leavingOut(bench);
      await pull((own) => ({ ...own, idsToRemove: [LEFT_OUT] }));
      const act = await bench.call('pull', { session });
      const { resources } = expectDone(act, 'pull');
      expectHeld(resources, LEFT_OUT, 'kept');
      expectThat(
        known(act.exchanges, LEFT_OUT)?.removed === false,
        'the client removed what it had not listed',
        {
          expected: `${LEFT_OUT} in the next pull, not removed`,
          actual: JSON.stringify(known(act.exchanges, LEFT_OUT) ?? 'not listed'),
        },
      );
    },
  },
  {
    id: 'client.waiting.unreadable',
    title: 'An edit that waits stays when a later one of another device comes that does not open.',
    requirements: ['PULL-04', 'PULL-05'],
    needs: 'sync',
    async run(bench) {
      const id = 'req_missed_unreadable';
      const account = await bench.someone('unreadable'); // What does not open would be in the way of others.
      const group = plant(bench, account, [{ id, document: 'before' }]);
      const session = await sessionOf(bench, account);
      expectHeld(doneBefore(await bench.call('pull', { session }), 'pull').resources, id, 'before');
      const edit = { groupId: group.groupId, id, name: 'Both', type: 'Request', removed: false };
      const pushing = () => bench.call('push', { session, edits: [{ ...edit, document: 'edited here' }] });
      const { told } = await bench.peer.lying({ call: PUSH, tell: busy }, pushing);
      if (told === 0) throw new Blocked(`the client made no ${PUSH}`);
      const encContent = bench.steps.wrap.sealJson(native.random(32), 'under another key');
      editElsewhere(bench, group, id, { encContent, lastEdited: Date.now() + HOUR });
      const { resources, failed } = expectDone(await bench.call('pull', { session }), 'pull');
      expectSame('ids that failed', id, failed.map((failure) => failure.id).join());
      expectHeld(resources, id, 'edited here');
    },
  },
];
