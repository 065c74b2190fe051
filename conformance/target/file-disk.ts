/** What outlives a server in this process, in a SQLite file: after a restart there is what the file holds (HTTP-14). */
import { createSqliteStore } from '../../reference/sqlite.ts';
import type { Store } from '../../reference/index.ts';
import type { Disk } from './disk.ts';

/** @throws StoreError where the file cannot be opened, from `open` */
export function createFileDisk(file: string): Disk {
  let store: Store | undefined;
  // What the old server still does throws from here on.
  const close = (): void => store?.close();
  return { open: () => (store = createSqliteStore(file)), restart: close, close };
}
