/** Several of a client side by side: the results are those of one, in the same order. */
import t from 'tap';
import { TargetGone, type Check } from '../check.ts';
import { createStopwatch } from '../client/time-spent.ts';
import { createQueue } from '../queue.ts';
import { judgeClient, type JudgeOptions } from '../judge.ts';
import { quickSteps, stretched } from '../kill-matrix/quick-steps.ts';
import { runChecks, type Progress, type RunOptions } from '../run.ts';
import type { Steps } from '../../reference/index.ts';
import { createInProcessTarget } from '../target/in-process-target.ts';
import { referenceVerbs } from '../target/reference-target.ts';
import type { CheckResult } from '../verdict.ts';

/** A bench is a name here. */
type Seen = readonly [bench: string, check: string];

const check = (id: string, run: Check<string>['run'], closing = false): Check<string> => ({
  ...{ id, title: id, requirements: ['SRP-01'], run, closing },
});

const options: RunOptions = {
  ...{ role: 'client', profile: 'documented', capabilities: [] },
  replay: (id) => id,
};

async function collect(
  results: AsyncIterable<CheckResult>,
  into: CheckResult[] = [],
): Promise<CheckResult[]> {
  for await (const result of results) into.push(result);
  return into;
}

const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

t.test('a bench stays in a group, then begins another, then helps with the longest', (test) => {
  const ids = ['c.one.a', 'c.one.b', 'c.one.c', 'c.one.d', 'c.two.a', 'c.two.b'];
  const queue = createQueue(ids.map((id) => check(id, () => Promise.resolve())));
  const taken = ['x', 'y', 'y', 'y', 'x', 'y', 'x'].map((bench) => queue.take(bench)?.id);
  test.same(taken, ['c.one.a', 'c.two.a', 'c.two.b', 'c.one.b', 'c.one.c', 'c.one.d', undefined]);
  test.equal(queue.left, 0);
  test.end();
});

t.test('results come in the order of the checks, those that look back last', async (test) => {
  const seen: Seen[] = [];
  const see = (id: string, wait: number, closing = false) =>
    check(
      id,
      async (bench) => {
        await pause(wait);
        seen.push([bench, id]);
      },
      closing,
    );
  const checks = [see('c.all.last', 0, true), see('c.slow.a', 60), see('c.fast.a', 0), see('c.fast.b', 0)];
  const told: Progress[] = [];
  const results = await collect(
    runChecks(checks, ['x', 'y'], { ...options, onProgress: (progress) => told.push(progress) }),
  );
  test.same(
    results.map(({ id }) => id),
    ['c.slow.a', 'c.fast.a', 'c.fast.b', 'c.all.last'],
  );
  test.same(seen, [
    ['y', 'c.fast.a'],
    ['y', 'c.fast.b'],
    ['x', 'c.slow.a'],
    ['x', 'c.all.last'],
  ]);
  test.same(told.slice(0, 2), [
    { running: ['c.slow.a'], left: 2 },
    { running: ['c.slow.a', 'c.fast.a'], left: 1 },
  ]);
});

t.test('where the target is gone, what was judged is told before', async (test) => {
  const late = check('c.slow.a', async () => {
    await pause(60);
    throw new TargetGone('it is gone');
  });
  const checks = [
    late,
    check('c.slow.b', () => Promise.resolve()),
    check('c.fast.a', () => Promise.resolve()),
  ];
  const results: CheckResult[] = [];
  await test.rejects(collect(runChecks(checks, ['x', 'y'], options), results), { message: 'it is gone' });
  test.same(
    results.map(({ id, verdict }) => `${id} ${verdict}`),
    ['c.slow.b pass', 'c.fast.a pass'],
  );
});

t.test('one client or three: the same verdicts, and where the time went', async (test) => {
  const verdicts: string[][] = [];
  for (const jobs of [1, 3]) {
    let started = 0;
    const start = () => {
      started++;
      // Some of the checks compare key pairs.
      const steps = (own: Steps): Steps => ({ ...quickSteps(own), keyPair: own.keyPair });
      return createInProcessTarget('the reference client', referenceVerbs({ steps }));
    };
    let share = 0;
    const judged: JudgeOptions = {
      ...{ profile: 'documented', seed: 7, runs: 1, jobs, pbkdf2: stretched },
      only: 'client.signup.*,client.login.M1,client.login.tag*,client.group*,client.leak,client.leak.K',
      onEnd: ({ total, inClient }) => (share = inClient / total),
    };
    const results = await collect(judgeClient(start, judged));
    verdicts.push(results.map(({ id, verdict }) => `${id} ${verdict}`));
    test.equal(started, jobs);
    test.ok(share > 0 && share < 1, `${share} of the time is that of the client`);
  }
  test.ok((verdicts[0]?.length ?? 0) > 10);
  test.same(verdicts[1], verdicts[0]);
  test.ok(verdicts[0]?.every((verdict) => verdict.endsWith(' pass')));
});

t.test('time in which the server owes an answer is not that of the client', async (test) => {
  const { check, call, answer, spent } = createStopwatch();
  const start = performance.now();
  await check(async () => {
    await call(async () => {
      await pause(40);
      await Promise.all([answer(() => pause(60)), answer(() => pause(60))]);
    });
    await pause(40);
  });
  await pause(200);
  const { total, inClient } = spent();
  test.ok(inClient > 30 && inClient < total - 90, `${inClient} of ${total} ms`);
  test.ok(total <= performance.now() - start - 190, `${total} ms, without the pause after the check`);
});

t.test('a restart of the client takes no session that is still to be looked at', async (test) => {
  const target = createInProcessTarget('the reference client', () => referenceVerbs({ steps: quickSteps }));
  const only = 'client.push.version,client.fresh,client.leak.document';
  const options = { profile: 'documented', seed: 1, only, pbkdf2: stretched } as const;
  const results = await collect(judgeClient(target, options));
  test.same(
    results.map(({ id, verdict }) => [id, verdict]),
    [
      ['client.push.version', 'pass'],
      ['client.leak.document', 'pass'],
      ['client.fresh', 'pass'],
    ],
  );
});
