/** `e2ee-sync test self`: every check, with the reference client and the reference server as targets. */
import { createServer, listen, type Mail } from '../../reference/index.ts';
import { judgeClient, judgeServer, type JudgeOptions } from '../judge.ts';
import { createInProcessTarget } from '../target/in-process-target.ts';
import { referenceVerbs } from '../target/reference-target.ts';
import type { CheckResult, ExitStatus } from '../verdict.ts';
import { PROFILES } from './options.ts';
import { runSuite, type TestOptions } from './session.ts';

export async function testSelf(options: TestOptions): Promise<ExitStatus> {
  return await runSuite(
    {
      target: { kind: 'self', name: 'the reference client and the reference server' },
      profiles: options.profile === undefined ? PROFILES : [options.profile],
      command: ['e2ee-sync test self', ''],
      judge: judgeReference,
    },
    options,
  );
}

async function* judgeReference(options: JudgeOptions): AsyncGenerator<CheckResult, void, void> {
  yield* judgeClient(() => createInProcessTarget('the reference client', referenceVerbs()), options);
  const mails: Mail[] = [];
  const { profile } = options;
  const server = createServer({
    profile,
    publicUrl: 'http://127.0.0.1',
    mailer: (mail) => void mails.push(mail),
  });
  const { url, close } = await listen(server.fetch);
  try {
    const newest = (email: string) => Promise.resolve(mails.findLast(({ to }) => to === email)?.text);
    yield* judgeServer({ label: 'the reference server', url, mailbox: { kind: 'mail', newest } }, options);
  } finally {
    await close();
  }
}
