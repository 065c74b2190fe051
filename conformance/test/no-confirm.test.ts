/** `--no-confirm` for a server that asks for confirmation all the same: what is blocked says what to do, and what needs mail is skipped. */
import t from 'tap';
import { createServer, listen } from '../../reference/index.ts';
import { judgeServer } from '../judge.ts';
import type { CheckResult } from '../verdict.ts';

t.test('a server that asks for confirmation, and nobody who confirms', async (test) => {
  const mailer = (): void => undefined;
  const server = createServer({ profile: 'documented', publicUrl: 'http://127.0.0.1', mailer });
  const { url, close } = await listen(server.fetch);
  const results: CheckResult[] = [];
  const target = { label: 'a server', url, mailbox: { kind: 'no-confirm' } as const };
  const only = 'server.login.M2,server.login.starter-used,server.confirm.once';
  for await (const result of judgeServer(target, { profile: 'documented', seed: 1, only }))
    results.push(result);
  await close();
  const hint = /asks for confirmation: drop --no-confirm, and say --mail or --mail-command$/;
  for (const id of ['server.login.M2', 'server.login.starter-used']) {
    const found = results.find((result) => result.id === id);
    test.equal(found?.verdict, 'blocked', id);
    test.match(found?.reason, hint, id);
  }
  const confirming = results.find(({ id }) => id === 'server.confirm.once');
  test.same([confirming?.verdict, confirming?.reason], ['skipped', 'the target does not declare mail']);
});
