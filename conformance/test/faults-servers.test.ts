/**
 * Every check of servers is proven: each faulty server is caught by a check that is bound to the requirement it
 * breaks, and each check catches at least one of them.
 */
import t from 'tap';
import { serverFaults, type ServerFault } from '../faults/server-faults.ts';
import { judgeServer } from '../judge.ts';
import { startInProcessServer } from '../target/in-process-server.ts';
import { serverChecks } from '../server/checks.ts';
import type { CheckResult } from '../verdict.ts';
import type { ProfileName } from '../../reference/index.ts';
import { proveChecks } from './catching.ts';

async function* judge(
  { id, create, survives }: ServerFault,
  profile: ProfileName,
  only: string,
): AsyncGenerator<CheckResult> {
  const { target, close } = await startInProcessServer({
    label: id,
    create: (input) => create({ profile, ...input }),
    survives,
  });
  try {
    yield* judgeServer(target, { profile, seed: 1, only });
  } finally {
    await close();
  }
}

/** Some hundred faulty servers, each with accounts of its own. */
t.setTimeout(1_200_000);

t.test('servers', (test) => proveChecks(test, serverChecks, serverFaults, judge));
