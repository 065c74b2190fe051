/** The storage in one SQLite file: what was acknowledged is there after a crash (HTTP-14). */
import { fromHex, toHex } from '../../../bytes.ts';
import { createStarters } from '../starters.ts';
import type { Store } from '../store.ts';
import { createJournal } from '../table.ts';
import { accountStore } from './accounts.ts';
import { openDatabase, type Database } from './database.ts';
import { groupStore } from './groups.ts';
import { mailedStore } from './mailed.ts';
import { rowsOf } from './rows.ts';
import { sessionStore } from './sessions.ts';
import { teamStore } from './teams.ts';

/**
 * A storage in a file, which is made where there is none. The file belongs to this process until `close`.
 *
 * Once a call has answered, and outside a transaction every call is one of its own, what it changed survives `kill -9`,
 * and a loss of power as far as the disk keeps what it says it has written. Logins that were begun are kept in memory.
 *
 * @throws StoreError `no-driver`, `cannot-open`, `in-use`, `not-ours`, `other-version`
 * @example
 * const store = createSqliteStore('/var/lib/sync.db');
 * const server = createServer({ profile: 'documented', mailer, publicUrl: 'https://sync.example', store });
 */
export function createSqliteStore(file: string): Store {
  const db = openDatabase(file);
  const journal = createJournal();
  const { dropExpired: dropOldStarters, ...starters } = createStarters(journal);
  const { dropExpired: dropOldMailed, ...mailed } = mailedStore(db);
  return {
    ...accountStore(db),
    ...starters,
    ...sessionStore(db),
    ...mailed,
    ...groupStore(db),
    ...teamStore(db),
    // The file is committed first: where that fails, what is in memory is taken back as well.
    transaction: (act) => journal.transaction(() => db.transaction(act)),
    secret: secretOf(db),
    dropExpired(now) {
      dropOldStarters(now);
      db.transaction(() => dropOldMailed(now));
    },
    close: db.close,
  };
}

/** The secret of the server, drawn once for the file. */
function secretOf(db: Database): Store['secret'] {
  const secrets = rowsOf<{ readonly secret: string }>(db, {
    name: 'server',
    columns: { secret: 'value' },
    key: ['secret'],
  });
  const kept = secrets.one('true');
  return (fresh) => {
    const secret = kept()?.secret;
    if (secret !== undefined) return fromHex(secret, 'secret');
    secrets.put({ secret: toHex(fresh) });
    return fresh;
  };
}
