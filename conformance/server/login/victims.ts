/** Accounts on which attempts fail: a few on each, since a server limits failed attempts (9.8). */
import { ATTEMPTS } from '../bench/attempts.ts';
import type { ServerBench } from '../bench/bench.ts';
import type { OwnAccount } from '../bench/own-account.ts';

interface Pool<T> {
  readonly victim: Promise<T>;
  readonly number: number;
  used: number;
}

/**
 * Something to fail on, such as an account; a new one when the last has had its share.
 *
 * @param attempts - how many are made on it; one by default
 * @throws Blocked
 */
export type Victims<T> = (bench: ServerBench, attempts?: number) => Promise<T>;

/** @param make - makes another one; they are numbered from 1 */
export function createVictims<T>(make: (bench: ServerBench, number: number) => Promise<T>): Victims<T> {
  const pools = new WeakMap<ServerBench, Pool<T>>();
  const next = (bench: ServerBench, number: number): Pool<T> => {
    const pool = { victim: make(bench, number), number, used: 0 };
    pools.set(bench, pool);
    return pool;
  };
  return async (bench, attempts = 1) => {
    const last = pools.get(bench);
    const pool =
      last !== undefined && last.used + attempts <= ATTEMPTS ? last : next(bench, (last?.number ?? 0) + 1);
    pool.used += attempts;
    return await pool.victim;
  };
}

/** An account that the server took and whose address is confirmed. */
export const victim: Victims<OwnAccount> = createVictims((bench, number) =>
  bench.someone(`victim-${number}`),
);
