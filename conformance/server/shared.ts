/** What several checks of a server look at or change together, made once for a bench. */
import type { ServerBench } from './bench.ts';

/** The first outcome, success or failure, for every check that asks. */
export function shared<T>(make: (bench: ServerBench) => Promise<T>): (bench: ServerBench) => Promise<T> {
  const made = new WeakMap<ServerBench, Promise<T>>();
  return (bench) => {
    const first = made.get(bench) ?? make(bench);
    made.set(bench, first);
    return first;
  };
}
