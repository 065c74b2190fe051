/** How the process of a server under test is ended and started again. */
import { Blocked, TargetGone } from '../../check.ts';
import type { ServerBench } from '../bench/bench.ts';

/** The ways in which a process is ended. */
export const SIGNALS = ['SIGKILL', 'SIGTERM'] as const;

export type Signal = (typeof SIGNALS)[number];

/** @throws TargetGone where it has ended by itself before, or does not come back */
export async function restarted({ target }: ServerBench, signal: Signal): Promise<void> {
  if (target.restart === undefined)
    throw new Blocked('there is no way to end the server and to start it again');
  const gone = target.whyGone?.();
  if (gone !== undefined) throw new TargetGone(`the server ended by itself: ${gone}`);
  await target.restart(signal);
}
