/** The storage in a file keeps the contract of all storages, and is found again. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { createSqliteStore, StoreError } from '../sqlite.ts';
import { property, same } from './property.ts';
import { testStore } from './store-contract.ts';
import { group, link, record, resource, starter } from './store-rows.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder(t);
let files = 0;
const newFile = (): string => join(folder, `${files++}.db`);
const sqlite = (file: string, sql: string): void => {
  const Driver = createRequire(import.meta.url)('libsql') as new (file: string) => {
    exec(sql: string): void;
    close(): void;
  };
  const driver = new Driver(file);
  driver.exec(sql);
  driver.close();
};
const codeOf = (open: () => unknown): string | undefined => {
  try {
    open();
    return undefined;
  } catch (error) {
    if (error instanceof StoreError) return error.code;
    throw error;
  }
};

/** Opens a file in another process. @returns `opened`, or the code and the message of the error */
function inAnotherProcess(file: string, before = ''): string {
  const program = `${before}; const { createSqliteStore } = await import('./dist/reference/sqlite.js');
    try { createSqliteStore(${JSON.stringify(file)}).close(); console.log('opened'); }
    catch (error) { console.log(error.code, error.message); }`;
  const args = ['--input-type=module', '--eval', program];
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout.trim();
}

testStore(t, () => createSqliteStore(newFile()));

t.test('everything is there when the file is opened again', (test) => {
  const file = newFile();
  const [jane, bob] = [record('Jane'), record('Bob')];
  const before = createSqliteStore(file);
  const secret = before.secret(new Uint8Array(32).fill(7));
  before.addAccount(jane);
  before.addAccount(bob);
  before.setVerified(bob.id);
  before.addSession('one', jane.id);
  before.addStarter('one', starter(jane.email, 10));
  before.addConfirmation('one', { accountId: jane.id, email: jane.email, expires: 10 });
  before.addCode(jane.id, { hash: 'one', wrong: 2, expires: 10 });
  before.addGroup(group('rg_1', jane.id));
  before.putLink(link('rg_1', jane.id));
  const removed = { ...resource('rg_1', 'req_1', 'v1'), removed: true };
  before.putResource(removed);
  const team = { id: 'team_1', name: 'Gardeners', ownerAccountId: jane.id, accountIds: [bob.id, jane.id] };
  before.addTeam(team);
  const links = before.linksOfAccount(jane.id);
  before.close();
  before.close();
  test.throws(() => before.accountById(jane.id), { message: 'the store is closed' });
  test.throws(() => before.transaction(() => 1), { message: 'the store is closed' });

  const after = createSqliteStore(file);
  test.same(after.secret(new Uint8Array(32).fill(8)), secret);
  test.same(after.accountByEmail(jane.email), jane);
  test.same(after.accountById(bob.id), { ...bob, isVerified: true });
  test.equal(after.sessionAccount('one'), jane.id);
  test.equal(after.takeStarter('one'), undefined, 'a login that was begun begins anew');
  test.equal(after.code(jane.id)?.wrong, 2);
  test.equal(after.takeConfirmation('one')?.email, jane.email);
  test.same(after.group('rg_1'), group('rg_1', jane.id));
  test.same(after.linksOfGroup('rg_1'), links);
  test.same(after.resourcesOf('rg_1'), [removed]);
  test.same(after.teamsOf(bob.id), [team]);
  after.close();
  test.end();
});

t.test('rows come out as they went in', async (test) => {
  const store = createSqliteStore(newFile());
  const text = fc.string({ unit: 'binary' });
  const one = record('Jane');
  store.addAccount(one);
  store.addGroup(group('rg_1', one.id));
  const members = fc.record({
    id: text,
    name: text,
    type: text,
    createdBy: text,
    lastEdited: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
    removed: fc.boolean(),
  });
  await property(test, 'any text without half of a surrogate pair', members, (members) => {
    const put = { ...resource('rg_1', members.id, 'v1'), ...members };
    store.putResource(put);
    same(store.resource('rg_1', members.id), put, 'the resource');
    store.replaceAccount({ ...one, firstName: members.name });
    same(store.accountById(one.id)?.firstName, members.name, 'the name');
  });
  store.close();
});

