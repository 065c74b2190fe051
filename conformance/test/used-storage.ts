/** A storage in a file that others have used before: whoever visits it must leave all of it as it was. */
import { join } from 'node:path';
import type { ProfileName, Store } from '../../reference/index.ts';
import { connect } from '../../reference/server/store/sqlite/driver.ts';
import { createSqliteStore } from '../../reference/sqlite.ts';
import { accepted, fakeElement, fakeMessage, openWorld } from '../../reference/test/server-world.ts';
import { temporaryFolder } from '../../reference/test/temporary-folder.ts';

/** Everything in a storage, as text. */
export function everythingIn(file: string): string {
  const db = connect(file);
  const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).all([]);
  const rows = tables.map((table) => {
    const { name } = table as { readonly name: string };
    return [name, ...db.prepare(`SELECT * FROM ${name} ORDER BY 1`).all([])].map((row) =>
      JSON.stringify(row),
    );
  });
  db.close();
  return rows.flat().join('\n');
}

/** Runs with a storage in a file. */
export async function within<T>(file: string, act: (store: Store) => Promise<T>): Promise<T> {
  const store = createSqliteStore(file);
  try {
    return await act(store);
  } finally {
    store.close();
  }
}

type Tap = Parameters<typeof openWorld>[0] & Parameters<typeof temporaryFolder>[0];

/** A storage that Jane and Bob have used: two accounts with sessions, a team, and a group with a link each and a resource. */
export async function usedStorage(test: Tap, profile: ProfileName): Promise<string> {
  const file = join(temporaryFolder(test), 'sync.db');
  await within(file, async (store) => {
    const world = openWorld(test, profile, { store });
    const [jane, bob] = [await world.person('Jane'), await world.person('Bob')];
    const emails = [bob.account.email];
    const done = async (line: string, body: unknown) =>
      await accepted(test, world.call(line, { by: jane, body }));
    await done('POST /api/teams', { name: 'Gardeners', emails });
    const group = { parentResourceId: 'wrk_1', name: 'Garden', encSymmetricKey: fakeElement() };
    const { id } = await done('POST /api/resource_groups', group);
    const keys = { [bob.account.id]: fakeElement() };
    await done(`POST /api/resource_groups/${String(id)}/share-b`, { emails, keys });
    const edit = { createdBy: jane.account.id, lastEdited: 1, lastEditedBy: jane.account.id, removed: false };
    const resource = { id: 'req_1', name: 'Beds', type: 'Request', version: '__NO_VERSION__', ...edit };
    const body = [{ ...resource, resourceGroupId: id, encContent: fakeMessage() }];
    await done('POST /sync/push', body);
  });
  return file;
}
