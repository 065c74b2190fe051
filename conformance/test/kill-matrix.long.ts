/**
 * The kill matrix on a few faults of each role, and that it goes by what it says: a kill is a failure of a check that is
 * bound to the broken requirement. `npm run kill-matrix` tries all faults.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { listedChecks, listedFaults } from '../catalogue.ts';
import { withOverrides } from '../faults/client-parts.ts';
import { hostileAnswers } from '../lies/hostile-answers.ts';
import { answering, faulty } from '../faults/server-parts.ts';
import { takenAnswers } from '../lies/taken-answers.ts';
import { clientPeer, faultyPeers, peersIn, serverPeer, writtenPeers } from '../kill-matrix/faulty-peers.ts';
import { judgeAll } from '../kill-matrix/pool.ts';
import { formatMatrix } from '../kill-matrix/report.ts';
import { isWhole, matrixOf, type Matrix, type Row } from '../kill-matrix/row.ts';
import { tryFault } from '../kill-matrix/try-fault.ts';
import { root } from './root.ts';

/** Of each role; `npm run verify` tries all faults besides. */
const FEW = process.env['SLOW'] === '1' ? 12 : 1;
const EDITS = process.env['SLOW'] === '1' ? 40 : 10;
/** Those to whose requirement so many checks are bound at most: a sample is to be quick. */
const QUICK = 8;
const seed = Number(process.env['SEED'] ?? Date.now() % 100_000);

/** Some faults of a role; which ones follows from the seed. */
function sample(role: string): string[] {
  const quick = listedFaults.filter((fault) => {
    const bound = listedChecks.filter(({ requirements }) => requirements.includes(fault.requirement));
    return fault.role === role && bound.length <= QUICK;
  });
  const step = Math.floor(quick.length / FEW);
  return Array.from({ length: FEW }, (_, i) => quick[((seed % step) + i * step) % quick.length]?.id ?? '');
}

for (const role of ['client', 'server'])
  t.test(`a sample of faulty ${role}s, SEED=${seed}`, async (test) => {
    const ids = sample(role);
    const rows = await judgeAll<Row>('worker.js', ids, 1, () => undefined);
    test.same(
      rows.map(({ id }) => id),
      ids,
    );
    for (const { id, status, says } of rows) {
      test.equal(status, 'killed', id);
      test.match(says, /^(client|server)\.\S+: \S.{10}/, id);
    }
    test.ok(isWhole(matrixOf(rows, [])));
  });

t.test(`a sample of the edits of the graph, SEED=${seed}`, async (test) => {
  const edits = faultyPeers.filter((peer) => !writtenPeers.includes(peer));
  test.equal(new Set(faultyPeers.map(({ id }) => id)).size, faultyPeers.length, 'no id is there twice');
  const step = Math.floor(edits.length / EDITS);
  const ids = Array.from({ length: EDITS }, (_, i) => edits[(seed % step) + i * step]?.id ?? '');
  const rows = await judgeAll<Row>('worker.js', ids, 1, () => undefined);
  for (const { id, status, says } of rows) {
    test.match(status, /^(killed|no fault|cannot be built)$/, id);
    test.ok((says ?? '').length > 10, id);
  }
  const { faults, harmless } = matrixOf(rows, []);
  test.equal(faults.length + harmless.length, EDITS);
  test.ok(faults.length > harmless.length, 'most edits are faults');
});

/** Runs the script of `package.json`, as a user does. */
async function killMatrix(...words: string[]): Promise<{ status: number | null; output: string }> {
  const child = spawn('npm', ['run', '--silent', 'kill-matrix', '--', ...words], { cwd: root });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, output };
}

t.test('npm run kill-matrix writes what came of each fault', async (test) => {
  const file = join(test.testdir(), 'matrix.json');
  const only = 'client.signup-extra-member,server.cacheable';
  const { status, output } = await killMatrix('--only', only, '--fresh', '--json', file);
  test.equal(status, 0, output);
  test.match(output, /^2 of 2 faults killed \(100 %\)/m);
  const { faults, score } = JSON.parse(readFileSync(file, 'utf8')) as Matrix;
  test.equal(score, 1);
  test.match(faults, [
    { id: 'client.signup-extra-member', role: 'client', requirement: 'SIGNUP-01', status: 'killed' },
    { id: 'server.cacheable', role: 'server', status: 'killed' },
  ]);
  for (const { requirement, killedBy } of faults) {
    test.match(requirement, /^[A-Z0-9]+-\d\d$/);
    test.ok(killedBy.length > 0);
    for (const id of killedBy)
      test.ok(listedChecks.find((check) => check.id === id)?.requirements.includes(requirement), id);
  }
});

t.test('npm run kill-matrix fails where it did not do what it was asked for', async (test) => {
  const none = await killMatrix('--only', 'client.signup-extra-member', '--jobs', '0');
  test.not(none.status, 0);
  test.match(none.output, /--jobs 0: expected a whole number above zero/);
  const nobody = await killMatrix('--only', 'client.signup-extra-member,client.nobody');
  test.equal(nobody.status, 1, 'a run without a fault proves nothing');
  test.match(nobody.output, /--only client\.nobody: there is no such id/);
  const recorded = await killMatrix('--profile', 'documented', '--write');
  test.match(recorded.output, /what is seen there is recorded without --profile/);
  const drawn = await killMatrix('--seed', '2', '--check');
  test.match(drawn.output, /--seed 2: the record is of seed 1/);
});

