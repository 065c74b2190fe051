/**
 * No check can be taken away unnoticed: every one is taken away from the record, and some from the suite. Those without
 * which no fault lives on are listed, and become fewer.
 */
import t from 'tap';
import { listedChecks, type ListedCheck } from '../catalogue.ts';
import { byNameText, readByName, remaining, unneeded } from '../ledger/by-name.ts';
import { readLookedAt } from '../ledger/looked-at.ts';
import { faultyPeers } from '../kill-matrix/faulty-peers.ts';
import { readMatrix } from '../kill-matrix/record.ts';
import { formatRemovals, noticeOf, removalOf } from '../kill-matrix/removal.ts';
import { tryFault } from '../kill-matrix/try-fault.ts';

const matrix = readMatrix();
const record = readLookedAt();
const removals = listedChecks.map((check) => removalOf(check, listedChecks, matrix, record));

/** What is in no record. */
const fresh: ListedCheck = {
  ...{ id: 'client.new', title: '', role: 'client', profile: null, negative: false },
  requirements: ['SRP-12'],
};

t.test('every removal of one check is noticed', (test) => {
  test.comment(formatRemovals(removals));
  test.same(
    removals.filter((removal) => noticeOf(removal) === undefined).map(({ id }) => id),
    [],
  );
  test.equal(
    noticeOf(removalOf(fresh, listedChecks, matrix, record)),
    undefined,
    'what is recorded nowhere and kills nothing would not be missed',
  );
  test.end();
});

t.test('a check that no fault needs is recorded as such, and none is added to them', (test) => {
  const byName = readByName();
  test.same(unneeded(byName, removals), []);
  test.equal(byNameText(remaining(byName, removals)), byNameText(byName), 'npm run generate takes them out');
  const added = removalOf(fresh, [...listedChecks, fresh], matrix, record);
  const [complaint = ''] = unneeded(byName, [...removals, added]);
  test.match(complaint, /^no fault lives on without client\.new: write the fault that only this check finds/);
  test.equal('client.new' in remaining(byName, [added]), false, 'generating does not excuse it');
  test.same(unneeded({ 'client.new': 'why' }, [added]), []);
  const needed = { ...added, faults: ['client.one'] };
  test.same(unneeded({}, [needed]), []);
  test.same(remaining({ 'client.new': 'why', 'client.gone': null }, [needed]), {});
  test.same(remaining({ 'client.new': 'why' }, [added]), { 'client.new': 'why' });
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
