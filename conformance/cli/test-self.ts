/** `e2ee-sync test self`: every check, with the reference client and the reference server as targets. */
import { createServer } from '../../reference/index.ts';
import { judgeClient, judgeServer, type JudgeOptions } from '../judge.ts';
import { startInProcessServer } from '../target/in-process-server.ts';
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
  yield* judgeClient(() => createInProcessTarget('the reference client', () => referenceVerbs()), options);
  const { profile } = options;
  const { target, close } = await startInProcessServer({
    label: 'the reference server',
    create: (input) => createServer({ profile, publicUrl: 'http://127.0.0.1', ...input }),
  });
  try {
    yield* judgeServer(target, options);
  } finally {
    await close();
  }
}
