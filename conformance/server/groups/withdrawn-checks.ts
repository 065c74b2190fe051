/** A group is as one that does not exist for who had a link to it, from the moment that it was withdrawn (8.3). */
import { Blocked, expectSame, type Check } from '../../check.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { expectAccepted } from '../answers/acceptance.ts';
import type { ServerBench } from '../bench/bench.ts';
import { groupPath, linkFor, pulled, recipients } from '../fixtures/flows.ts';
import { emailOf, groupOf, idOf, people } from '../fixtures/people.ts';
import { judgeRows } from '../fixtures/rows.ts';
import { CALLS, expectAsIfAbsent, furnished, twinOf, type Attempt, type Call } from './group-calls.ts';

/** A group that Bob had a link to, and asked for. @throws Blocked */
async function withdrawn(bench: ServerBench): Promise<Attempt> {
  const { jane, bob } = await people(bench);
  const attempt = { ...(await furnished(bench, [bob])), caller: bob };
  const { group } = attempt;
  const seen = jsonOf((await bob.call('GET', groupPath(group))).responseBody);
  if (textOf(seen, 'encSymmetricKey') === '') throw new Blocked('the member did not see the group');
  if (bench.capabilities.includes('sync')) await pulled(bob);
  await jane.done('PUT', groupPath(group, 'unshare'));
  return attempt;
}

/** The same, where Bob and another one are members and Bob alone is named. @throws Blocked */
async function withdrawnByName(bench: ServerBench): Promise<Attempt> {
  const { jane, bob, third } = await people(bench);
  const attempt = { ...(await furnished(bench, [bob, third])), caller: bob };
  await pulled(bob);
  await jane.done('PUT', groupPath(attempt.group, 'unshare'), { emails: [emailOf(bob)] });
  return attempt;
}

const ofWithdrawn = (call: Call): Check<ServerBench> => ({
  id: `server.withdrawn.${call.id}`,
  title: `For who had a link, ${call.what} is answered as for a group that does not exist, at once.`,
  requirements: ['UNSHARE-03', 'MODEL-02', ...(call.requirements ?? [])],
  needs: [...new Set([...call.needs, 'sharing', 'unshare'])],
  twin: twinOf(call),
  async run(bench) {
    const attempt = () => withdrawn(bench);
    await expectAsIfAbsent(call, 'somebody whose link was withdrawn', await attempt(), attempt);
  },
});

export const withdrawnChecks: readonly Check<ServerBench>[] = [
  ...CALLS.map(ofWithdrawn),
  {
    id: 'server.withdrawn.by-name',
    title: 'For who lost their link by their name alone, the group is as one that does not exist, at once.',
    requirements: ['UNSHARE-03', 'MODEL-02', 'PUSH-05', 'PULL-03'],
    profile: 'documented',
    needs: ['groups', 'sync', 'sharing', 'share-email', 'unshare'],
    twin: async (bench) => {
      const { bob } = await people(bench);
      const { group } = await furnished(bench, [bob]);
      await bob.done('GET', groupPath(group));
    },
    async run(bench) {
      const attempt = await withdrawnByName(bench);
      await judgeRows(
        CALLS.filter(({ id }) => ['get', 'push', 'push-removal', 'pull', 'pull-made-up'].includes(id)),
        (call) =>
          expectAsIfAbsent(call, 'somebody whose link was withdrawn by name', attempt, () =>
            withdrawnByName(bench),
          ),
      );
      const held = (await pulled(attempt.caller)).filter(
        ({ resourceGroupId }) => resourceGroupId === attempt.group.groupId,
      );
      expectSame(
        'the number of resources that are handed out of a withdrawn group',
        '0',
        String(held.length),
      );
    },
  },
  {
    id: 'server.withdrawn.shared-again',
    title: 'Who lost a link and is given another one is a member again, with the new one.',
    requirements: ['SHARE-11', 'SHARE-12'],
    needs: ['sharing', 'unshare'],
    async run(bench) {
      const { jane, bob } = await people(bench);
      const group = await groupOf(bench, bob);
      await jane.done('PUT', groupPath(group, 'unshare'));
      const named = await recipients(bench, jane, [bob.account]);
      const keys = { [idOf(bob)]: linkFor(bench, bob.account, group.key) };
      await jane.done('POST', groupPath(group, 'share-b'), { ...named, keys });
      const answer = await bob.call('GET', groupPath(group));
      expectAccepted('asking for a group that was shared again', answer);
      const link = textOf(jsonOf(answer.responseBody), 'encSymmetricKey');
      expectSame('the link after a second share', keys[idOf(bob)] ?? '', link);
    },
  },
];
