/** No check can be taken away unnoticed: every one is taken away from the record, and some from the suite. */
import t from 'tap';
import { listedChecks } from '../catalogue.ts';
import { readLookedAt } from '../ledger/looked-at.ts';
import { faultyPeers } from '../kill-matrix/faulty-peers.ts';
import { readMatrix } from '../kill-matrix/record.ts';
import { formatRemovals, isNoticed, removalOf } from '../kill-matrix/removal.ts';
import { tryFault } from '../kill-matrix/try-fault.ts';

const matrix = readMatrix();
const record = readLookedAt();
const removals = listedChecks.map((check) => removalOf(check, listedChecks, matrix, record));

t.test('every removal of one check is noticed', (test) => {
  test.comment(formatRemovals(removals));
  test.same(
    removals.filter((removal) => !isNoticed(removal)).map(({ id }) => id),
    [],
  );
  const unrecorded = {
    id: 'client.new',
    requirements: ['SRP-12'],
    title: '',
    role: 'client',
    negative: false,
  };
  test.equal(
    isNoticed(removalOf(unrecorded as never, listedChecks, matrix, {})),
    true,
    'the record is empty',
  );
  test.equal(
    isNoticed(removalOf(unrecorded as never, listedChecks, matrix, record)),
    false,
    'what is recorded nowhere and kills nothing would not be missed',
  );
  test.end();
});

/** How many checks of each role are taken from the suite; with `SLOW=1` all that a fault needs. */
const few = process.env['SLOW'] === '1' ? Infinity : 3;
const seed = Number(process.env['SEED'] ?? Date.now() % 100_000);

/** Those of whom it is no chance which checks see them, as it is of edits of the graph, which draw what they need to show. */
const sure = new Set(faultyPeers.filter(({ tries }) => tries === undefined).map(({ id }) => id));
const missed = removals.map(({ id, faults }) => ({ id, faults: faults.filter((fault) => sure.has(fault)) }));

for (const role of ['client', 'server'])
  t.test(`without a check the faults that it alone kills live on: ${role}s, SEED=${seed}`, async (test) => {
    const telling = missed.filter(({ id, faults }) => id.startsWith(`${role}.`) && faults.length > 0);
    test.ok(telling.length > 20, `${telling.length} checks are the only ones for a fault`);
    const count = Math.min(few, telling.length);
    const step = Math.floor(telling.length / count);
    for (let i = 0; i < count; i++) {
      const { id = '', faults: [fault] = [] } = telling[((seed % step) + i * step) % telling.length] ?? {};
      const peer = faultyPeers.find((one) => one.id === fault);
      if (peer === undefined) throw new Error(`there is no fault ${fault}; npm run kill-matrix -- --write`);
      const bound = listedChecks.filter(({ requirements }) => requirements.includes(peer.requirement));
      const { status } = await tryFault(
        peer,
        bound.filter((check) => check.id !== id),
      );
      test.equal(
        status,
        'survived',
        `${peer.id} without ${id}; where another check kills it: npm run kill-matrix -- --write`,
      );
    }
  });
