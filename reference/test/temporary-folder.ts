/** A folder that is there as long as a test runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type t from 'tap';

export function temporaryFolder(test: Pick<typeof t, 'teardown'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'e2ee-sync-'));
  test.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
