/**
 * Every check of clients is proven: each faulty client is caught by a check that is bound to the requirement it
 * breaks, and each check catches at least one of them.
 */
import t from 'tap';
import { clientFaults } from '../faults/client-faults.ts';
import { hostileAnswers } from '../faults/hostile-answers.ts';
import { takenAnswers } from '../faults/taken-answers.ts';
import { serverFaults } from '../faults/server-faults.ts';
import { judgeClient } from '../judge.ts';
import { clientChecks } from '../client/checks.ts';
import { createInProcessTarget } from '../target/in-process-target.ts';
import { native, toHex, type Steps } from '../../reference/index.ts';
import { proveChecks } from './catching.ts';

/** Making key pairs takes most of the time of a signup; four in turn are enough to tell accounts apart. */
const pool = Array.from({ length: 4 }, () => native.generateRsaKeyPair());
let taken = 0;
/** A login after login of the same account stretches the same passphrase with the same salts. */
const stretched = new Map<string, Promise<Uint8Array>>();
const quick = (own: Steps): Steps => ({
  ...own,
  keyPair: async () => (await pool[taken++ % pool.length]) ?? own.keyPair(),
  async SEC_PWD(passphrase, salt) {
    const name = `${passphrase} ${toHex(salt)}`;
    const known = stretched.get(name) ?? own.SEC_PWD(passphrase, salt);
    stretched.set(name, known);
    return Uint8Array.from(await known);
  },
});

/** Some hundred faulty clients, each with accounts of its own. */
t.setTimeout(1_200_000);

t.test('clients', (test) =>
  proveChecks(test, clientChecks, clientFaults, ({ id, create, runs = 1 }, profile, only) => {
    const log: string[] = [];
    const start = () => create(quick, (line) => log.push(line));
    const target = createInProcessTarget(id, start, () => log.join('\n'));
    return judgeClient(target, { profile, seed: 1, runs, only });
  }),
);

t.test('no id of a fault is there twice', (test) => {
  const ids = [...clientFaults, ...serverFaults, ...hostileAnswers, ...takenAnswers].map(({ id }) => id);
  test.ok(ids.length > 50);
  test.equal(new Set(ids).size, ids.length);
  test.end();
});
