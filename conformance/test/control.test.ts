/** The controls of the kill matrix: a check that would fail anybody in its harness makes the matrix red. */
import t from 'tap';
import { Blocked, Failure, TargetGone, type Check } from '../check.ts';
import { listedChecks } from '../catalogue.ts';
import { answering, faulty } from '../faults/server-parts.ts';
import { controlIdsOf, controlsOf, tryControl, verdictsOf } from '../kill-matrix/control.ts';
import type { FaultyPeer, Peer } from '../kill-matrix/faulty-peer.ts';
import { faultyPeers, peersIn, serverPeer } from '../kill-matrix/faulty-peers.ts';
import { judgesOf } from '../kill-matrix/judges.ts';
import { formatMatrix } from '../kill-matrix/report.ts';
import { isWhole, matrixOf } from '../kill-matrix/row.ts';
import { tryFault } from '../kill-matrix/try-fault.ts';
import { runChecks, type RunOptions } from '../run.ts';

const options: RunOptions = {
  ...{ role: 'server', profile: 'documented', capabilities: [], replay: (id: string) => id },
};

const checkOf = (id: string, run: () => Promise<void>, needs?: string): Check<string> => ({
  ...{ id, title: id, requirements: ['LOGIN-02'], run },
  ...(needs !== undefined && { needs }),
});
const passing = checkOf('server.passing', () => Promise.resolve());
const failing = checkOf('server.failing', () =>
  Promise.reject(new Failure('it fails anybody', { expected: 'nothing', actual: 'anything' })),
);
const blocked = checkOf('server.blocked', () => Promise.reject(new Blocked('nobody gets there')));
const skipped = checkOf('server.skipped', () => Promise.resolve(), 'a capability');

/** Judged by these checks, whatever it is. */
const judgedBy = (id: string, ...checks: readonly Check<string>[]): Peer => ({
  ...{ id, role: 'server', profile: 'documented' },
  judge: (only) => runChecks(checks, ['bench'], { ...options, only }),
});

const whoOf = (control: string): string => control.replace(/ .*/, '');

/** A fault and its control, which these checks judge. */
function besideControl(...checks: readonly Check<string>[]): { peer: FaultyPeer; judges: typeof listed } {
  const listed = checks.map(({ id, requirements }) => ({ id, requirements, role: 'server' as const }));
  const control = judgedBy('server.documented', ...checks);
  const fault = { title: 'is as it should be', requirement: 'LOGIN-02', control };
  return { peer: { ...judgedBy('server.none', ...checks), ...fault }, judges: listed };
}

t.test('a check that fails everybody makes the matrix red, whatever it kills', async (test) => {
  const { peer, judges } = besideControl(passing, failing);
  const row = await tryFault(peer, judges);
  test.match(row, { status: 'killed', killedBy: ['server.failing'] });
  test.equal(isWhole(matrixOf([row], ['server.failing'])), true, 'by itself it looks like a kill');

  const [control] = controlsOf([peer], judges);
  if (control === undefined) throw new Error('there is a control');
  const controlRow = await tryControl(control);
  test.same(controlRow, {
    id: 'server.documented LOGIN-02',
    passed: 1,
    wrong: ['server.failing (fail): it fails anybody'],
  });
  const matrix = matrixOf([row], ['server.failing'], [controlRow]);
  test.equal(isWhole(matrix), false);
  const text = formatMatrix(matrix);
  test.match(
    text,
    /^control server\.documented LOGIN-02: server\.failing \(fail\): it fails anybody; who is right/,
  );
  test.match(text, /^1 of 1 controls do not pass$/m);
});

t.test('what is right passes all; what is not declared judges nobody', async (test) => {
  const rows = [];
  for (const checks of [
    [passing, skipped],
    [passing, blocked],
  ]) {
    const { peer, judges } = besideControl(...checks);
    for (const control of controlsOf([peer, peer], judges)) rows.push(await tryControl(control));
  }
  test.match(rows, [
    { passed: 1, wrong: [] },
    { passed: 1, wrong: [/^server\.blocked \(blocked\): nobody gets there/] },
  ]);
  const [right = { id: '', passed: 0, wrong: [] }] = rows;
  test.match(formatMatrix(matrixOf([], [], [right])), 'nobody right is killed: 1 controls, 1 verdicts');
  test.equal(verdictsOf(rows), 2);
  const gone = checkOf('server.gone', () => Promise.reject(new TargetGone('it is gone')));
  const { peer, judges } = besideControl(gone, passing);
  const [control] = controlsOf([peer], judges);
  test.match(control && (await tryControl(control)), {
    passed: 0,
    wrong: [/not judged to the end: it is gone/],
  });
});

t.test('whoever is right is judged once by each check that judges a fault beside it', (test) => {
  for (const peers of [faultyPeers, peersIn('deployed')]) {
    const controls = controlsOf(peers);
    const judged = controls.flatMap(({ id, checks }) => checks.map((check) => `${whoOf(id)} ${check}`));
    test.same(judged.toSorted(), [...new Set(judged)].toSorted(), 'once');
    const pairs = peers.flatMap((peer) => judgesOf(peer).bound.map(({ id }) => `${peer.control.id} ${id}`));
    test.same(new Set(judged), new Set(pairs), 'by each, and by no other');
    test.same(
      controlIdsOf(peers),
      controls.map(({ id }) => id),
    );
    const differing = peers.filter(
      ({ control, role, profile }) => control.role !== role || control.profile !== profile,
    );
    test.same(
      differing.map(({ id }) => id),
      [],
      'in the way of the fault',
    );
  }
  const ids = controlsOf(faultyPeers).map(({ id }) => id);
  for (const id of [
    ...['client.documented SIGNUP-01', 'client.documented.in-full SRP-03'],
    ...['server.deployed CODE-05', 'server.documented HTTP-14', 'client.graph.deployed SRP-03'],
    ...['client.graph.documented.drawing-SRP_Verifier SRP-02', 'server.graph.deployed.drawing-srp.B SRP-02'],
  ])
    test.ok(ids.includes(id), id);
  test.end();
});

t.test('the reference is right, and who has a fault is no control', async (test) => {
  const create = answering('/auth/login-s', ({ saltKey, saltAuth }) => ({
    saltKey: saltAuth,
    saltAuth: saltKey,
  }));
  const fault = { id: 'any', title: 'any', requirement: 'LOGIN-02' };
  const judges = listedChecks.filter(({ id }) => id === 'server.login.salts');
  const swapped = serverPeer({ ...fault, create });
  const right = serverPeer({ ...fault, create: faulty({}) });
  const rows = [];
  for (const peer of [right, { ...swapped, control: swapped }])
    for (const control of controlsOf([peer], judges)) rows.push(await tryControl(control));
  test.match(rows, [
    { id: 'server.documented LOGIN-02', passed: 1, wrong: [] },
    { id: 'server.any LOGIN-02', passed: 0, wrong: [/^server\.login\.salts \(fail\)/] },
  ]);
});
