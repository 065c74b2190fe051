/** Duplicate groups: what a client makes of the answer to fix-dupes, and of none (8.10). */
import { Blocked, expectSame, expectThat, type Check } from '../check.ts';
import { fixDupes, wrongAnswersTo, type WrongAnswer } from '../lies/wrong-answers.ts';
import { callOf, jsonOf } from '../peer/exchange.ts';
import type { Lie, Told } from '../peer/lies.ts';
import { VerbError } from '../target/client-target.ts';
import type { PullVerbResult } from '../target/verbs.ts';
import { callsOf, shared, type Act, type ClientBench } from './bench.ts';
import { doneBefore, expectBody, expectCall, expectDone, plant, sessionOf } from './flows.ts';
import { PULL, pushedBy } from './garden.ts';
import { expectHeld } from './pull-checks.ts';

const FIX_DUPES = fixDupes.call;
const NEEDS = ['sync', 'fix-dupes'];

/** A device that holds one resource in two groups, and another one in a group that is none of the two. */
const doubled = shared(async (bench) => {
  const account = await bench.someone('doubled');
  const both = { id: 'req_doubled', document: 'doubled' };
  const groups = [1, 2].map(() => plant(bench, account, [both], 'wrk_doubled'));
  const single = plant(bench, account, [{ id: 'req_single', document: 'single' }], 'wrk_single');
  const session = await sessionOf(bench, account);
  doneBefore(await bench.call('pull', { session }), 'pull');
  return { session, groups, single };
});

/** A pull whose fix-dupes is answered like this. @throws Blocked where it was not called */
async function pullWith(bench: ClientBench, tell: Lie['tell']): Promise<Act<PullVerbResult>> {
  const { session } = await doubled(bench);
  const lie = { call: FIX_DUPES, tell };
  const pulled = await bench.peer.lying(lie, () => bench.call('pull', { session }));
  if (pulled.told === 0) throw new Blocked(`the client made no ${FIX_DUPES}`);
  return pulled.outcome;
}

const deleted =
  (ids: readonly string[]): Lie['tell'] =>
  (): Told => ({ body: JSON.stringify({ deleteResourceGroupIds: ids }) });

/** Everything is held as before. */
async function expectAllHeld(bench: ClientBench, act: Act<PullVerbResult>, what: string): Promise<void> {
  const { groups, single } = await doubled(bench);
  const { resources } = expectDone(act, what);
  for (const { groupId } of groups) {
    const held = resources.filter((resource) => resource.groupId === groupId);
    expectHeld(held, 'req_doubled', 'doubled');
  }
  const others = resources.filter(({ groupId }) => groupId === single.groupId);
  expectHeld(others, 'req_single', 'single');
}

const deletesNothing = async (bench: ClientBench): Promise<void> => {
  await expectAllHeld(bench, await pullWith(bench, deleted([])), 'a pull that deletes nothing');
};

/** An answer that is no success, though its body deletes a group that was named; the server has deleted none. */
const wrongCheck = (answer: WrongAnswer): Check<ClientBench> => ({
  id: `client.answer.${fixDupes.id}-${answer.id}`,
  title: `A client does not report a pull where ${FIX_DUPES} is answered ${answer.how}.`,
  requirements: [answer.requirement, 'HTTP-22'],
  needs: NEEDS,
  twin: deletesNothing,
  async run(bench) {
    const { groups } = await doubled(bench);
    const honest = { deleteResourceGroupIds: groups.slice(1).map(({ groupId }) => groupId) };
    const tell = answer.tell(fixDupes.lacks);
    const { result, exchanges } = await pullWith(bench, (circumstances) =>
      tell({ ...circumstances, honest: () => Promise.resolve(honest) }),
    );
    expectThat(
      result instanceof VerbError,
      `a pull was reported as done whose call was answered ${answer.how}`,
      {
        expected: 'an error',
        actual: `success after ${callsOf(exchanges)}`,
      },
    );
    await expectAllHeld(bench, await pullWith(bench, deleted([])), 'the pull afterwards');
  },
});

export const dupesChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.fix-dupes',
    title: 'The documents of a group that fix-dupes deleted are pushed to the group that was kept.',
    requirements: ['SYNC-10'],
    needs: NEEDS,
    async run(bench) {
      const account = await bench.someone('dupes');
      const both = { id: 'req_twice', document: 'twice' };
      const kept = plant(bench, account, [both], 'wrk_twice');
      const other = plant(bench, account, [both, { id: 'req_once', document: 'once' }], 'wrk_twice');
      const session = await sessionOf(bench, account);
      doneBefore(await bench.call('pull', { session }), 'pull');
      const pull = await bench.call('pull', { session });
      const merge = expectCall(pull, FIX_DUPES);
      const { ids } = expectBody(merge, 'fix-dupes-request') as unknown as { ids: readonly string[] };
      expectSame('ids', [kept.groupId, other.groupId].sort().join(), [...ids].sort().join());
      const deleted = jsonOf(merge.responseBody)['deleteResourceGroupIds'];
      if (String(deleted) !== other.groupId) throw new Blocked('the server kept another group');
      const push = await bench.call('push', { session, edits: [] });
      const moved = pushedBy(push).find(({ id }) => id === 'req_once');
      expectSame('group of req_once', kept.groupId, moved?.resourceGroupId ?? 'not pushed');
      const order = pull.exchanges.map(callOf);
      expectThat(order.indexOf(FIX_DUPES) < order.lastIndexOf(PULL), 'fix-dupes came after the pull', {
        expected: `${FIX_DUPES}, then ${PULL}`,
        actual: callsOf(pull.exchanges),
      });
    },
  },
  {
    id: 'client.fix-dupes.missing',
    title: 'A server without fix-dupes answers 404, and the client pulls with its groups as they are.',
    requirements: ['SYNC-12'],
    needs: NEEDS,
    async run(bench) {
      const body = JSON.stringify({ error: 'not-found', message: 'there is no such call' });
      const act = await pullWith(bench, () => ({ status: 404, body }));
      await expectAllHeld(bench, act, 'the pull from a server without fix-dupes');
    },
  },
  {
    id: 'client.fix-dupes.stranger',
    title: 'A client refuses an answer to fix-dupes that deletes a group which it has not named.',
    requirements: ['SYNC-11'],
    needs: NEEDS,
    twin: deletesNothing,
    async run(bench) {
      const { single } = await doubled(bench);
      const { result, exchanges } = await pullWith(bench, deleted([single.groupId]));
      expectThat(result instanceof VerbError, 'a group was deleted that was not named', {
        expected: 'an error',
        actual: `success after ${callsOf(exchanges)}`,
      });
      await expectAllHeld(bench, await pullWith(bench, deleted([])), 'the pull afterwards');
    },
  },
  ...wrongAnswersTo(fixDupes).map(wrongCheck),
];
