/** Where the time of a run goes: to the client under test, or to the suite that waits for nobody. */

/** Milliseconds, added up over the benches of a run. */
export interface TimeSpent {
  /** From the start of a bench to its end. */
  readonly total: number;
  /** During calls of the client, but for the time in which the suite's server owed it an answer. */
  readonly inClient: number;
}

/** Times one bench. */
export interface Stopwatch {
  /** Runs a call of the client. */
  call<T>(run: () => Promise<T>): Promise<T>;
  /** Runs an answer of the suite's server. */
  answer<T>(run: () => Promise<T>): Promise<T>;
  spent(): TimeSpent;
}

export function createStopwatch(): Stopwatch {
  const start = performance.now();
  const calls = createMeter();
  const answers = createMeter();
  return {
    call: calls.during,
    answer: answers.during,
    spent: () => ({
      total: performance.now() - start,
      inClient: calls.milliseconds() - answers.milliseconds(),
    }),
  };
}

/** Adds up the time in which at least one of several things goes on. */
function createMeter(): { during: Stopwatch['call']; milliseconds: () => number } {
  let going = 0;
  let since = 0;
  let sum = 0;
  return {
    async during(run) {
      if (going++ === 0) since = performance.now();
      try {
        return await run();
      } finally {
        if (--going === 0) sum += performance.now() - since;
      }
    },
    milliseconds: () => sum,
  };
}

/** The sum of several. */
export const addTimes = (times: readonly TimeSpent[]): TimeSpent => ({
  total: times.reduce((sum, { total }) => sum + total, 0),
  inClient: times.reduce((sum, { inClient }) => sum + inClient, 0),
});
