/** Checks that wait for a bench. */
import type { Check } from './check.ts';

/** Hands out checks to several benches, so that those which build on the same accounts stay together. */
export interface Queue<Bench> {
  /** How many wait. */
  readonly left: number;
  /** The next check for a bench: of the group that it is in, then of one that none has begun, then of the longest. */
  take(bench: Bench): Check<Bench> | undefined;
}

/** `client.login` of `client.login.M1`: the checks of a group look at the same accounts, groups and documents. */
const groupOf = ({ id }: Check<never>): string => id.split('.').slice(0, 2).join('.');

export function createQueue<Bench>(checks: readonly Check<Bench>[]): Queue<Bench> {
  const waiting = new Map<string, Check<Bench>[]>();
  for (const check of checks) waiting.set(groupOf(check), [...(waiting.get(groupOf(check)) ?? []), check]);
  const begun = new Set<string>();
  const groups = new Map<Bench, string>();

  const longest = (): string | undefined => {
    const left = [...waiting].filter(([, { length }]) => length > 0);
    const fresh = left.filter(([name]) => !begun.has(name));
    return (fresh[0] ?? left.sort(([, one], [, other]) => other.length - one.length)[0])?.[0];
  };

  return {
    get left() {
      return [...waiting.values()].reduce((sum, { length }) => sum + length, 0);
    },
    take(bench) {
      const own = groups.get(bench);
      const group = own !== undefined && (waiting.get(own)?.length ?? 0) > 0 ? own : longest();
      if (group === undefined) return undefined;
      begun.add(group);
      groups.set(bench, group);
      return waiting.get(group)?.shift();
    },
  };
}
