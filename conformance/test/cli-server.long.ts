/** `test server` as a user meets it: teams that a command makes, a polite run that is let run or stopped, and no SQLite. */
import { writeFileSync } from 'node:fs';
import { createServer as createHost } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { createMemoryStore, createServer, listen, type Store } from '../../reference/index.ts';
import { runCli } from './run-cli.ts';
import { everythingIn, usedStorage, within } from './used-storage.ts';

/** The reference server in this process, over a store that the test can look into. */
const serving = async (store: Store) => {
  const options = { profile: 'deployed', mailer: () => undefined, publicUrl: 'http://127.0.0.1' } as const;
  return await listen(createServer({ ...options, store }).fetch);
};
const options = ['--profile', 'deployed', '--no-confirm', '--seed', '1'];

/** A server beside the one under test that makes teams: of the addresses in a query, and answers with the id. */
async function makingTeams(store: Store) {
  const made: string[][] = [];
  const host = createHost((request, response) => {
    const emails = new URL(request.url ?? '', 'http://127.0.0.1').searchParams.getAll('email');
    const accountIds = emails.flatMap((email) => store.accountByEmail(email)?.id ?? []);
    const id = `team_${String(made.push(emails)).padStart(32, '0')}`;
    store.addTeam({ id, name: 'Made elsewhere', accountIds, ownerAccountId: accountIds[0] ?? '' });
    response.end(`${id}\n`);
  });
  await new Promise<void>((done) => host.listen(0, '127.0.0.1', done));
  const { port } = host.address() as AddressInfo;
  return { made, url: `http://127.0.0.1:${String(port)}`, end: () => host.close() };
}

t.test('teams are made by --team-command, of the addresses that are its arguments', async (test) => {
  const store = createMemoryStore();
  const [server, teams] = [await serving(store), await makingTeams(store)];
  const script = join(test.testdir(), 'make-team.mjs');
  writeFileSync(
    script,
    `const query = process.argv.slice(2).map((email) => 'email=' + encodeURIComponent(email)).join('&');
     process.stdout.write(await (await fetch('${teams.url}/?' + query)).text());`,
  );
  const only = ['--only', 'server.share.team*', '--capabilities', 'account,groups,share-team'];
  const command = ['--team-command', `'${process.execPath}' '${script}'`];
  const run = await runCli(['test', 'server', ...options, ...only, ...command, server.url]);
  await server.close();
  teams.end();
  test.equal(run.status, 0, run.stdout.slice(-2000));
  test.match(run.stdout, /^pass .*server\.share\.team/m);
  test.ok(teams.made.length > 0, 'the command was run');
  test.ok(
    teams.made.flat().every((email) => email.startsWith('e2ee-sync-')),
    'with addresses of the suite alone',
  );
});

for (const [what, command, says] of [
  ['fails', 'echo no such realm >&2; exit 5; :', /the team command failed with 5: no such realm\n/],
  ['is no program', '/no/such/program', /the team command failed with 127: .*not found\n/],
  ['says nothing', 'true', /the team command printed no id of a team\n/],
] as const)
  t.test(`a team command that ${what} ends the run`, async (test) => {
    const server = await serving(createMemoryStore());
    const only = ['--only', 'server.share.team*', '--capabilities', 'account,groups,share-team'];
    const run = await runCli(['test', 'server', ...options, ...only, '--team-command', command, server.url]);
    await server.close();
    test.equal(run.status, 3, run.stdout.slice(-2000));
    test.match(run.stdout, says);
  });

/** Runs against a server with a storage that others have used. @returns what was in it before and afterwards */
async function visited(test: Test, ...args: Parameters<typeof runCli>) {
  const file = await usedStorage(test, 'deployed');
  const before = everythingIn(file);
  let signups = 0;
  const run = await within(file, async (store) => {
    const server = await serving({
      ...store,
      addAccount(account) {
        signups++;
        return store.addAccount(account);
      },
    });
    const [words, more] = args;
    try {
      return await runCli(['test', 'server', ...options, '--polite', ...words, server.url], more);
    } finally {
      await server.close();
    }
  });
  return { run, signups, before, after: everythingIn(file) };
}

t.test('a polite run leaves nothing behind', async (test) => {
  const limits = ['--calls-per-second', '1000', '--capabilities', 'account,delete-account,groups,sync'];
  const words = [...limits, '--only', 'server.login.s*,server.group.*,server.push.versions,server.delete.*'];
  const { run, signups, before, after } = await visited(test, words);
  test.equal(run.status, 0, run.stdout.slice(-2000));
  test.ok(signups > 1, `${signups} accounts signed up`);
  test.equal(after, before);
  test.match(before, /req_1/, 'and there was something');
  test.notMatch(run.stdout, /could not be deleted/);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  t.test(`a polite run that gets ${signal} in its middle deletes what it has made`, async (test) => {
    let sent = false;
    const onOutput = (stdout: string, pid: number): void => {
      if (sent || !/^pass /m.test(stdout)) return;
      sent = process.kill(pid, signal);
    };
    const words = ['--calls-per-second', '50', '--only', 'server.login.*'];
    const { run, signups, before, after } = await visited(test, words, { onOutput });
    test.ok(sent, 'the run had begun');
    test.equal(run.status, 3, run.stdout.slice(-2000));
    test.match(run.stderr, /^Stopping: what was made is deleted first; the next signal ends at once\n$/);
    test.match(run.stdout, /\nThe run ended early: the run was stopped\n/);
    test.ok(signups > 0, `${signups} accounts signed up`);
    test.equal(after, before);
  });

/** Preloaded, it makes Node find no package `libsql`. */
function withoutSqlite(folder: string): { readonly NODE_OPTIONS: string } {
  const file = join(folder, 'absent.cjs');
  writeFileSync(
    file,
    `const Module = require('node:module');
     const load = Module._load;
     Module._load = (name, ...more) => {
       if (name === 'libsql') throw Object.assign(new Error('no libsql'), { code: 'MODULE_NOT_FOUND' });
       return load(name, ...more);
     };`,
  );
  return { NODE_OPTIONS: `--require=${file}` };
}

t.test('without libsql, test self leaves that storage out by name', async (test) => {
  const folder = test.testdir();
  const env = withoutSqlite(folder);
  const words = ['test', 'self', '--profile', 'deployed', '--seed', '1', '--only', 'server.logout'];
  const run = await runCli(words, { env });
  test.equal(run.status, 0, run.stdout.slice(-2000) + run.stderr);
  test.match(
    run.stdout,
    /\nserver, SQLite, deployed: not judged, storage in a file needs the package libsql, which is/,
  );
  test.match(run.stdout, /\nserver, memory, deployed: \d+ pass/);

  const asked = await runCli([...words, '--storage', 'sqlite'], { env });
  test.equal(asked.status, 3, asked.stdout.slice(-2000) + asked.stderr);
  test.match(asked.stdout, /needs the package libsql, which is not installed: npm install libsql\n/);

  const served = await runCli(['serve', '--port', '0', '--data', join(folder, 'server.db')], { env });
  test.equal(served.status, 2);
  test.equal(
    served.stderr,
    'error: storage in a file needs the package libsql, which is not installed: npm install libsql\n',
  );
});
