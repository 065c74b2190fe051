/** Why a file cannot be the storage of a server. */

/**
 * `no-driver`: the package that reads and writes such files is not installed. `cannot-open`: there is no such folder, or
 * no right to write there. `in-use`: another process has the file, or this one has it twice. `not-ours`: it is no
 * database, or one of another program. `other-version`: another version of this program has made it.
 */
export type StoreErrorCode = 'no-driver' | 'cannot-open' | 'in-use' | 'not-ours' | 'other-version';

/** A file that cannot be the storage of a server: `code` says why, the message names the file and what to do. */
export class StoreError extends Error {
  /** Why, for a program. */
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
