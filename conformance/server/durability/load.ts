/** Several witnesses who use a server at the same time, until its process is ended in the middle of their calls. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Blocked, TargetGone } from '../../check.ts';
import type { ServerBench } from '../bench/bench.ts';
import { changes } from './changes.ts';
import { drawer } from './draws.ts';
import { groups, shares } from './groups.ts';
import { pushes } from './pushes.ts';
import { restarted, type Signal } from './restart.ts';
import { signups } from './signups.ts';
import { Unacknowledged, witness, type Witness } from './witness.ts';
import { prepared, type Kinds, type Work } from './work.ts';

/** What is done again and again. */
const REPEATED: Kinds = {
  'change of the passphrase': { needs: ['change-password'], prepare: changes },
  push: { needs: ['groups', 'sync'], prepare: pushes },
  'new group': { needs: ['groups'], prepare: groups },
  share: { needs: ['groups', 'sharing'], prepare: shares },
  signup: { needs: [], prepare: signups },
};

/** A witness and what they do. */
export interface User {
  readonly who: Witness;
  readonly works: Readonly<Record<string, Work>>;
}

/** How many calls of each kind were acknowledged. */
export type Counts = Map<string, number>;

/** Witnesses who do everything that the server can do. @throws Blocked */
export async function usersOf(bench: ServerBench, many: number): Promise<readonly User[]> {
  const witnesses = await Promise.all(Array.from({ length: many }, () => witness(bench)));
  return await Promise.all(
    witnesses.map(async (who) => {
      const neighbours = witnesses.filter((other) => other !== who);
      return { who, works: await prepared(REPEATED, who, neighbours) };
    }),
  );
}

/** Milliseconds after which the process is ended, however few calls were acknowledged. */
const PATIENCE = 3000;

/**
 * Has them all work, ends the process at a moment that follows from the seed, and starts it again.
 *
 * @throws Blocked where a call is refused before, TargetGone where the server ends by itself or does not come back
 */
export async function endUnderLoad(
  bench: ServerBench,
  users: readonly User[],
  signal: Signal,
  seed: number,
): Promise<Counts> {
  const draw = drawer(seed);
  const counts: Counts = new Map();
  let ending = false;
  const hasEnded = (): boolean => ending;
  let left = 10 + Math.floor(draw() * 40);
  const delay = draw() * 12;
  let reached = (): void => undefined;
  const enough = new Promise<void>((done) => (reached = done));

  const work = async ({ works }: User, own: () => number): Promise<void> => {
    const names = Object.keys(works);
    while (!hasEnded()) {
      const name = names[Math.floor(own() * names.length)] ?? '';
      try {
        await works[name]?.act();
      } catch (error) {
        if (hasEnded() && (error instanceof Unacknowledged || error instanceof TargetGone)) return;
        throw error instanceof Unacknowledged ? new Blocked(error.message) : error;
      }
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (--left === 0) reached();
    }
  };
  const end = async (): Promise<void> => {
    await Promise.race([enough.then(() => sleep(delay)), sleep(PATIENCE, undefined, { ref: false })]);
    if (hasEnded()) return; // one of them failed
    ending = true;
    await restarted(bench, signal);
  };
  const all = [end(), ...users.map((user) => work(user, drawer(Math.floor(draw() * 2 ** 31))))];
  // Where one fails the others end as well, so that no call is under way any more.
  const failed = await Promise.allSettled(
    all.map((one) =>
      one.catch((error: unknown) => {
        ending = true;
        throw error;
      }),
    ),
  );
  for (const outcome of failed) if (outcome.status === 'rejected') throw outcome.reason;
  return counts;
}
