/** What a client makes of a server that answers push and pull otherwise than it should, and what waits in the meantime (8.5 to 8.7). */
import { Blocked, expectSame, expectThat, type Check } from '../check.ts';
import { pullLies, type PullLie } from '../lies/pull-lies.ts';
import type { Exchange } from '../peer/exchange.ts';
import type { Lie } from '../peer/lies.ts';
import { VerbError } from '../target/client-target.ts';
import type { PullVerbResult, PushVerbResult } from '../target/verbs.ts';
import { callsOf, shared, type Act, type ClientBench } from './bench.ts';
import { doneBefore, expectCall, expectDone, idOf, plant, putSeed, sessionOf } from './flows.ts';
import { PULL, PUSH, resourcesOf } from './garden.ts';
import { expectHeld } from './pull-checks.ts';

/** A device whose server is not what it was; all checks share it, each with a document of its own. */
const device = shared(async (bench) => {
  const account = await bench.someone('waiting');
  const group = plant(bench, account, [{ id: 'req_first', document: 'first' }]);
  const session = await sessionOf(bench, account);
  doneBefore(await bench.call('pull', { session }), 'pull');
  return { account, group, session };
});

/** The device holds a document of this id, as the server does. @throws Blocked */
async function holding(bench: ClientBench, id: string) {
  const { account, group, session } = await device(bench);
  putSeed(bench, account, group, { id, document: 'before' });
  doneBefore(await bench.call('pull', { session }), 'pull');
  return { account, group, session };
}

/** Edits the document; an honest server takes it, another one may do what it likes. */
async function push(
  bench: ClientBench,
  id: string,
  document: unknown,
  tell?: Lie['tell'],
): Promise<Act<PushVerbResult>> {
  const { group, session } = await device(bench);
  const edit = { groupId: group.groupId, id, name: id, type: 'Request', document, removed: false };
  const pushing = () => bench.call('push', { session, edits: [edit] });
  if (tell === undefined) return await pushing();
  const { outcome, told } = await bench.peer.lying({ call: PUSH, tell }, pushing);
  if (told === 0) throw new Blocked(`the client made no ${PUSH}`);
  return outcome;
}

/** Nothing is done, and the client is told so. */
export const busy: Lie['tell'] = () => ({
  status: 503,
  body: JSON.stringify({ error: 'internal', message: 'Try again later.' }),
});

async function pull(bench: ClientBench): Promise<Act<PullVerbResult>> {
  return await bench.call('pull', { session: (await device(bench)).session });
}

/** The push with no new edit that sends what waits. @throws Failure where it does not hold the document */
async function expectSent(bench: ClientBench, id: string): Promise<Exchange> {
  const act = await bench.call('push', { session: (await device(bench)).session, edits: [] });
  const sent = expectCall(act, PUSH);
  expectThat(
    resourcesOf(sent).some((resource) => resource.id === id),
    `${id} waits no longer`,
    {
      expected: `${id} in the next push`,
      actual: resourcesOf(sent)
        .map((resource) => resource.id)
        .join(', '),
    },
  );
  expectDone(act, 'push');
  return sent;
}

/** An edit that did not reach the server, and one by another device that did, an hour earlier or later. */
async function missedEdit(bench: ClientBench, id: string, hours: number) {
  const { group } = await holding(bench, id);
  await push(bench, id, 'edited here', busy);
  const stored = bench.peer.store.resource(group.groupId, id);
  if (stored === undefined) throw new Blocked(`${id} is not stored`);
  const encContent = bench.steps.wrap.sealJson(group.key, 'edited elsewhere');
  const lastEdited = Date.now() + hours * 3_600_000;
  bench.peer.store.putResource({ ...stored, encContent, lastEdited, version: `elsewhere-${id}` });
  return await pull(bench);
}

function lieCheck({ id, title, requirements, refused, alter }: PullLie): Check<ClientBench> {
  return {
    id: `client.waiting.${id}`,
    title,
    requirements,
    needs: 'sync',
    twin: async (bench) => doneBefore(await pull(bench), 'pull'),
    async run(bench) {
      const { account, group, session } = await holding(bench, `req_stays_${id}`);
      putSeed(bench, account, group, { id: `req_${id}`, document: id });
      const { outcome, told } = await bench.peer.lying(
        {
          call: PULL,
          tell: async ({ honest }) => ({ body: JSON.stringify(alter(await honest(), `req_${id}`)) }),
        },
        () => bench.call('pull', { session }),
      );
      if (told === 0) throw new Blocked(`the client made no ${PULL}`);
      if (refused)
        expectThat(outcome.result instanceof VerbError, 'the client took the answer', {
          expected: 'an error',
          actual: callsOf(outcome.exchanges),
        });
      else expectHeld(expectDone(outcome, 'pull').resources, `req_${id}`, id);
      const { resources } = expectDone(await pull(bench), `the pull after ${id}`);
      expectHeld(resources, `req_${id}`, id);
      expectHeld(resources, `req_stays_${id}`, 'before');
    },
  };
}

/** How many resources a client is expected to take in one answer. */
const MANY = 10_000;
/** How many documents there are among them; to encrypt each one would take as long as the client does. */
const DIFFERENT = 100;
const many = (i: number): string => `req_many_${String(i)}`;

