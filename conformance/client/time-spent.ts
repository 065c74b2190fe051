/** Where the time of a run goes: to the client under test, or to the suite that waits for nobody. */

/** Milliseconds, added up over the benches of a run. */
export interface TimeSpent {
  /** During checks. */
  readonly total: number;
  /** During calls of the client, but for the time in which the suite's server owed it an answer. */
  readonly inClient: number;
}

/** Times one bench, while it is in use. */
export interface Stopwatch {
  /** Runs a check. */
  check<T>(run: () => Promise<T>): Promise<T>;
  /** Runs a call of the client. */
  call<T>(run: () => Promise<T>): Promise<T>;
  /** Runs an answer of the suite's server. */
  answer<T>(run: () => Promise<T>): Promise<T>;
  /** Runs a part of an answer in which the server waits for the client. */
  wait<T>(run: () => Promise<T>): Promise<T>;
  spent(): TimeSpent;
}

export function createStopwatch(): Stopwatch {
  const checks = createMeter();
  const calls = createMeter();
  const answers = createMeter();
  return {
    check: checks.during,
    call: calls.during,
    answer: answers.during,
    wait: answers.except,
    spent: () => ({
      total: checks.milliseconds(),
      inClient: calls.milliseconds() - answers.milliseconds(),
    }),
  };
}

/** Adds up the time in which at least one of several things goes on. */
function createMeter() {
  let going = 0;
  let since = 0;
  let sum = 0;
  const begin = (): void => {
    if (going++ === 0) since = performance.now();
  };
  const end = (): void => {
    if (--going === 0) sum += performance.now() - since;
  };
  return {
    async during<T>(run: () => Promise<T>): Promise<T> {
      begin();
      return await run().finally(end);
    },
    /** Leaves a part of what goes on out. */
    async except<T>(run: () => Promise<T>): Promise<T> {
      end();
      return await run().finally(begin);
    },
    milliseconds: () => sum,
  };
}

/** The sum of several. */
export const addTimes = (times: readonly TimeSpent[]): TimeSpent => ({
  total: times.reduce((sum, { total }) => sum + total, 0),
  inClient: times.reduce((sum, { inClient }) => sum + inClient, 0),
});
