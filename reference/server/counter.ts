/** Counts by key in windows of time, with a bound on what is remembered: `lru-cache`, on the clock of the server. */
import { LRUCache } from 'lru-cache';

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
  /** How many keys are remembered; of more, those that were not asked for the longest are forgotten. */
  readonly keys: number;
  readonly now: () => number;
}

/** A counter that remembers nothing yet. */
export function createCounter({ limit, window, keys, now }: CounterOptions): Counter {
  const counts = new LRUCache<string, { count: number }>({
    ...{ maxSize: keys, sizeCalculation: () => 1 }, // `max` would set the memory for all of them aside
    ...{ ttl: window, ttlResolution: 0 },
    perf: { now: () => now() + 1 }, // it takes a window that began at 0 for one that never ends
  });
  return {
    count(key) {
      const own = counts.get(key);
      if (own === undefined) counts.set(key, { count: 1 });
      else own.count++;
    },
    waitOf(key) {
      const { count = 0 } = counts.get(key) ?? {};
      return count < limit ? 0 : Math.max(0, counts.getRemainingTTL(key));
    },
    get size() {
      return counts.size;
    },
  };
}
