/** `e2ee-sync test client [options] -- COMMAND…` */
import { describe, judgeClient } from '../judge.ts';
import { printable } from '../report/text.ts';
import { LIMITS } from '../target/limits.ts';
import { createProcessTarget } from '../target/process-target.ts';
import { TargetGone } from '../check.ts';
import type { Description } from '../target/verbs.ts';
import { EXIT, type ExitStatus } from '../verdict.ts';
import { shellWord } from './shell.ts';
import { runSuite, type TestOptions } from './session.ts';

export async function testClient(command: readonly string[], options: TestOptions): Promise<ExitStatus> {
  const createTarget = () =>
    createProcessTarget({ command, timeout: options.timeout ?? LIMITS.timeout.value });
  const description = await ask(createTarget());
  if (description instanceof TargetGone) {
    process.stdout.write(`The client could not be run: ${printable(description.message)}\n`);
    return EXIT.target;
  }
  const { name, version, profiles } = description;
  return await runSuite(
    {
      target: { kind: 'client', name, version, command },
      profiles: options.profile === undefined ? profiles : [options.profile],
      command: ['e2ee-sync test client', ` -- ${command.map(shellWord).join(' ')}`],
      judge: (judgeOptions) => judgeClient(createTarget, judgeOptions),
    },
    options,
  );
}

async function ask(target: ReturnType<typeof createProcessTarget>): Promise<Description | TargetGone> {
  try {
    return await describe(target);
  } catch (error) {
    if (error instanceof TargetGone) return error;
    throw error;
  } finally {
    await target.close();
  }
}
