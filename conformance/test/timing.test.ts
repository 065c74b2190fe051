/** Times are measured, told with their statistics, and change no verdict. */
import t from 'tap';
import { faulty, type ServerFault } from '../faults/server-parts.ts';
import type { Indication } from '../indication.ts';
import { judgeServer } from '../judge.ts';
import { createResultFile } from '../report/result-file.ts';
import { formatIndication } from '../report/text.ts';
import { compare, median } from '../statistics.ts';
import { partsOf } from '../self/part.ts';
import { summarize, type CheckResult } from '../verdict.ts';
import { createMemoryStore, createServer, findFault, listen, type Mail } from '../../reference/index.ts';
import { mailboxOver } from '../target/mailbox.ts';
import { runCli } from './run-cli.ts';

const only = 'server.login.salts,server.timing.*';

async function measured(
  create: ServerFault['create'],
): Promise<{ results: CheckResult[]; indications: Indication[] }> {
  const [mails, results, indications] = [[] as Mail[], [] as CheckResult[], [] as Indication[]];
  const mailer = (mail: Mail): void => void mails.push(mail);
  const { url, close } = await listen(
    create({ profile: 'documented', store: createMemoryStore(), mailer, now: Date.now }).fetch,
  );
  const target = { label: 'a server', url, mailbox: mailboxOver(mails) };
  const onIndication = (indication: Indication): void => void indications.push(indication);
  try {
    for await (const result of judgeServer(target, { profile: 'documented', seed: 1, only, onIndication }))
      results.push(result);
  } finally {
    await close();
  }
  return { results, indications };
}

/** Milliseconds, enough to show on a machine that does other things as well. */
const SLEEP = 20;

/** Sleeps before it answers for an address that nobody has signed up with. */
const slowForStrangers: ServerFault['create'] = (input) => {
  const known = new Set<string>();
  return faulty({
    around: (server) => async (request) => {
      const { pathname } = new URL(request.url);
      const body = (await request
        .clone()
        .json()
        .catch(() => ({}))) as Readonly<Record<string, unknown>>;
      const email = String(body['email']);
      if (pathname === '/auth/signup') known.add(email);
      else if (pathname.startsWith('/auth/login-') && body['email'] !== undefined && !known.has(email))
        await new Promise((done) => setTimeout(done, SLEEP));
      return await server.fetch(request);
    },
  })(input);
};

t.test('a server that is slower for strangers', async (test) => {
  const { results, indications } = await measured(slowForStrangers);
  test.same(
    results.map(({ verdict }) => verdict),
    ['pass'],
    'no verdict of it',
  );
  for (const call of ['login-s', 'login-a']) {
    const found = indications.find(({ id }) => id === `server.timing.${call}`);
    test.match(
      found?.text,
      new RegExp(`^${call} answers \\d+\\.\\d\\d ms later for addresses without an account`),
    );
    test.ok((found?.statistics.interval[0] ?? 0) > 0, 'zero is not in the interval');
    test.ok((found?.statistics.p ?? 1) < 0.01, 'hardly chance');
    test.ok((found?.statistics.pairs ?? 0) >= 40);
  }
});

t.test('the reference: the form of what is told, in the report and in the result file', async (test) => {
  const { results, indications } = await measured(({ profile, mailer }) =>
    createServer({ profile, mailer, publicUrl: 'http://127.0.0.1' }),
  );
  const calls = ['login-s', 'login-a', 'login-m1'];
  test.same(
    indications.map(({ id }) => id),
    calls.map((call) => `server.timing.${call}`),
  );
  for (const indication of indications) {
    const line = formatIndication(indication);
    test.match(line, /^indication, no verdict \(ENUM-06, documented\): login-.* pairs\)$/);
  }
  const target = { kind: 'server', name: 'the reference' } as const;
  const run = { seed: 1, checks: results, indications, summary: summarize(results) };
  test.equal(findFault('result', createResultFile({ target, profile: 'documented', ...run })), undefined);
});

t.test('statistics', (test) => {
  test.equal(median([3, 1, 2]), 2);
  test.equal(median([4, 1, 2, 3]), 2.5);
  const shifted = compare(Array.from({ length: 40 }, (_, i) => [i, i + 100] as const));
  test.match(shifted, { pairs: 40, first: 19.5, second: 119.5, difference: 100 });
  test.ok(shifted.interval[0] > 90 && shifted.interval[1] < 110, 'about 100');
  test.ok(shifted.p < 1e-6);
  const alike = compare(Array.from({ length: 40 }, (_, i) => [i, 39 - i] as const));
  test.equal(alike.difference, 0);
  test.ok(alike.p > 0.99);
  test.ok(alike.interval[0] < 0 && alike.interval[1] > 0, 'zero is in it');
  test.end();
});

t.test('the reference is measured in one part, also where nothing else is asked for', (test) => {
  const measuring = (only: string, storage?: 'memory' | 'sqlite') =>
    partsOf({ profile: 'deployed', only, storage }).map((part) => [part.storage, part.measures]);
  test.same(measuring('server.timing.*'), [['memory', true]]);
  test.same(measuring('server.timing.login-a', 'sqlite'), [['sqlite', true]]);
  test.same(measuring('server.timing.none'), []);
  test.same(measuring('server.login.salts'), [
    ['memory', true],
    ['sqlite', false],
  ]);
  test.end();
});

t.test('times of the reference alone, from the command line', async (test) => {
  const { status, stdout } = await runCli([
    ...['test', 'self', '--profile', 'documented', '--only', 'server.timing.login-s'],
  ]);
  test.equal(status, 0, stdout);
  test.equal(stdout.match(/^indication, no verdict \(ENUM-06, documented\): login-s /gm)?.length, 1, stdout);
});
