/**
 * `npm run kill-matrix`: lets the suite judge every fault, those that are written and the edits of the graph, and fails
 * where one is not killed or a check kills none. Before them it judges who is right in the same way, and fails where a
 * check does not pass there.
 * `--only GLOB` tries the faults whose ids it names, `--jobs N` in so many processes, `--json FILE` writes what came of
 * it, `--verbose` says how long each took, `--fresh` forgets what came of faults before. `--write` records it in
 * `matrix.json`; `--check` fails where the record is of other faults or checks, or says that others kill them or that
 * something else came of one; those are judged again before it says so. `--by-record` asks of a fault first the checks that
 * are recorded as killing it, and no other where all of them do, which is much less: that one more kills it is not seen then.
 * `--profile deployed` judges in that profile the
 * written faults that are for none, which are in `documented` otherwise, and fails where one is not killed there, or a check
 * kills none of them and none that is recorded in that profile; `deployed.json` is the record then. `--seed N` draws
 * everything otherwise than the record, and fails where a fault is not killed all the same.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { listedChecks } from '../catalogue.ts';
import { controlIdsOf, isRight, type ControlRow } from './control.ts';
import { SEED, type FaultyPeer } from './faulty-peer.ts';
import { PROFILES } from './edits.ts';
import { faultyPeers, peersIn } from './faulty-peers.ts';
import { deployedFile, deployedText, OTHER, readDeployed, recordIn, withSeen } from './deployed.ts';
import { counted } from './counted.ts';
import { judgesOf } from './judges.ts';
import { judgePart } from './judging.ts';
import { judgeAll } from './pool.ts';
import {
  controlDifferences,
  killersOf,
  matrixFile,
  matrixText,
  merged,
  readMatrix,
  staleness,
} from './record.ts';
import { formatMatrix } from './report.ts';
import { isWhole, matrixOf, type Row } from './row.ts';
import { selected } from './selected.ts';
import { settledDifferences } from './settled.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '*' },
    // One more than there are cores: a third of the time a fault waits, for a clock or for an answer that does not come.
    jobs: { type: 'string', default: String(availableParallelism() + 1) },
    json: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    'by-record': { type: 'boolean', default: false },
    profile: { type: 'string' },
    seed: { type: 'string', default: String(SEED) },
  },
});

const jobs = counted('jobs', values.jobs);
const seed = counted('seed', values.seed);
const isByRecord = values['by-record'];
if (seed !== SEED && (values.write || values.check || isByRecord))
  throw new Error(`--seed ${seed}: the record is of seed ${SEED}`);
if (isByRecord && values.write) throw new Error('--write --by-record: it sees nothing that is not recorded');
const profile = PROFILES.find((name) => name === values.profile);
const isOther = profile === OTHER;
if (values.profile !== undefined && profile === undefined)
  throw new Error(`--profile is one of ${PROFILES.join(', ')}`);
if (profile !== undefined && !isOther && (values.write || values.check))
  throw new Error(`--profile ${profile}: what is seen there is recorded without --profile`);
const all = profile === undefined ? faultyPeers : peersIn(profile);
const peers = selected(all, values.only);
/** What many checks are bound to takes longest, so it is begun first: the last to be judged are short, and edits. */
const weight = (peer: FaultyPeer): number =>
  peer.seenBy === undefined ? 1 + judgesOf(peer).bound.length : 0;
const byLength = peers.toSorted((one, other) => weight(other) - weight(one));

const args = [String(seed), ...(profile === undefined ? [] : [profile])];
/** What came of other seeds is remembered apart. */
const memoOf = (name: string): string => (seed === SEED ? name : `${name}-seed-${seed}`);
const memoOfFaults = [
  'faults',
  ...(profile === undefined ? [] : [profile]),
  ...(isByRecord ? ['by-record'] : []),
].join('-');
const judging = { jobs, fresh: values.fresh, verbose: values.verbose };
const controlRows = await judgePart<ControlRow>(
  {
    words: ['controls', 'right'],
    memo: memoOf('controls'),
    worker: 'control-worker.js',
    args,
    ids: controlIdsOf(byLength),
    came: (row) => (isRight(row) ? 'right' : row.wrong.join('; ')),
  },
  judging,
);
const faultRows = await judgePart<Row>(
  {
    words: ['faults', 'killed'],
    memo: memoOf(memoOfFaults),
    worker: 'worker.js',
    args: [...args, ...(isByRecord ? ['by-record'] : [])],
    ids: byLength.map(({ id }) => id),
    came: ({ status }) => status,
  },
  judging,
);
const rows = peers.flatMap(({ id }) => faultRows.get(id) ?? []);
/** What is in the profile and is not judged again: faults that are written for it, and edits of the graph. */
const others = faultyPeers.filter(
  (peer) => peer.profile === profile && !all.some(({ id }) => id === peer.id),
);
const busyElsewhere = killersOf(
  readMatrix(),
  others.map(({ id }) => id),
);
const checks = listedChecks.filter(
  (check) => profile === undefined || check.profile === null || check.profile === profile,
);
const held = checks.map(({ id }) => id).filter((id) => !busyElsewhere.has(id));
// Some of the faults say nothing of checks that others are for.
const matrix = matrixOf(rows, peers.length === all.length ? held : [], [...controlRows.values()]);

if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(matrix, null, 2)}\n`);
const controls = controlIdsOf(all).map((id) => ({ id }));
const present = { faults: all, checks: listedChecks, controls };
if (values.write && isOther)
  writeFileSync(deployedFile, deployedText(withSeen(readDeployed(), matrix, present)));
else if (values.write) writeFileSync(matrixFile, matrixText(merged(readMatrix(), matrix, present)));
const record = recordIn(profile);
const judgeAgain = (ids: readonly string[]) => judgeAll<Row>('worker.js', ids, jobs, () => undefined, args);
/** Edits of the graph draw what they need to show. */
const drawing = new Set(peers.filter(({ tries }) => tries !== undefined).map(({ id }) => id));
const stale = values.check
  ? [
      ...staleness(record, present),
      ...controlDifferences(record, matrix.controls),
      ...(await settledDifferences(record, rows, judgeAgain, drawing)),
    ]
  : [];
const again = ['npm run kill-matrix --', ...(isOther ? [`--profile ${OTHER}`] : []), '--write'].join(' ');
for (const line of stale) process.stderr.write(`${line}: run ${again}\n`);
process.stdout.write(formatMatrix(matrix));
process.exitCode = isWhole(matrix) && stale.length === 0 ? 0 : 1;
