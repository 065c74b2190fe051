/** Starters are bounded (7.3, 9.8): of too many the oldest are forgotten, and answer like those that have expired. */
import type { Limits } from './limits.ts';
import type { Starter } from './store/records.ts';
import type { Store } from './store/store.ts';

/** Keeps a starter in the store. */
export type AddStarter = (id: string, starter: Starter) => void;

/**
 * Forgetting is better than refusing: whoever opens thousands of logins and leaves them keeps nobody out, because an
 * honest client sends its proof within a second. That a starter is used up or gone already does not matter here.
 */
export function createStarters(store: Store, { starters, startersOfAddress }: Limits): AddStarter {
  /** The address of each starter, the oldest first. */
  const emails = new Map<string, string>();
  /** The starters of each address, the oldest first. */
  const ids = new Map<string, Set<string>>();
  const forget = (id: string): void => {
    const email = emails.get(id) ?? '';
    emails.delete(id);
    ids.get(email)?.delete(id);
    if (ids.get(email)?.size === 0) ids.delete(email);
    store.takeStarter(id);
  };
  const forgetOldest = (ids: Iterable<string>): void => {
    for (const id of ids) {
      forget(id);
      return;
    }
  };
  return (id, starter) => {
    const own = ids.get(starter.email) ?? new Set();
    ids.set(starter.email, own.add(id));
    emails.set(id, starter.email);
    if (own.size > startersOfAddress) forgetOldest(own);
    if (emails.size > starters) forgetOldest(emails.keys());
    store.addStarter(id, starter);
  };
}