export const hostileSyncChecks: readonly Check<ClientBench>[] = [
  ...pullLies.map(lieCheck),
  {
    id: 'client.waiting.push-refused',
    title: 'An edit whose push fails is not reported as pushed, and waits for the next push.',
    requirements: ['HTTP-13', 'HTTP-22', 'PUSH-07'],
    needs: 'sync',
    twin: async (bench) => expectDone(await push(bench, 'req_taken', 'taken'), 'push'),
    async run(bench) {
      const { result } = await push(bench, 'req_refused', 'refused', busy);
      expectThat(result instanceof VerbError, 'a push that the server refused was reported as done', {
        expected: 'an error',
        actual: JSON.stringify(result),
      });
      await expectSent(bench, 'req_refused');
    },
  },
  {
    id: 'client.waiting.push-unlisted',
    title: 'An edit that the answer does not list is not reported as pushed, and waits for the next push.',
    requirements: ['PUSH-07'],
    needs: 'sync',
    twin: async (bench) => expectDone(await push(bench, 'req_listed', 'listed'), 'push'),
    async run(bench) {
      const nothing = { updated: [], created: [], removed: [], conflicts: [] };
      const { result } = await push(bench, 'req_unlisted', 1, () => ({ body: JSON.stringify(nothing) }));
      const pushed = result instanceof VerbError ? [] : result.pushed;
      expectSame('resources reported as pushed', '', pushed.map(({ id }) => id).join());
      await expectSent(bench, 'req_unlisted');
    },
  },
  {
    id: 'client.waiting.ids-to-push',
    title: 'What the server says that it has lost is pushed again.',
    requirements: ['PULL-07'],
    needs: 'sync',
    async run(bench) {
      const { session } = await holding(bench, 'req_lost');
      const { told } = await bench.peer.lying(
        {
          call: PULL,
          tell: async ({ honest }) => ({
            body: JSON.stringify({ ...(await honest()), idsToPush: ['req_lost'] }),
          }),
        },
        () => bench.call('pull', { session }),
      );
      if (told === 0) throw new Blocked(`the client made no ${PULL}`);
      await expectSent(bench, 'req_lost');
    },
  },
  {
    id: 'client.waiting.server-later',
    title: 'A later edit of another device wins over one that waits, when a pull brings it.',
    requirements: ['SYNC-05', 'SYNC-03'],
    needs: 'sync',
    async run(bench) {
      const { resources } = expectDone(await missedEdit(bench, 'req_missed_later', 1), 'pull');
      expectHeld(resources, 'req_missed_later', 'edited elsewhere');
    },
  },
  {
    id: 'client.waiting.client-later',
    title: 'An edit that waits wins over an earlier one of another device, and is pushed from its version.',
    requirements: ['SYNC-05', 'SYNC-03'],
    needs: 'sync',
    async run(bench) {
      const id = 'req_missed_earlier';
      const { resources, conflicts } = expectDone(await missedEdit(bench, id, -1), 'pull');
      expectHeld(resources, id, 'edited here');
      const sent = resourcesOf(await expectSent(bench, id)).find((resource) => resource.id === id);
      expectSame('version', `elsewhere-${id}`, sent?.version ?? 'none');
      expectSame(
        'winner of the conflict',
        'client',
        conflicts.find((one) => one.id === id)?.winner ?? 'nobody',
      );
    },
  },
  {
    id: 'client.waiting.removal',
    title: 'A document that was edited and waits is not removed because the server says so.',
    requirements: ['PULL-08'],
    needs: 'sync',
    async run(bench) {
      const id = 'req_still_wanted';
      const { group } = await holding(bench, id);
      await push(bench, id, 'edited here', busy);
      const stored = bench.peer.store.resource(group.groupId, id);
      if (stored === undefined) throw new Blocked(`${id} is not stored`);
      bench.peer.store.putResource({ ...stored, removed: true, version: `removed-${id}`, lastEdited: 1 });
      const { resources } = expectDone(await pull(bench), 'pull');
      expectHeld(resources, id, 'edited here');
    },
  },
  {
    id: 'client.waiting.many',
    title: `A client takes ${String(MANY)} resources in one answer.`,
    requirements: ['PULL-09'],
    needs: 'sync',
    async run(bench) {
      const { account } = await device(bench);
      const session = await sessionOf(bench, account);
      const seeds = Array.from({ length: DIFFERENT }, (_, i) => ({ id: many(i), document: i }));
      const { groupId } = plant(bench, account, seeds);
      const { store } = bench.peer;
      for (let i = DIFFERENT; i < MANY; i++) {
        const like = store.resource(groupId, many(i % DIFFERENT));
        if (like !== undefined) store.putResource({ ...like, id: many(i) });
      }
      const act = await bench.call('pull', { session });
      store.dropLink(groupId, idOf(account));
      const held = expectDone(act, 'pull').resources.filter((resource) => resource.groupId === groupId);
      const documents = new Map(held.map(({ id, document }) => [id, document]));
      const right = Array.from({ length: MANY }, (_, i) => documents.get(many(i)) === i % DIFFERENT);
      expectSame('number of documents', String(MANY), String(right.filter(Boolean).length));
    },
  },
];
