/**
 * The storage of the reference server in a file. An entry of its own, because it needs a package of machine code, which a
 * browser has no use for.
 *
 * @module e2ee-sync/reference/sqlite
 */
export { createSqliteStore } from './server/store/sqlite/sqlite.ts';
export { StoreError, type StoreErrorCode } from './server/store/sqlite/error.ts';
export type { Store } from './server/store/store.ts';
