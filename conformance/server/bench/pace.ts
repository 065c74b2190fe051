/** How a server that others use is called: one call after the other, so many a second at most, and again when it asks for patience (9.5, 9.8). */
import { setTimeout as wait } from 'node:timers/promises';
import type { Exchange } from '../../peer/exchange.ts';
import { POLITENESS } from '../../target/limits.ts';

/** Time, so that a test need not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** @throws where the signal is given meanwhile */
  sleep(milliseconds: number, signal: AbortSignal): Promise<unknown>;
}

const CLOCK: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
};

export interface PaceOptions {
  /** The most calls a second; that of `POLITENESS` where absent. */
  readonly callsPerSecond?: number | undefined;
  readonly clock?: Clock | undefined;
  /** Told where the server asks for patience, in seconds. */
  readonly onWait?: ((seconds: number) => void) | undefined;
}

/** What comes of a call; a text where no answer came. */
type Answer = Pick<Exchange, 'status' | 'responseHeaders'> | string;

/** Makes a call in its turn. @throws what the call throws, or the sleep of the clock when the signal is given */
export type Pace = <T extends Answer>(call: () => Promise<T>, signal: AbortSignal) => Promise<T>;

export function createPace({
  callsPerSecond = POLITENESS.callsPerSecond,
  clock = CLOCK,
  onWait,
}: PaceOptions): Pace {
  let last: Promise<unknown> = Promise.resolve();
  let next = -Infinity;

  const inTime = async <T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    const early = next - clock.now();
    if (early > 0) await clock.sleep(early, signal);
    next = clock.now() + 1000 / callsPerSecond;
    return await call();
  };
  const patiently = async <T extends Answer>(call: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    for (let tried = 1; ; tried++) {
      const answer = await inTime(call, signal);
      const seconds = patienceAskedFor(answer, clock.now());
      if (seconds === undefined || seconds > POLITENESS.longestWait || tried === POLITENESS.tries)
        return answer;
      onWait?.(seconds);
      await clock.sleep(1000 * seconds, signal);
    }
  };
  return async (call, signal) => {
    const turn = last.then(() => patiently(call, signal));
    last = turn.catch(() => undefined);
    return await turn;
  };
}

/**
 * Seconds after which a call may be tried again: what `Retry-After` says in seconds or as a date, or some where it says
 * nothing. Undefined unless the answer is 429, or 503 with `Retry-After`.
 */
function patienceAskedFor(answer: Answer, now: number): number | undefined {
  if (typeof answer === 'string') return undefined;
  const said = answer.responseHeaders['retry-after'];
  if (answer.status !== 429 && (answer.status !== 503 || said === undefined)) return undefined;
  if (said === undefined) return POLITENESS.shortestWait;
  const seconds = /^\d+$/.test(said) ? Number(said) : Math.ceil((Date.parse(said) - now) / 1000);
  return Math.max(Number.isNaN(seconds) ? 0 : seconds, POLITENESS.shortestWait);
}
