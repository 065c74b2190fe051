/**
 * Logins that were begun, in memory in every storage: from b, A, B and a verifier follows the session id, which no disk
 * may hold. After a restart such a login begins anew (HTTP-14).
 */
import type { Starter } from './records.ts';
import type { SessionStore, Store } from './store.ts';
import { createTable, dropFront, dropWhere, take, type Journal } from './table.ts';

/** What a storage does with starters. */
export type Starters = Pick<SessionStore, 'addStarter' | 'takeStarter' | 'dropStarters'> &
  Pick<Store, 'dropExpired'>;

export function createStarters(journal: Journal): Starters {
  const starters = createTable<Starter>(journal);
  return {
    addStarter: starters.set,
    takeStarter: (id) => take(starters, id),
    dropStarters(email) {
      dropWhere(starters, (starter) => starter.email === email);
    },
    dropExpired(now) {
      dropFront(starters, now);
    },
  };
}
