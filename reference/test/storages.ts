/** Both storages, and the way to a server over HTTP: every flow is gone through on each. */
import { join } from 'node:path';
import root from 'tap';
import {
  createMemoryStore,
  listen,
  type Fetch,
  type ProfileName,
  type Server,
  type Store,
} from '../index.ts';
import { createSqliteStore } from '../sqlite.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What a server keeps its state in. */
export type Storage = 'memory' | 'sqlite';

/** Profile and storage of a test. */
export interface Setting {
  readonly profile: ProfileName;
  readonly storage: Storage;
  /** For titles. */
  readonly name: string;
}

const settings = (profile: ProfileName): readonly Setting[] =>
  (['memory', 'sqlite'] as const).map((storage) => ({ profile, storage, name: `${profile}, ${storage}` }));

/** Both profiles on both storages. */
export const SETTINGS = [...settings('documented'), ...settings('deployed')];

/** Those of one profile. */
export const settingsOf = (profile: ProfileName): readonly Setting[] =>
  SETTINGS.filter((setting) => setting.profile === profile);

let files = 0;
let folder: string | undefined;

/** A storage that is as long there as the tests of a file run. */
export function newStore(storage: Storage): Store {
  if (storage === 'memory') return createMemoryStore();
  folder ??= temporaryFolder(root);
  const store = createSqliteStore(join(folder, `${files++}.db`));
  root.teardown(store.close);
  return store;
}

/** Puts a server on a port, and brings requests to it, whatever host they are for. */
export function overHttp(server: Server): Fetch {
  const listening = listen(server.fetch);
  root.teardown(async () => {
    await (await listening).close();
  });
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    return await fetch(new Request((await listening).url + pathname + search, request));
  };
}
