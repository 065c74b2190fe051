/** The package that reads and writes the files: SQLite, compiled beforehand, with calls that answer at once. */
import { createRequire } from 'node:module';
import { StoreError } from './error.ts';

/** What is used of a prepared statement. */
export interface DriverStatement {
  run(values: readonly SqlValue[]): unknown;
  get(values: readonly SqlValue[]): unknown;
  all(values: readonly SqlValue[]): readonly unknown[];
}

/** What is used of a connection. Its `close` waits for statements to be collected as garbage, so it is not used alone. */
export interface DriverDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): DriverStatement;
  close(): unknown;
  readonly inTransaction: boolean;
}

/** No booleans: the driver ends the process for one. */
export type SqlValue = string | number;

/** Opens a connection. The driver is an optional dependency: whoever judges clients does not need it. */
export function connect(path: string): DriverDatabase {
  const Driver = load();
  return new Driver(path);
}

function load(): new (path: string) => DriverDatabase {
  try {
    return createRequire(import.meta.url)('libsql') as new (path: string) => DriverDatabase;
  } catch (cause) {
    const advice = 'storage in a file needs the package libsql, which is not installed: npm install libsql';
    throw new StoreError('no-driver', advice, { cause });
  }
}
