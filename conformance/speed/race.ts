/** Medians of several things measured by turns, so that a busy moment of the machine falls on all of them alike. */

/** Something to be measured. */
export type Contestant = () => unknown;

/** Milliseconds that have gone by. */
export type Clock = () => number;

/** On the wall: for what waits, or runs on both cores. */
export const wall: Clock = () => performance.now();

/** Of processor time: for what neither waits nor runs beside itself, because other programs do not disturb it. */
export const processor: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** How often everything is run before the first measurement. */
const WARM_UP = 3;

/**
 * Runs each contestant in each round, and every round begins with another one.
 *
 * @returns the median of each in milliseconds
 */
export async function race<Name extends string>(
  rounds: number,
  clock: Clock,
  contestants: Readonly<Record<Name, Contestant>>,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(contestants) as Name[];
  const samples = names.map((name) => ({ contestant: contestants[name], times: [] as number[] }));
  for (let round = 0; round < WARM_UP + rounds; round++) {
    const first = round % samples.length;
    for (const { contestant, times } of [...samples.slice(first), ...samples.slice(0, first)]) {
      const spent = await timed(clock, contestant);
      if (round >= WARM_UP) times.push(spent);
    }
  }
  const medians = samples.map(({ times }, i) => [names[i], median(times)] as const);
  return Object.fromEntries(medians) as Record<Name, number>;
}

/** Milliseconds that something takes. A promise is waited for. */
export async function timed(clock: Clock, contestant: Contestant): Promise<number> {
  const start = clock();
  const result = contestant();
  if (result instanceof Promise) await result;
  return clock() - start;
}

/** The middle one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
