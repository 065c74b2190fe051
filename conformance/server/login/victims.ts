/** Accounts on which attempts fail: a few on each, since a server limits failed attempts (9.8). */
import type { ServerBench } from '../bench/bench.ts';
import type { OwnAccount } from '../bench/own-account.ts';

/** How many attempts fail on one account. */
const ATTEMPTS = 4;

interface Pool {
  readonly account: Promise<OwnAccount>;
  readonly number: number;
  used: number;
}

const pools = new WeakMap<ServerBench, Pool>();

/**
 * An account for attempts that fail; a new one when the last has had its share.
 *
 * @param attempts - how many are made on it; one by default
 * @throws Blocked
 */
export async function victim(bench: ServerBench, attempts = 1): Promise<OwnAccount> {
  const last = pools.get(bench);
  const pool = last !== undefined && last.used + attempts <= ATTEMPTS ? last : next(bench, last);
  pool.used += attempts;
  return await pool.account;
}

function next(bench: ServerBench, last: Pool | undefined): Pool {
  const number = (last?.number ?? 0) + 1;
  const pool = { account: bench.someone(`victim-${number}`), number, used: 0 };
  pools.set(bench, pool);
  return pool;
}
