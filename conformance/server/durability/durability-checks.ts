/** Whether a server keeps what it has acknowledged when its process ends and is started again (HTTP-14). */
import type { Check } from '../../check.ts';
import type { ServerBench } from '../bench/bench.ts';
import { ONCE } from './endings.ts';
import { endUnderLoad, usersOf } from './load.ts';
import { expectKept, lossesOf } from './losses.ts';
import { mailDurabilityChecks } from './mail-checks.ts';
import { restartChecks } from './restart-checks.ts';
import { restarted, type Signal } from './restart.ts';
import { witness } from './witness.ts';
import { prepared, undisturbed, type Work } from './work.ts';

/** How many witnesses work side by side. */
const WITNESSES = 3;
/** So often each call that can be made again is made before the last time: resources have versions then. */
const BEFORE = 2;

/** Everything that a server can change is changed, the last of it side by side, and the process ends right behind the answers. */
async function everyCall(bench: ServerBench, signal: Signal): Promise<void> {
  const users = await usersOf(bench, 2);
  const again = users.flatMap(({ works }) => Object.values(works));
  const once: Work[] = [];
  const neighbours = users.slice(0, 1).map(({ who }) => who);
  for (const [what, kind] of Object.entries(ONCE)) {
    const who = await witness(bench);
    once.push(...Object.values(await prepared({ [what]: kind }, who, neighbours)));
  }
  for (let i = 0; i < BEFORE; i++) for (const work of again) await undisturbed(work);
  await Promise.all([...again, ...once].map(undisturbed));
  await restarted(bench, signal);
  const losses = [...(await lossesOf(users))];
  // Neighbours look with the sessions that they have by now.
  if (losses.length === 0) for (const work of once) losses.push(...(await work.losses()));
  expectKept(losses, 'every call that changes something, each answered', signal);
}

/** @param times - how often the process is ended */
async function load(bench: ServerBench, signal: Signal, times: number): Promise<void> {
  const users = await usersOf(bench, WITNESSES);
  for (let round = 0; round < times; round++) {
    const counts = await endUnderLoad(bench, users, signal, bench.seed + round);
    const calls = [...counts].map(([name, count]) => `${name} ${String(count)}`).join(', ');
    expectKept(await lossesOf(users), `in round ${String(round + 1)} acknowledged: ${calls}`, signal);
  }
}

/** Why these are not for a server that others use. */
const FLOODS = 'it sends several requests at once';

export const durabilityChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.durability.killed',
    title: 'Whatever a server has answered is there when it is killed right behind the answers.',
    requirements: ['HTTP-14'],
    needs: 'restart',
    floods: FLOODS,
    run: (bench) => everyCall(bench, 'SIGKILL'),
  },
  {
    id: 'server.durability.ended',
    title: 'Whatever a server has answered is there when it is told to end right behind the answers.',
    requirements: ['HTTP-14'],
    needs: 'restart',
    floods: FLOODS,
    run: (bench) => everyCall(bench, 'SIGTERM'),
  },
  {
    id: 'server.durability.killed-under-load',
    title:
      'A server that is killed in the middle of its work has everything that it had acknowledged, and nothing by halves.',
    requirements: ['HTTP-14', 'CHANGE-09', 'SHARE-08', 'PUSH-09'],
    needs: 'restart',
    floods: FLOODS,
    run: (bench) => load(bench, 'SIGKILL', bench.runs),
  },
  {
    id: 'server.durability.ended-under-load',
    title:
      'A server that is told to end in the middle of its work has everything that it had acknowledged, and nothing by halves.',
    requirements: ['HTTP-14', 'CHANGE-09', 'SHARE-08', 'PUSH-09'],
    needs: 'restart',
    floods: FLOODS,
    run: (bench) => load(bench, 'SIGTERM', 1),
  },
  ...restartChecks,
  ...mailDurabilityChecks,
];
