/**
 * Every check of servers is proven: each faulty server is caught by a check that is bound to the requirement it
 * breaks, and each check catches at least one of them.
 */
import t from 'tap';
import { serverFaults, type ServerFault } from '../faults/server-faults.ts';
import { judgeServer } from '../judge.ts';
import { serverChecks } from '../server/checks.ts';
import type { CheckResult } from '../verdict.ts';
import { listen, type Mail, type ProfileName } from '../../reference/index.ts';
import { proveChecks } from './catching.ts';

async function* judge(
  { id, create }: ServerFault,
  profile: ProfileName,
  only: string,
): AsyncGenerator<CheckResult> {
  const mails: Mail[] = [];
  const { url, close } = await listen(create({ profile, mailer: (mail) => void mails.push(mail) }).fetch);
  const newest = (email: string) => Promise.resolve(mails.findLast(({ to }) => to === email)?.text);
  const mailbox = { kind: 'mail', newest } as const;
  try {
    yield* judgeServer({ label: id, url, mailbox }, { profile, seed: 1, only });
  } finally {
    await close();
  }
}

/** Some hundred faulty servers, each with accounts of its own. */
t.setTimeout(1_200_000);

t.test('servers', (test) => proveChecks(test, serverChecks, serverFaults, judge));
