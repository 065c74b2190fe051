/** The record of the kill matrix: who kills what as it was seen last, and what `kill-matrix --check` says where that is not so. */
import t from 'tap';
import { listedChecks } from '../catalogue.ts';
import { deployedText, OTHER, readDeployed, withSeen } from '../kill-matrix/deployed.ts';
import { faultyPeers, peersIn } from '../kill-matrix/faulty-peers.ts';
import { controlsOf, isRight } from '../kill-matrix/control.ts';
import {
  controlDifferences,
  differences,
  killersOf,
  matrixText,
  merged,
  readMatrix,
  staleness,
} from '../kill-matrix/record.ts';
import { matrixOf, type Row } from '../kill-matrix/row.ts';
import { settledDifferences } from '../kill-matrix/settled.ts';

const checks = ['server.a', 'server.b', 'server.c'].map((id) => ({ id, requirements: ['SRP-01'] }));
const faults = ['server.one', 'server.two'].map((id) => ({ id, requirement: 'SRP-01' }));
const controls = [{ id: 'server.documented SRP-01' }];
const present = { faults, checks, controls };

const row = (id: string, ...killedBy: string[]): Row => ({
  ...{ id, role: 'server', requirement: 'SRP-01', killedBy, caughtBy: [] },
  ...{ status: killedBy.length > 0 ? 'killed' : 'survived', says: killedBy[0] ?? null },
});
const one = row('server.one', 'server.a', 'server.b');
const two = row('server.two', 'server.c');
const record = matrixOf(
  [one, two],
  checks.map(({ id }) => id),
  controls.map(({ id }) => ({ id, passed: 3, wrong: [] })),
);

t.test('what a run saw as it is recorded is no difference', (test) => {
  test.same(staleness(record, present), []);
  test.same(differences(record, [one, two]), []);
  test.same(differences(record, [two]), [], 'some of the faults');
  test.same(differences(record, [row('server.one', 'server.b', 'server.a')]), [], 'in any order');
  const inOtherWords: Row = { ...two, says: 'port 1234' };
  test.same(differences(record, [inOtherWords]), [], 'in other words');
  test.end();
});

t.test('who kills some of the faults', (test) => {
  test.same([...killersOf(record, ['server.one', 'server.gone'])], ['server.a', 'server.b']);
  test.same([...killersOf(record, [])], []);
  test.end();
});

const GONE = 'server.one is recorded as killed by server.b, which does not kill it';
const COME = 'server.two is killed by server.a too, which is not recorded';

t.test('who kills is compared with who is recorded', (test) => {
  test.same(differences(record, [row('server.one', 'server.a'), two]), [GONE], 'one fewer');
  test.same(
    differences(record, [one, row('server.two', 'server.c', 'server.a')]),
    [COME],
    'one more: it is not the only one now',
  );
  test.same(
    differences(record, [row('server.two', 'server.a')]),
    ['server.two is recorded as killed by server.c, which does not kill it', COME],
    'another one',
  );
  test.same(
    differences(record, [row('server.two')]),
    [
      'server.two is recorded as killed, and is survived',
      'server.two is recorded as killed by server.c, which does not kill it',
    ],
    'none',
  );
  test.end();
});

t.test('what came of an edit is compared, and not who saw it', (test) => {
  const harmless: Row = { ...row('server.two'), status: 'no fault', says: 'nobody can tell' };
  const drawing = new Set(['server.one', 'server.two']);
  test.same(differences(record, [row('server.two', 'server.a')], drawing), [], 'another check saw it');
  test.same(
    differences(record, [one, harmless], drawing),
    ['server.two is recorded as killed, and is no fault'],
    'nothing gets out of the score unseen',
  );
  test.same(differences(record, [row('server.two')], drawing), [
    'server.two is recorded as killed, and is survived',
  ]);
  const excused = matrixOf([one, harmless], []);
  test.same(differences(excused, [one, harmless], drawing), []);
  test.same(differences(excused, [two], drawing), ['server.two is recorded as no fault, and is killed']);
  test.same(
    staleness(excused, { faults: faults.slice(0, 1), checks: checks.slice(0, 2), controls: [] }),
    ['server.two is recorded, and there is no such fault'],
    'nor does what is recorded as none go unseen',
  );
  test.end();
});

t.test('who meets a race is chance, as long as several do', (test) => {
  const race = row('server.race-x', 'server.a', 'server.b');
  const known = matrixOf([race], []);
  test.same(differences(known, [row('server.race-x', 'server.b', 'server.c')]), []);
  test.same(differences(known, [row('server.race-x', 'server.a')]), [
    'server.race-x is recorded as killed by server.b, which does not kill it',
  ]);
  test.same(differences(matrixOf([row('server.race-x', 'server.a')], []), [race]), [
    'server.race-x is killed by server.b too, which is not recorded',
  ]);
  test.ok(
    faultyPeers.some(({ id }) => id.startsWith('server.race-')),
    'there are such faults',
  );
  test.end();
});

