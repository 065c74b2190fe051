/**
 * Limits (9.8): how many attempts may fail, how much is mailed, how many logins may be open. They go by what the caller
 * names, whether or not there is such an account, so that they do not tell who has one (7.3).
 */
import type { Context } from 'hono';
import type { ServerContext } from './context.ts';
import { createCounter, type Counter } from './counter.ts';
import { networkOf, type Caller } from './network.ts';
import { Refusal, type RefusalCode } from './refusal.ts';
import type { AccountRecord } from './store/records.ts';

/** What a server puts up with. `Infinity` takes a limit away. */
export interface Limits {
  /** Failed attempts for one account in a window; those to log in are counted apart from those of a session. */
  readonly failuresOfAccount: number;
  /** Failed attempts from one network address in a window; this machine itself is left alone. */
  readonly failuresOfNetwork: number;
  /** Links and codes that are mailed to one address in a window. */
  readonly mails: number;
  /** Milliseconds. It begins with the first that is counted. */
  readonly window: number;
  /** Starters that live at once for one address; of more, the oldest are forgotten. */
  readonly startersOfAddress: number;
  /** Starters that live at once; of more, the oldest are forgotten. */
  readonly starters: number;
}

/** 2 880 guesses a day at most for one account; somebody who mistypes a passphrase does not notice. */
export const DEFAULT_LIMITS: Limits = {
  failuresOfAccount: 30,
  failuresOfNetwork: 300,
  mails: 20,
  window: 15 * 60_000,
  startersOfAddress: 100,
  starters: 10_000,
};

/** How many accounts and networks are remembered by each counter. */
const KEYS = 50_000;

/** What is counted. */
export interface Counters {
  readonly account: Counter;
  readonly network: Counter;
  readonly mail: Counter;
}

export function createCounters(limits: Limits, now: () => number): Counters {
  const counter = (limit: number): Counter =>
    createCounter({ limit, window: limits.window, keys: KEYS, now });
  return {
    account: counter(limits.failuresOfAccount),
    network: counter(limits.failuresOfNetwork),
    mail: counter(limits.mails),
  };
}

/** Whose attempts are counted: those to log in to an address, or those of an account's sessions. */
export const loginOf = ({ email }: { readonly email: string }): string => `login ${email}`;
export const changeOf = ({ id }: AccountRecord): string => `change ${id}`;

/** The refusals that are failed attempts: wrong proofs and codes, and links that lead nowhere. */
const FAILURES: readonly RefusalCode[] = ['wrong-proof', 'wrong-code', 'not-found'];

/**
 * Judges an attempt, and counts it where it fails.
 *
 * @param key - of an account, by `loginOf` or `changeOf`; without, the network alone is counted
 * @throws Refusal `too-many` where too many have failed; then it is not judged
 */
export function attempt<T>(server: ServerContext, c: Context, key: string | undefined, judge: () => T): T {
  requirePatience(server, c, key);
  try {
    return judge();
  } catch (error) {
    if (error instanceof Refusal && FAILURES.includes(error.code))
      for (const [counter, own] of countersOf(server, c, key)) counter.count(own);
    throw error;
  }
}

/** Whoever has failed too often waits. @throws Refusal `too-many` */
export function requirePatience(server: ServerContext, c: Context, key: string | undefined): void {
  refuseFor(Math.max(...countersOf(server, c, key).map(([counter, own]) => counter.waitOf(own))));
}

/** Nobody is mailed to without end. @throws Refusal `too-many` */
export function requireMailLeft({ counters }: ServerContext, email: string): void {
  refuseFor(counters.mail.waitOf(email));
}

/** Whether a mail that is not asked for may be sent. */
export const mayMail = ({ counters }: ServerContext, email: string): boolean =>
  counters.mail.waitOf(email) === 0;

function refuseFor(wait: number): void {
  if (wait <= 0) return;
  const seconds = Math.ceil(wait / 1000);
  const headers = { 'retry-after': String(seconds) };
  throw new Refusal('too-many', `too many requests: come back in ${seconds} seconds`, undefined, headers);
}

function countersOf(
  { counters }: ServerContext,
  c: Context,
  key: string | undefined,
): (readonly [counter: Counter, key: string])[] {
  const network = networkOf((c.env ?? {}) as Caller);
  return [
    ...(key === undefined ? [] : [[counters.account, key] as const]),
    ...(network === undefined ? [] : [[counters.network, network] as const]),
  ];
}
