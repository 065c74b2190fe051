/** Accounts in a SQLite file. */
import type { AccountRecord } from '../records.ts';
import type { AccountStore } from '../store.ts';
import type { Database } from './database.ts';
import { rowsOf } from './rows.ts';

export function accountStore(db: Database): AccountStore {
  const accounts = rowsOf<AccountRecord>(db, {
    name: 'accounts',
    columns: {
      id: 'value',
      email: 'value',
      firstName: 'value',
      lastName: 'value',
      saltKey: 'value',
      saltAuth: 'value',
      saltEnc: 'value',
      verifier: 'value',
      publicKey: 'value',
      encPrivateKey: 'value',
      encSymmetricKey: 'value',
      isVerified: 'flag',
      created: 'value',
    },
    key: ['id'],
  });
  const accountById = accounts.one('id = ?');
  const accountByEmail = accounts.one('email = ?');
  const verify = db.prepare('UPDATE accounts SET isVerified = 1 WHERE id = ?');
  return {
    accountById,
    accountByEmail,
    addAccount(account) {
      if (accountByEmail(account.email) !== undefined) return 'email-taken';
      if (accountById(account.id) !== undefined) return 'id-taken';
      accounts.put(account);
      return 'added';
    },
    replaceAccount: accounts.put,
    setVerified: verify.run,
    dropAccount: accounts.drop('id = ?'),
  };
}
