/** Confirmation links and codes in a SQLite file. */
import type { Confirmation, MailedCode } from '../records.ts';
import type { MailedStore } from '../store.ts';
import type { Database } from './database.ts';
import { rowsOf } from './rows.ts';

export function mailedStore(db: Database): MailedStore & { dropExpired(now: number): void } {
  const confirmations = rowsOf<Confirmation & { readonly hash: string }>(db, {
    name: 'confirmations',
    columns: { hash: 'value', accountId: 'value', email: 'value', expires: 'value' },
    key: ['hash'],
  });
  const confirmation = confirmations.one('hash = ?');
  const dropConfirmation = confirmations.drop('hash = ?');
  const dropOldConfirmations = confirmations.drop('expires <= ?');
  const codes = rowsOf<MailedCode & { readonly accountId: string }>(db, {
    name: 'codes',
    columns: { accountId: 'value', hash: 'value', wrong: 'value', expires: 'value' },
    key: ['accountId'],
  });
  const code = codes.one('accountId = ?');
  const countWrong = db.prepare('UPDATE codes SET wrong = wrong + 1 WHERE accountId = ?');
  const dropOldCodes = codes.drop('expires <= ?');
  return {
    addConfirmation(hash, added) {
      confirmations.put({ hash, ...added });
    },
    takeConfirmation(hash) {
      const found = confirmation(hash);
      if (found === undefined) return undefined;
      dropConfirmation(hash);
      const { accountId, email, expires } = found;
      return { accountId, email, expires };
    },
    dropConfirmations: confirmations.drop('accountId = ?'),
    addCode(accountId, added) {
      codes.put({ accountId, ...added });
    },
    code(accountId) {
      const found = code(accountId);
      if (found === undefined) return undefined;
      const { hash, wrong, expires } = found;
      return { hash, wrong, expires };
    },
    countWrongCode: countWrong.run,
    dropCode: codes.drop('accountId = ?'),
    dropExpired(now) {
      dropOldConfirmations(now);
      dropOldCodes(now);
    },
  };
}
