/** What a client makes of false contents: one check for each row of `lies/false-contents.ts` (6.2, 6.3, 8.6). */
import { against, Blocked, expectThat, type Check } from '../check.ts';
import { falseContents, type FalseContent } from '../lies/false-contents.ts';
import { VerbError } from '../target/client-target.ts';
import type { PullVerbResult } from '../target/verbs.ts';
import { shared, type Act, type ClientBench } from './bench.ts';
import { doneBefore, expectDone, plant, putSeed, sessionOf } from './flows.ts';
import { expectHeld } from './pull-checks.ts';
import { stageCheck, type Refusal } from './stage-check.ts';

/** A document whose percent sign is none of percent-encoding. */
const documentOf = ({ id }: FalseContent) => ({ [id]: '100 %' });
const resourceOf = ({ id }: FalseContent): string => `req_${id}`;

/** A device that holds two groups, for all rows. */
const reader = shared(async (bench) => {
  const account = await bench.someone('reader');
  const [group, other] = [0, 1].map((i) =>
    plant(bench, account, [{ id: `req_honest_${String(i)}`, document: i }]),
  );
  if (group === undefined || other === undefined) throw new Blocked('there are no two groups');
  return { account, group, other, session: await sessionOf(bench, account) };
});

async function pull(bench: ClientBench): Promise<Act<PullVerbResult>> {
  return await bench.call('pull', { session: (await reader(bench)).session });
}

/** A pull that brings the content; afterwards the server has an honest one in its place. */
const provoked =
  (row: FalseContent) =>
  async (bench: ClientBench): Promise<Act<PullVerbResult>> => {
    const { account, group, other } = await reader(bench);
    const [id, document] = [resourceOf(row), documentOf(row)];
    putSeed(bench, account, group, { id, document });
    const stored = bench.peer.store.resource(group.groupId, id);
    if (stored === undefined) throw new Blocked(`${id} is not stored`);
    const encContent = row.make({ profile: bench.profile, key: group.key, otherKey: other.key, document });
    bench.peer.store.putResource({ ...stored, encContent, version: `false-${id}` });
    const act = await pull(bench);
    putSeed(bench, account, group, { id, document });
    return act;
  };

/** Either the whole answer is refused, or this one resource is reported; it is never held. */
function expectUnopened({ result }: Act<PullVerbResult>, row: FalseContent): void {
  if (result instanceof VerbError) return;
  const id = resourceOf(row);
  const held = result.resources.filter((resource) => resource.id === id);
  expectThat(held.length === 0, against(`the client opened ${id}`, row), {
    expected: 'no document',
    actual: JSON.stringify(held),
  });
  expectThat(
    result.failed.some((failed) => failed.id === id),
    `the client does not report that ${id} did not open`,
    {
      expected: `${id} in failed`,
      actual: JSON.stringify(result.failed),
    },
  );
}

const refusals = new Map<string, Refusal>();

function contentCheck(row: FalseContent): Check<ClientBench> {
  const { id, title, requirements, profile, opens, stages } = row;
  const provoke = shared(provoked(row));
  if (opens === undefined && profile === undefined) refusals.set(id, { stages, provoke });
  return {
    id: `client.content.${id}`,
    title,
    requirements,
    needs: 'sync',
    ...(profile && { profile }),
    twin: async (bench) => doneBefore(await pull(bench), 'pull'),
    async run(bench) {
      const act = await provoke(bench);
      if (opens) expectHeld(expectDone(act, 'pull').resources, resourceOf(row), documentOf(row));
      else expectUnopened(act, row);
      expectHeld(expectDone(await pull(bench), 'pull').resources, resourceOf(row), documentOf(row));
    },
  };
}

export const contentChecks: readonly Check<ClientBench>[] = [
  ...falseContents.map(contentCheck),
  stageCheck('client.content.stages', 'sync', refusals),
];
