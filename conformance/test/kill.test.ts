/**
 * The reference server, killed in the middle of its work with its state in a file, passes what the suite asks of every
 * server (HTTP-14), and more: a push of several resources is in the file as a whole or not at all, and SQLite finds
 * nothing wrong with it. `SLOW=1` kills it fifty times; `SEED=…` draws the same numbers again.
 */
import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { temporaryFolder } from '../../reference/test/temporary-folder.ts';
import { PROFILES } from '../../reference/test/client-world.ts';
import { judgeServer } from '../judge.ts';
import { SHARED } from '../server/durability/pushes.ts';
import { startSmtpSink } from '../target/smtp-sink.ts';
import { mailboxOver } from '../target/mailbox.ts';
import { runServe } from './run-serve.ts';

const slow = process.env['SLOW'] === '1';
if (slow) t.setTimeout(0);
const KILLS = slow ? 25 : 2;
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
t.comment(`SEED=${seed}`);

for (const profile of PROFILES)
  t.test(`${profile}: killed and started again`, async (test) => {
    const file = join(temporaryFolder(test), 'sync.db');
    const sink = await startSmtpSink();
    const start = (port: string) =>
      runServe(['--profile', profile, '--data', file, '--smtp', sink.url, '--port', port]);
    let serving = await start('0');
    test.teardown(async () => {
      serving.kill('SIGKILL');
      await sink.close();
    });
    const { url } = serving;
    let kills = 0;
    const restart = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
      serving.kill(signal);
      test.equal(await serving.ended, signal);
      test.notMatch(serving.printed(), /error/i);
      test.same(halfPushes(copied(test, file)), [], 'no push is there by halves');
      serving = await start(new URL(url).port);
      kills++;
    };
    const target = { label: 'serve', url, mailbox: mailboxOver(sink.mails), restart } as const;
    const only = 'server.durability.killed-under-load';
    for await (const { verdict, reason, actual } of judgeServer(target, { profile, seed, runs: KILLS, only }))
      test.equal(verdict, 'pass', `${reason ?? ''} ${actual ?? ''}`);
    test.equal(kills, KILLS);
    serving.kill('SIGTERM');
    test.equal(await serving.ended, 0);
    test.same(faultsOf(file), [{ integrity_check: 'ok' }]);
  });

interface Driver {
  pragma(text: string): readonly object[];
  prepare(text: string): { all(): readonly object[] };
  close(): void;
}

function looking<T>(file: string, look: (driver: Driver) => T): T {
  const Libsql = createRequire(import.meta.url)('libsql') as new (file: string) => Driver;
  const driver = new Libsql(file);
  try {
    return look(driver);
  } finally {
    driver.close();
  }
}

/** A copy of the file with what SQLite keeps beside it, so that a look changes nothing for the next start. */
function copied(test: Test, file: string): string {
  const folder = temporaryFolder(test);
  cpSync(dirname(file), folder, { recursive: true });
  return join(folder, basename(file));
}

/** Groups in which the resources that every push changes together are not of one push. */
const halfPushes = (file: string): readonly object[] =>
  looking(file, (driver) =>
    driver
      .prepare(
        `SELECT resourceGroupId FROM resources WHERE id IN (${SHARED.map((id) => `'${id}'`).join()})
         GROUP BY resourceGroupId HAVING COUNT(*) <> ${SHARED.length} OR COUNT(DISTINCT name) <> 1`,
      )
      .all(),
  );

/** What SQLite itself finds wrong with the file. */
const faultsOf = (file: string): readonly unknown[] =>
  looking(file, (driver) =>
    ['integrity_check', 'foreign_key_check']
      .flatMap((check) => driver.pragma(check))
      .map(({ _metadata, ...row }: { _metadata?: unknown }) => row),
  );
