/**
 * Counts by key in windows of time. By hand and not by a library: the clock is the server's, there is no timer for each
 * key, and a flood of keys takes no more memory than so many.
 */

/** Something that is counted, and has a limit. */
export interface Counter {
  /** Counts one more; the first of a key begins its window. */
  count(key: string): void;
  /** Milliseconds until a key whose limit is reached may go on; 0 for every other. */
  waitOf(key: string): number;
  /** How many keys are remembered. */
  readonly size: number;
}

/** What a counter is made of. */
export interface CounterOptions {
  /** How often a key may be counted in one window; `Infinity` for no limit. */
  readonly limit: number;
  /** Milliseconds. */
  readonly window: number;
  /** How many keys are remembered; of more, the ones whose windows began first are forgotten. */
  readonly keys: number;
  readonly now: () => number;
}

/** A counter that remembers nothing yet. */
export function createCounter({ limit, window, keys, now }: CounterOptions): Counter {
  /** By key, in the order in which the windows began, and so in the order in which they end. */
  const windows = new Map<string, { count: number; readonly end: number }>();
  const dropFront = (): void => {
    for (const [key, { end }] of windows) {
      if (end > now() && windows.size < keys) return;
      windows.delete(key);
    }
  };
  return {
    count(key) {
      const own = windows.get(key);
      if (own !== undefined && own.end > now()) {
        own.count++;
        return;
      }
      windows.delete(key); // so that it goes to the end
      dropFront();
      windows.set(key, { count: 1, end: now() + window });
    },
    waitOf(key) {
      const { count = 0, end = 0 } = windows.get(key) ?? {};
      return count < limit ? 0 : Math.max(0, end - now());
    },
    get size() {
      return windows.size;
    },
  };
}