t.test('a file that cannot be the storage is refused, and stays as it is', (test) => {
  const text = newFile();
  writeFileSync(text, 'a letter to somebody, and no database at all; '.repeat(200));
  const [foreign, newer, other] = [newFile(), newFile(), newFile()];
  sqlite(foreign, 'CREATE TABLE letters (text)');
  createSqliteStore(newer).close();
  sqlite(newer, 'PRAGMA user_version = 2');
  sqlite(other, 'PRAGMA application_id = 1');
  const refused: readonly (readonly [file: string, code: string, message: RegExp])[] = [
    [text, 'not-ours', /is no SQLite database/],
    [foreign, 'not-ours', /is the database of another program/],
    [other, 'not-ours', /is the database of another program/],
    [newer, 'other-version', /has version 2 and this program reads version 1/],
    [join(folder, 'nowhere', 'sync.db'), 'cannot-open', /nowhere.* cannot be opened: ENOENT/],
    [folder, 'cannot-open', /cannot be opened: /],
  ];
  for (const [file, code, message] of refused) {
    const before = file.endsWith('.db') && code !== 'cannot-open' ? readFileSync(file) : undefined;
    test.throws(() => createSqliteStore(file), { code, message }, `${code} ${message.source}`);
    if (before !== undefined) test.ok(readFileSync(file).equals(before));
  }
  writeFileSync(text, '');
  createSqliteStore(text).close(); // the accepting twin: an empty file is a new one
  test.equal(
    codeOf(() => createSqliteStore(text).close()),
    undefined,
  );
  test.end();
});

t.test('a file belongs to one process', (test) => {
  const file = newFile();
  const elsewhere = (): string => inAnotherProcess(file);
  const store = createSqliteStore(file);
  test.equal(elsewhere(), `in-use ${file} is in use: another server has it open`);
  test.equal(
    codeOf(() => createSqliteStore(file)),
    'in-use',
    'nor twice in the same',
  );
  test.equal(elsewhere().split(' ')[0], 'in-use', 'the lock outlives the attempt');
  test.same(store.secret(new Uint8Array(32)), new Uint8Array(32), 'and the first goes on');
  store.close();
  test.equal(elsewhere(), 'opened', 'the accepting twin');
  createSqliteStore(file).close();
  test.end();
});

t.test('a closed storage is one file, for its owner alone', (test) => {
  const own = temporaryFolder(test);
  const file = join(own, 'sync.db');
  const store = createSqliteStore(file);
  store.addAccount(record('Jane'));
  test.same(readdirSync(own), ['sync.db', 'sync.db-wal']);
  store.close();
  test.same(readdirSync(own), ['sync.db']);
  if (process.platform !== 'win32') test.equal(statSync(file).mode & 0o777, 0o600);
  test.end();
});

t.test('what was replaced is not left in the file', (test) => {
  const file = newFile();
  const store = createSqliteStore(file);
  const jane = record('Jane');
  store.addAccount(jane);
  store.replaceAccount({ ...jane, encSymmetricKey: record('Jane').encSymmetricKey });
  store.close();
  const { d = '' } = JSON.parse(jane.encSymmetricKey) as { d?: string };
  test.equal(readFileSync(file).includes(d), false);
  test.equal(readFileSync(file).includes(jane.verifier), true, 'what stays is there');
  test.end();
});

t.test('without the optional dependency it says what is missing', (test) => {
  const absent = `import Module from 'node:module';
    const load = Module._load;
    Module._load = (name, ...more) => { if (name === 'libsql') throw new Error('not found'); return load(name, ...more); }`;
  test.match(inAnotherProcess(newFile(), absent), /^no-driver .* npm install libsql$/);
  test.equal(inAnotherProcess(newFile()), 'opened', 'the accepting twin');
  test.end();
});
