/** A group that one never had a link to is answered for as if it did not exist (2.4). */
import type { Check } from '../../check.ts';
import type { ServerBench } from '../bench/bench.ts';
import { people } from '../fixtures/people.ts';
import { CALLS, expectAsIfAbsent, furnished, twinOf, type Call } from './group-calls.ts';

const ofStrangers = (call: Call): Check<ServerBench> => ({
  id: `server.access.${call.id}`,
  title: `For who never had a link, ${call.what} is answered as for a group that does not exist.`,
  requirements: ['MODEL-02', ...(call.requirements ?? [])],
  needs: call.needs,
  twin: twinOf(call),
  async run(bench) {
    const { stranger } = await people(bench);
    const attempt = async () => ({ ...(await furnished(bench, [])), caller: stranger });
    await expectAsIfAbsent(call, 'a stranger', await attempt(), attempt);
  },
});

export const accessChecks: readonly Check<ServerBench>[] = CALLS.map(ofStrangers);