t.test('a written fault is one in the other profile too', async (test) => {
  const { status, output } = await killMatrix(
    '--profile',
    'deployed',
    '--only',
    'client.signup-extra-member',
    '--check',
  );
  test.equal(status, 0, output);
  test.match(output, /^1 of 1 faults killed/m);
  const nobody = await killMatrix('--profile', 'deployed', '--only', 'server.login-before-confirmation');
  test.equal(nobody.status, 1);
  test.match(nobody.output, /there is no such id/, 'it is a fault in the other profile alone');
  const ids = peersIn('deployed').map(({ id }) => id);
  test.ok(ids.length > 300 && ids.length < writtenPeers.length, `${ids.length} of ${writtenPeers.length}`);
});

t.test('a fault is judged in the profile that it says, or else where it is asked for', (test) => {
  const known = new Map(writtenPeers.map(({ id, profile }) => [id, profile]));
  for (const { id, profile } of peersIn('deployed'))
    test.same([known.get(id), profile], ['documented', 'deployed'], id);
  const others = faultyPeers.filter(({ profile }) => profile === 'deployed');
  test.ok(others.some(({ id }) => id === 'client.ad-not-authenticated'));
  test.ok(others.some(({ id }) => id === 'client.deployed.u-not-padded'));
  test.end();
});

const login = listedChecks.filter(({ id }) =>
  /^(client|server)\.login\.(answer|salts|M2|session-id)$/.test(id),
);

t.test('a fault that breaks nothing survives', async (test) => {
  const create = withOverrides(() => ({}));
  const requirement = 'SESSION-01';
  const none = clientPeer({ id: 'none', title: 'is as it should be', requirement, create });
  const row = await tryFault(none, login);
  test.match(row, { status: 'survived', killedBy: [], caughtBy: [], says: null });
  const matrix = matrixOf([row], []);
  test.equal(isWhole(matrix), false);
  test.match(
    formatMatrix(matrix),
    /^client.none \(survived\): it breaks SESSION-01, and no check fails.*\n0 of 1 /,
  );
  test.equal(isWhole(matrixOf([], [])), false, 'a run without a fault proves nothing');
});

const swapped = answering('/auth/login-s', ({ saltKey, saltAuth }) => ({
  saltKey: saltAuth,
  saltAuth: saltKey,
}));

t.test('a fault that only a check of another requirement finds is caught elsewhere', async (test) => {
  const fault = { id: 'swapped', title: 'swaps the salts', create: swapped };
  const elsewhere = await tryFault(serverPeer({ ...fault, requirement: 'SYNC-01' }), login);
  test.match(elsewhere, { status: 'caught elsewhere', killedBy: [], caughtBy: ['server.login.salts'] });
  test.equal(isWhole(matrixOf([elsewhere], [])), false);
  test.match(formatMatrix(matrixOf([elsewhere], [])), 'fails server.login.salts');
  const killed = await tryFault(serverPeer({ ...fault, requirement: 'LOGIN-02' }), login);
  test.match(killed, { status: 'killed', killedBy: ['server.login.salts'] });
  test.equal(isWhole(matrixOf([killed], ['server.login.salts'])), true);
  const idle = matrixOf([killed], ['server.login.salts', 'server.login.M2']);
  test.same(idle.idleChecks, ['server.login.M2']);
  test.equal(isWhole(idle), false, 'nor is a check of use that kills nothing');
});

/** Takes any M1, and says with another step whether anybody can log in. */
const takingAnyM1 = (answersRightly: boolean) =>
  faulty({
    steps: (own) => ({
      ...own,
      accept: { ...own.accept, M1: () => true },
      ...(!answersRightly && { srp: { ...own.srp, M2: () => new Uint8Array(32) } }),
    }),
  });

t.test('a check whose twin a fault breaks as well has found nothing', async (test) => {
  const [check] = listedChecks.filter(({ id }) => id === 'server.login.M1-forged');
  if (check === undefined) throw new Error('there is no such check');
  test.equal(check.negative, true, 'it has a twin');
  const peerOf = (answersRightly: boolean, requirement = 'LOGIN-08') =>
    serverPeer({ id: 'any', title: 'takes any M1', requirement, create: takingAnyM1(answersRightly) });
  const found = [check.id];
  test.match(await tryFault(peerOf(true), [check]), { status: 'killed', killedBy: found, caughtBy: [] });
  const elsewhere = await tryFault(peerOf(true, 'SYNC-01'), [check]);
  test.match(elsewhere, { status: 'caught elsewhere', killedBy: [], caughtBy: found });

  for await (const { verdict } of peerOf(false).judge(check.id)) test.equal(verdict, 'blocked');
  for (const requirement of ['LOGIN-08', 'SYNC-01']) {
    const row = await tryFault(peerOf(false, requirement), [check]);
    test.match(row, { status: 'survived', killedBy: [], caughtBy: [], says: null });
  }
});

t.test('a fault that the suite fails over is told by its id', async (test) => {
  await test.rejects(
    judgeAll('worker.js', ['client.nobody'], 1, () => undefined),
    { message: /^client\.nobody could not be judged: Error: there is no fault client\.nobody/ },
  );
});

t.test('no id of a fault is there twice', (test) => {
  const ids = [
    ...writtenPeers.map(({ id }) => id.replace(/^\w+\./, '')),
    ...[...hostileAnswers, ...takenAnswers].map(({ id }) => id),
  ];
  test.same(
    ids.filter((id, i) => ids.indexOf(id) !== i),
    [],
  );
  test.same(
    writtenPeers.map(({ id }) => id),
    listedFaults.map(({ id }) => id),
  );
  test.end();
});
