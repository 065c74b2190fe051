/** Sessions in a SQLite file; the logins that were begun are in memory (`starters.ts`). */
import type { SessionStore } from '../store.ts';
import type { Database } from './database.ts';
import { rowsOf } from './rows.ts';

export function sessionStore(
  db: Database,
): Omit<SessionStore, 'addStarter' | 'takeStarter' | 'dropStarters'> {
  const sessions = rowsOf<{ readonly hash: string; readonly accountId: string }>(db, {
    name: 'sessions',
    columns: { hash: 'value', accountId: 'value' },
    key: ['hash'],
  });
  const session = sessions.one('hash = ?');
  const dropOthers = sessions.drop('accountId = ? AND hash <> ?');
  return {
    addSession(hash, accountId) {
      sessions.put({ hash, accountId });
    },
    sessionAccount: (hash) => session(hash)?.accountId,
    dropSession: sessions.drop('hash = ?'),
    dropSessions(accountId, but = '') {
      dropOthers(accountId, but);
    },
  };
}
