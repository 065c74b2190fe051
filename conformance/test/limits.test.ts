/** A server that limits failed attempts as HTTP-19 asks: what `SERVER.md` says is enough for a run, and what a run says where it is less. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { createServer, listen, type Limits, type Mail, type ProfileName } from '../../reference/index.ts';
import { judgeServer } from '../judge.ts';
import { createReporter } from '../report/reporter.ts';
import { isRed, summarize, type CheckResult } from '../verdict.ts';
import { mailboxOver } from '../target/mailbox.ts';
import { root } from './root.ts';

/** Every check in which an attempt fails. */
const only = ['login.*', 'stranger.*', 'change.*', 'email.*', 'confirm.*', 'reset.*', 'delete.*']
  .map((name) => `server.${name}`)
  .join(',');

interface Judging {
  readonly ids?: string;
  readonly profile?: ProfileName;
  readonly seed?: number;
}

/** Judges the reference server with other limits. @returns the report at the end too, and the calls that were answered with 429 */
async function judged(
  limits: Partial<Limits>,
  { ids = only, profile = 'documented', seed = 1 }: Judging = {},
) {
  const [mails, results]: [Mail[], CheckResult[]] = [[], []];
  const server = createServer({
    profile,
    mailer: (mail) => void mails.push(mail),
    publicUrl: 'http://127.0.0.1',
    limits,
  });
  const { url, close } = await listen(server.fetch);
  const target = { label: 'a server', url, mailbox: mailboxOver(mails) };
  let report = '';
  const reporter = createReporter({ write: (text: string) => (report += text) });
  let limited: ReadonlyMap<string, number> = new Map();
  const onLimited = (calls: ReadonlyMap<string, number>): void => {
    limited = calls;
    reporter.limited(calls);
  };
  const options = { profile, seed, only: ids, onLimited };
  for await (const result of judgeServer(target, options)) results.push(result);
  await close();
  reporter.end({ results, indications: [], summary: summarize(results), gone: undefined });
  return { results, report, limited };
}

const written = readFileSync(join(root, 'conformance/SERVER.md'), 'utf8');
/** The number in the table. */
const most = (what: string): number => Number(RegExp(`\\| ${what} +\\| (\\d+) +\\|`).exec(written)?.[1]);
const failuresOfAccount = most('failed logins to one address');

t.test('as many attempts as SERVER.md asks for are enough', async (test) => {
  const { results, limited } = await judged({ failuresOfAccount });
  test.same(
    results.filter(isRed).map(({ id, reason }) => `${id}: ${reason ?? ''}`),
    [],
  );
  test.same([...limited], []);
});

t.test('fewer block what they keep from being judged, fail nothing, and are told of once', async (test) => {
  const { results, report } = await judged(
    { failuresOfAccount: 1 },
    { ids: 'server.login.*,server.stranger.*,server.change.wrong*' },
  );
  test.ok(
    results.some(({ verdict }) => verdict === 'blocked'),
    'some are blocked',
  );
  test.same(
    results.filter(({ verdict }) => verdict === 'fail'),
    [],
  );
  const said =
    /\nThe server answered 429 to \d+ requests \(\d+ of POST \/auth\/login-a.*\): it limits attempts \(HTTP-19\)/g;
  test.equal(report.match(said)?.length, 1, report.slice(-2000));
  test.match(report, /Next: raise its limits .* conformance\/SERVER\.md, "Limits";/);
});

t.test('as many mails to one address as SERVER.md asks for are enough', async (test) => {
  const ids = 'server.generated.sendPasswordCode,server.code.*';
  const { results, limited } = await judged(
    { mails: most('mails to one address') },
    { ids, profile: 'deployed' },
  );
  test.ok(results.length > 1);
  test.same(
    results.filter(isRed).map(({ id, reason }) => `${id}: ${reason ?? ''}`),
    [],
  );
  test.same([...limited], []);
});

t.test('a drawn case that a server limits fails nothing', async (test) => {
  // With this seed somebody of the story logs in twice with a passphrase of before.
  const story = await judged({ failuresOfAccount: 1 }, { ids: 'server.story' });
  const mail = await judged({ mails: 1 }, { ids: 'server.valid.sendPasswordCode', profile: 'deployed' });
  for (const { results } of [story, mail]) {
    test.match(results, [
      { verdict: 'blocked', reason: /^the server answered POST \S+ with 429: run again/ },
    ]);
    test.equal(results.length, 1);
  }
});
