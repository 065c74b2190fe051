/** One SQLite file, opened for this process alone. What a transaction has committed survives a crash. */
import { openSync, closeSync } from 'node:fs';
import { resolve } from 'node:path';
import { connect, type DriverDatabase, type SqlValue } from './driver.ts';
import { StoreError } from './error.ts';
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema.ts';

/** A prepared statement. Like any function, it takes no notice of values beyond those that it asks for. */
export interface Statement {
  /** Runs it for its effect. */
  run(...values: readonly SqlValue[]): void;
  /** Every row. */
  all(...values: readonly SqlValue[]): readonly unknown[];
  /** The first row. */
  get(...values: readonly SqlValue[]): unknown;
}

/** An open file. Everything throws once it is closed. */
export interface Database {
  prepare(sql: string): Statement;
  /** Commits what `act` does, or, where it throws, takes it back. One inside another is part of the outer one. */
  transaction<T>(act: () => T): T;
  /** Brings everything into the one file and lets go of it. */
  close(): void;
}

/** @throws StoreError */
export function openDatabase(file: string): Database {
  const path = resolve(file);
  const driver = explained(file, () => {
    createPrivately(path);
    return connect(path);
  });
  try {
    explained(file, () => {
      prepareFile(file, driver);
    });
  } catch (error) {
    driver.close();
    throw error;
  }
  return wrap(driver);
}

/** A new file is for its owner alone. One that is there is not opened here: closing it would end SQLite's lock on it. */
function createPrivately(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function prepareFile(file: string, driver: DriverDatabase): void {
  // Nobody else may have the file: a store serves one process. The lock ends with the process, however that ends.
  driver.exec('PRAGMA locking_mode = EXCLUSIVE');
  const isNew = requireOurs(file, driver);
  // A commit is one synchronised write to the log beside the file; with NORMAL the last ones could be lost with power.
  driver.exec('PRAGMA journal_mode = WAL');
  driver.exec('PRAGMA synchronous = FULL');
  driver.exec('PRAGMA foreign_keys = ON');
  // What is dropped is overwritten: with an old encSymmetricKey an old passphrase would go on opening the account.
  driver.exec('PRAGMA secure_delete = ON');
  // Takes the lock for writing now rather than with the first change.
  const made = `${SCHEMA} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION};`;
  driver.exec(`BEGIN IMMEDIATE; ${isNew ? made : ''} COMMIT`);
}

/** @returns whether the file is empty. @throws StoreError `not-ours`, `other-version` */
function requireOurs(file: string, driver: DriverDatabase): boolean {
  const { id, version, tables } = driver
    .prepare(
      `SELECT application_id AS id, user_version AS version, (SELECT count(*) FROM sqlite_master) AS tables
       FROM pragma_application_id, pragma_user_version`,
    )
    .get([]) as Readonly<Record<'id' | 'version' | 'tables', number>>;
  if (id === 0 && version === 0 && tables === 0) return true;
  if (id !== APPLICATION_ID)
    throw new StoreError('not-ours', `${file} is the database of another program: name another file`);
  if (version !== SCHEMA_VERSION)
    throw new StoreError(
      'other-version',
      `${file} has version ${version} and this program reads version ${SCHEMA_VERSION}: use the program that made it`,
    );
  return false;
}

function wrap(driver: DriverDatabase): Database {
  let [open, within] = [true, false];
  /** A closed connection of the driver would go on working. */
  const live = <T>(act: () => T): T => {
    if (open) return act();
    throw new Error('the store is closed');
  };
  return {
    prepare(sql) {
      const statement = live(() => driver.prepare(sql));
      const count = sql.split('?').length - 1;
      return {
        run: (...values) => void live(() => statement.run(values.slice(0, count))),
        all: (...values) => live(() => statement.all(values.slice(0, count))),
        get: (...values) => live(() => statement.get(values.slice(0, count))),
      };
    },
    transaction: (act) =>
      live(() => {
        if (within) return act();
        driver.exec('BEGIN IMMEDIATE');
        within = true;
        try {
          const made = act();
          driver.exec('COMMIT');
          return made;
        } catch (error) {
          if (driver.inTransaction) driver.exec('ROLLBACK');
          throw error;
        } finally {
          within = false;
        }
      }),
    close() {
      if (!open) return;
      open = false;
      // Leaving the log empties it into the file; the next access then ends the lock.
      driver.exec('PRAGMA journal_mode = DELETE');
      driver.exec('PRAGMA locking_mode = NORMAL');
      driver.exec('SELECT 1 FROM sqlite_master');
      driver.close();
    },
  };
}

/** What SQLite and the system say, in words of ours. */
function explained<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    const { code = '', message } = cause as NodeJS.ErrnoException;
    if (code.startsWith('SQLITE_BUSY'))
      throw new StoreError('in-use', `${file} is in use: another server has it open`, { cause });
    if (code === 'SQLITE_NOTADB')
      throw new StoreError('not-ours', `${file} is no SQLite database: name another file`, { cause });
    throw new StoreError('cannot-open', `${file} cannot be opened: ${message}`, { cause });
  }
}
