/** The record of the kill matrix: who kills what as it was seen last, and what `kill-matrix --check` says where that is not so. */
import t from 'tap';
import { listedChecks } from '../catalogue.ts';
import { faultyPeers } from '../kill-matrix/faulty-peers.ts';
import { matrixText, merged, readMatrix, staleness } from '../kill-matrix/record.ts';
import { matrixOf, type Row } from '../kill-matrix/row.ts';

const checks = ['server.a', 'server.b', 'server.c'].map((id) => ({ id, requirements: ['SRP-01'] }));
const faults = ['server.one', 'server.two'].map((id) => ({ id, requirement: 'SRP-01' }));
const present = { faults, checks };

const row = (id: string, ...killedBy: string[]): Row => ({
  ...{ id, role: 'server', requirement: 'SRP-01', killedBy, caughtBy: [] },
  ...{ status: killedBy.length > 0 ? 'killed' : 'survived', says: killedBy[0] ?? null },
});
const one = row('server.one', 'server.a', 'server.b');
const two = row('server.two', 'server.c');
const record = matrixOf(
  [one, two],
  checks.map(({ id }) => id),
);

t.test('what a run saw as it is recorded is not stale', (test) => {
  test.same(staleness(record, present), [], 'no run');
  test.same(staleness(record, present, [one, two]), []);
  test.same(staleness(record, present, [two]), [], 'some of the faults');
  test.same(staleness(record, present, [row('server.one', 'server.b', 'server.a')]), [], 'in any order');
  test.same(staleness(record, present, [{ ...two, says: 'port 1234' }]), [], 'in other words');
  test.end();
});

t.test('who kills is compared with who is recorded', (test) => {
  test.same(
    staleness(record, present, [row('server.one', 'server.a'), two]),
    ['server.one is recorded as killed by server.b, which does not kill it, so that server.a alone does'],
    'one fewer',
  );
  test.same(
    staleness(record, present, [one, row('server.two', 'server.c', 'server.a')]),
    ['server.two is killed by server.a too, which is not recorded'],
    'one more: it is not the only one now',
  );
  test.same(
    staleness(record, present, [row('server.two', 'server.a')]),
    [
      'server.two is recorded as killed by server.c, which does not kill it, so that server.a alone does',
      'server.two is killed by server.a too, which is not recorded',
    ],
    'another one',
  );
  test.same(
    staleness(record, present, [row('server.two')]),
    ['server.two is recorded as killed by server.c, which does not kill it'],
    'none',
  );
  test.end();
});

t.test('faults and checks that come and go make it stale without a run', (test) => {
  const [first, ...others] = checks;
  test.same(staleness(record, { faults, checks: others }), [
    'server.one was killed by server.a, which is gone or not bound to SRP-01 any more',
  ]);
  test.same(staleness(record, { faults: faults.slice(1), checks }), [
    'server.one is recorded, and there is no such fault',
  ]);
  const three = { id: 'server.three', requirement: 'SRP-01' };
  test.same(
    staleness(record, { faults: [...faults, three], checks }, [row('server.three', 'server.a')]),
    ['server.three is not recorded'],
    'and that is said once',
  );
  test.same(staleness(record, { faults: faults.map((fault) => ({ ...fault, requirement: 'X' })), checks }), [
    'server.one does not break SRP-01 any more',
    'server.two does not break SRP-01 any more',
  ]);
  const bound = { id: 'server.d', requirements: first?.requirements ?? [] };
  test.same(staleness(record, { faults, checks: [...checks, bound] }), ['server.d is not recorded']);
  test.end();
});

t.test('what is written is what was seen, and is not stale', (test) => {
  const newer = [row('server.two', 'server.a', 'server.c')];
  const written = JSON.parse(matrixText(merged(record, newer, present))) as typeof record;
  test.same(staleness(written, present, [one, ...newer]), []);
  test.same(
    staleness(record, present, newer),
    ['server.two is killed by server.a too, which is not recorded'],
    'before it was',
  );
  test.end();
});

t.test('the record of today is of the faults and checks of today', (test) => {
  test.same(staleness(readMatrix(), { faults: faultyPeers, checks: listedChecks }), []);
  test.end();
});
