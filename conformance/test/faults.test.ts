/**
 * Every check is proven: each faulty client and server is caught by a check that is bound to the requirement it
 * breaks, and each check catches at least one of them.
 */
import t from 'tap';
import { clientFaults, type ClientFault } from '../faults/client-faults.ts';
import { beforeProof, beforeSession, beforeUnlock } from '../faults/answers.ts';
import { serverFaults, type ServerFault } from '../faults/server-faults.ts';
import { judgeClient, judgeServer } from '../judge.ts';
import { clientChecks } from '../client/checks.ts';
import { serverChecks } from '../server/checks.ts';
import { createInProcessTarget } from '../target/reference-target.ts';
import type { CheckResult } from '../verdict.ts';
import { listen, native, type Mail, type ProfileName, type Steps } from '../../reference/index.ts';

const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];
const caughtBy = new Map<string, string[]>();

/** Making key pairs takes most of the time of a signup; four in turn are enough to tell accounts apart. */
const pool = Array.from({ length: 4 }, () => native.generateRsaKeyPair());
let taken = 0;
const withPooledKeys = (own: Steps): Steps => ({
  ...own,
  keyPair: async () => (await pool[taken++ % pool.length]) ?? own.keyPair(),
});

async function failures(results: AsyncIterable<CheckResult>): Promise<CheckResult[]> {
  const found: CheckResult[] = [];
  for await (const result of results) if (result.verdict === 'fail') found.push(result);
  return found;
}

/** The checks that are bound to a requirement. */
function boundTo(requirement: string): string {
  const bound = [...clientChecks, ...serverChecks].filter(({ requirements }) =>
    requirements.includes(requirement),
  );
  return bound.map(({ id }) => id).join(',');
}

function expectCaught(
  test: Pick<typeof t, 'not'>,
  { id, requirement }: ClientFault | ServerFault,
  failed: readonly CheckResult[],
): void {
  for (const check of failed) caughtBy.set(check.id, [...(caughtBy.get(check.id) ?? []), id]);
  test.not(failed.length, 0, `${id} breaks ${requirement}`);
}

t.test('faulty clients are caught', async (test) => {
  for (const fault of clientFaults)
    for (const profile of PROFILES.filter((name) => (fault.profile ?? 'documented') === name)) {
      const target = createInProcessTarget(fault.id, fault.create(withPooledKeys));
      const options = { profile, seed: 1, runs: 1, only: boundTo(fault.requirement) };
      expectCaught(test, fault, await failures(judgeClient(target, options)));
    }
});

t.test('faulty servers are caught', async (test) => {
  for (const fault of serverFaults)
    for (const profile of PROFILES.filter((name) => (fault.profile ?? 'documented') === name)) {
      const mails: Mail[] = [];
      const { url, close } = await listen(
        fault.create({ profile, mailer: (mail) => void mails.push(mail) }).fetch,
      );
      const newest = (email: string) => Promise.resolve(mails.findLast(({ to }) => to === email)?.text);
      const target = { label: fault.id, url, mailbox: { kind: 'mail', newest } as const };
      expectCaught(
        test,
        fault,
        await failures(judgeServer(target, { profile, seed: 1, only: boundTo(fault.requirement) })),
      );
      await close();
    }
});

t.test('every check catches a fault', (test) => {
  for (const { id } of [...clientChecks, ...serverChecks])
    test.ok(caughtBy.has(id), `${id} catches something`);
  test.end();
});

t.test('ids are unique', (test) => {
  const ids = [...clientFaults, ...serverFaults, ...beforeProof, ...beforeSession, ...beforeUnlock].map(
    ({ id }) => id,
  );
  test.ok(ids.length > 50);
  const checks = [...clientChecks, ...serverChecks].map(({ id }) => id);
  test.equal(new Set(checks).size, checks.length);
  test.end();
});
