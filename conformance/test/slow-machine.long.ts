/** A right client on a machine that stands still for a moment: what is judged by time is judged again with more of it. */
import t from 'tap';
import { judgeClient } from '../judge.ts';
import { createInProcessTarget } from '../target/in-process-target.ts';
import { referenceVerbs } from '../target/reference-target.ts';
import type { CheckResult } from '../verdict.ts';

const profile = 'documented';
/** Milliseconds; that with which a check is first tried. */
const FIRST = 600;
/** More than a client may take to give up. */
const STALL = 3_000 + FIRST + 100;

/** Keeps the whole process from doing anything. */
function standStill(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** The reference, of which the second pull of the first device that must not wait for long takes its time. */
function slowOnce(stall: () => void) {
  const verbs = referenceVerbs();
  let impatient: unknown;
  let pulls = 0;
  return {
    ...verbs,
    async login(params: Parameters<typeof verbs.login>[0]) {
      const result = await verbs.login(params);
      if (params.patience === FIRST) impatient ??= result.session;
      return result;
    },
    async pull(params: Parameters<typeof verbs.pull>[0]) {
      if (params.session === impatient && ++pulls === 2) stall();
      return await verbs.pull(params);
    },
  };
}

async function judged(only: string, stall: () => void): Promise<{ results: CheckResult[]; stalled: number }> {
  const results: CheckResult[] = [];
  let stalled = 0;
  const verbs = slowOnce(() => {
    stalled++;
    stall();
  });
  const target = createInProcessTarget('a client on a slow machine', () => verbs);
  for await (const result of judgeClient(target, { profile, seed: 1, only })) results.push(result);
  return { results, stalled };
}

for (const [only, stall] of [
  ['client.transport.slow', () => void setTimeout(standStill, FIRST / 2, 2 * FIRST)],
  ['client.transport.stalled', () => standStill(STALL)],
  ['client.transport.stalled-halfway', () => standStill(STALL)],
] as const)
  t.test(only, async (test) => {
    const { results, stalled } = await judged(only, stall);
    test.equal(stalled, 1, 'the machine stood still');
    test.match(results, [{ id: only, verdict: 'pass' }]);
    test.equal(results.length, 1);
  });
