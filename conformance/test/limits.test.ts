/** A server that limits failed attempts as HTTP-19 asks: what `SERVER.md` says is enough for a run, and what a run says where it is less. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { createServer, listen, type Mail } from '../../reference/index.ts';
import { judgeServer } from '../judge.ts';
import { createReporter } from '../report/reporter.ts';
import { isRed, summarize, type CheckResult } from '../verdict.ts';
import { root } from './root.ts';

/** Every check in which an attempt fails. */
const only = ['login.*', 'stranger.*', 'change.*', 'email.*', 'confirm.*', 'reset.*', 'delete.*']
  .map((name) => `server.${name}`)
  .join(',');

/** Judges the reference server over so many failed attempts on one account. @returns the report at the end too */
async function judged(failuresOfAccount: number, ids = only) {
  const [mails, results]: [Mail[], CheckResult[]] = [[], []];
  const server = createServer({
    profile: 'documented',
    mailer: (mail) => void mails.push(mail),
    publicUrl: 'http://127.0.0.1',
    limits: { failuresOfAccount },
  });
  const { url, close } = await listen(server.fetch);
  const newest = (email: string) => Promise.resolve(mails.findLast(({ to }) => to === email)?.text);
  const target = { label: 'a server', url, mailbox: { kind: 'mail', newest } as const };
  let report = '';
  const reporter = createReporter({ write: (text: string) => (report += text) });
  const options = { profile: 'documented', seed: 1, only: ids, onLimited: reporter.limited } as const;
  for await (const result of judgeServer(target, options)) results.push(result);
  await close();
  reporter.end({ results, indications: [], summary: summarize(results), gone: undefined });
  return { results, report };
}

const written = readFileSync(join(root, 'conformance/SERVER.md'), 'utf8');
const most = Number(/\| failed logins to one address +\| (\d+) +\|/.exec(written)?.[1]);

t.test('as many attempts as SERVER.md asks for are enough', async (test) => {
  const { results, report } = await judged(most);
  test.same(
    results.filter(isRed).map(({ id, reason }) => `${id}: ${reason ?? ''}`),
    [],
  );
  test.notMatch(report, /429/);
});

t.test('fewer block what they keep from being judged, fail nothing, and are told of once', async (test) => {
  const { results, report } = await judged(1, 'server.login.*,server.stranger.*,server.change.wrong*');
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
