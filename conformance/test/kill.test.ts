/**
 * A server that is killed in the middle of its work has kept everything that it had acknowledged, and nothing by halves
 * (HTTP-14). `SLOW=1` kills it fifty times; `SEED=…` draws the same numbers again.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import t from 'tap';
import { temporaryFolder } from '../../reference/test/temporary-folder.ts';
import { PROFILES } from '../../reference/test/client-world.ts';
import { ANYWHERE, createUser, type Kind, type User } from './load.ts';
import { runServe, type Serving } from './run-serve.ts';

const slow = process.env['SLOW'] === '1';
if (slow) t.setTimeout(0);
const ROUNDS = slow ? 25 : 2;
const USERS = 3;
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
t.comment(`SEED=${seed}`);

/** Numbers from [0, 1) that follow from a seed (mulberry32). */
function drawer(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

for (const [p, profile] of PROFILES.entries())
  t.test(`${profile}: killed and started again`, async (test) => {
    const draw = drawer(seed + p);
    const file = join(temporaryFolder(test), 'sync.db');
    const start = () => runServe(['--profile', profile, '--data', file]);
    let serving: Serving = await start();
    test.teardown(() => {
      serving.kill('SIGKILL');
    });
    const send = async (request: Request): Promise<Response> =>
      await fetch(new Request(request.url.replace(ANYWHERE, serving.url), request));
    const confirm = async (email: string): Promise<void> => {
      await fetch(await mailedLink(serving, email));
    };
    const users: User[] = [];
    for (let i = 0; i < USERS; i++)
      users.push(await createUser(profile, `user${i}@example.com`, send, confirm));

    const counts: Record<Kind, number> = { push: 0, passphrase: 0, group: 0, signup: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      let left = 5 + Math.floor(draw() * 40);
      const delay = draw() * 12;
      const acknowledged = (kind: Kind): void => {
        counts[kind]++;
        if (--left === 0) setTimeout(() => serving.kill('SIGKILL'), delay);
      };
      await Promise.all(users.map((user) => user.work(drawer(Math.floor(draw() * 2 ** 31)), acknowledged)));
      test.equal(await serving.ended, 'SIGKILL');
      test.notMatch(serving.printed(), /error/i);
      serving = await start();
      for (const user of users) test.same(await user.losses(), [], `kill ${round + 1} of ${ROUNDS}`);
    }
    test.comment(`acknowledged: ${JSON.stringify(counts)}`);
    for (const [kind, count] of Object.entries(counts)) test.ok(count > 0, `${kind} was acknowledged`);
    serving.kill('SIGTERM');
    test.equal(await serving.ended, 0);
    test.same(faultsOf(file), [{ integrity_check: 'ok' }]);
  });

/** The link in the newest mail to an address, which may be printed a moment after the answer. */
async function mailedLink({ printed, url }: Serving, email: string): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const [, mail = ''] = printed().split(`Mail to ${email}:`);
    const link = /\/auth\/confirm\?code=[0-9a-f]{64}/.exec(mail)?.[0];
    if (link !== undefined) return url + link;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`no link was mailed to ${email}`);
}

/** What SQLite itself finds wrong with the file. */
function faultsOf(file: string): readonly unknown[] {
  const Driver = createRequire(import.meta.url)('libsql') as new (file: string) => {
    pragma(text: string): readonly object[];
  };
  const driver = new Driver(file);
  return ['integrity_check', 'foreign_key_check']
    .flatMap((check) => driver.pragma(check))
    .map(({ _metadata, ...row }: { _metadata?: unknown }) => row);
}