t.test('what differs is judged again, and told where it differs every time', async (test) => {
  const seen = [row('server.one', 'server.a'), row('server.two', 'server.c', 'server.a')];
  const asked: (readonly string[])[] = [];
  /** Judges as one run after the other saw it. */
  const judging = (...runs: (readonly Row[])[]) => {
    asked.length = 0;
    return (ids: readonly string[]) => {
      asked.push(ids);
      return Promise.resolve(runs[asked.length - 1]?.filter(({ id }) => ids.includes(id)) ?? []);
    };
  };
  test.same(await settledDifferences(record, seen, judging(seen, seen)), [GONE, COME]);
  test.same(asked, [
    ['server.one', 'server.two'],
    ['server.one', 'server.two'],
  ]);
  const half = [one, row('server.two', 'server.c', 'server.a')];
  test.same(await settledDifferences(record, seen, judging(half, half)), [COME], 'one of them by chance');
  test.same(asked, [['server.one', 'server.two'], ['server.two']]);
  test.same(await settledDifferences(record, seen, judging(seen, [one, two])), [], 'the third time not');
  test.same(await settledDifferences(record, [one, two], judging()), []);
  test.same(asked, [], 'nothing is judged again where nothing differs');
});

t.test('faults and checks that come and go make it stale without a run', (test) => {
  const [first, ...others] = checks;
  test.same(staleness(record, { ...present, checks: others }), [
    'server.one was killed by server.a, which is gone or not bound to SRP-01 any more',
  ]);
  test.same(staleness(record, { ...present, faults: faults.slice(1) }), [
    'server.one is recorded, and there is no such fault',
  ]);
  const three = { id: 'server.three', requirement: 'SRP-01' };
  test.same(staleness(record, { ...present, faults: [...faults, three] }), ['server.three is not recorded']);
  test.same(differences(record, [row('server.three', 'server.a')]), [], 'and that is said once');
  test.same(
    staleness(record, { ...present, faults: faults.map((fault) => ({ ...fault, requirement: 'X' })) }),
    ['server.one does not break SRP-01 any more', 'server.two does not break SRP-01 any more'],
  );
  const bound = { id: 'server.d', requirements: first?.requirements ?? [] };
  test.same(staleness(record, { ...present, checks: [...checks, bound] }), ['server.d is not recorded']);
  test.end();
});

t.test('what is written is what was seen, and is not stale', (test) => {
  const newer = [row('server.two', 'server.a', 'server.c')];
  const [control] = record.controls;
  if (control === undefined) throw new Error('there is a control');
  const seen = matrixOf(newer, [], [{ ...control, passed: 4 }]);
  const written = JSON.parse(matrixText(merged(record, seen, present))) as typeof record;
  test.same(staleness(written, present), []);
  test.same(differences(written, [one, ...newer]), []);
  test.same(differences(record, newer), [COME], 'before it was');
  test.same(controlDifferences(written, seen.controls), []);
  test.same(controlDifferences(record, seen.controls), [
    'control server.documented SRP-01 is recorded with 3 verdicts, and has 4',
  ]);
  test.end();
});

t.test('controls that come and go make it stale, too', (test) => {
  const other = { id: 'server.deployed SRP-01' };
  test.same(staleness(record, { ...present, controls: [other] }), [
    'control server.deployed SRP-01 is not recorded',
    'control server.documented SRP-01 is recorded, and no fault is judged beside it any more',
  ]);
  test.same(merged(record, matrixOf([], []), { ...present, controls: [other] }).controls, []);
  test.end();
});

t.test('the record of today is of the faults and checks of today', (test) => {
  const today = readMatrix();
  const ofToday = { faults: faultyPeers, checks: listedChecks, controls: controlsOf(faultyPeers) };
  test.same(staleness(today, ofToday), []);
  test.same(
    today.controls.filter((row) => !isRight(row)),
    [],
  );
  test.end();
});

t.test('what is recorded of the other profile is what is compared', (test) => {
  const seen = matrixOf([row('server.two', 'server.a', 'server.c')], [], record.controls);
  const before = {
    faults: [{ ...one, requirement: 'SRP-02' }],
    controls: [{ id: 'gone', passed: 1, wrong: [] }],
  };
  const { faults: recorded, controls: right } = withSeen(before, seen, present);
  test.same(recorded, [
    { ...before.faults[0] },
    { id: 'server.two', requirement: 'SRP-01', killedBy: ['server.a', 'server.c'], status: 'killed' },
  ]);
  test.same(right, record.controls);
  const written = JSON.parse(deployedText({ faults: recorded, controls: right })) as typeof before;
  test.same(written, { faults: recorded, controls: right });
  test.same(
    staleness({ ...written, harmless: [] }, present),
    ['server.one does not break SRP-02 any more'],
    'which checks kill nothing there, only a whole run says',
  );
  test.same(differences({ ...written, harmless: [] }, [two]), [
    'server.two is recorded as killed by server.a, which does not kill it',
  ]);
  test.end();
});

t.test('so is the record of the other profile', (test) => {
  const faults = peersIn(OTHER);
  const record = readDeployed();
  test.same(
    staleness(record, { faults, checks: listedChecks, controls: controlsOf(faults) }),
    [],
    'npm run kill-matrix -- --profile deployed --only IDS --write',
  );
  test.same(
    record.faults.filter(({ status }) => status !== 'killed'),
    [],
  );
  test.end();
});
