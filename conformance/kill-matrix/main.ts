/**
 * `npm run kill-matrix`: lets the suite judge every fault, and fails where one is not killed or a check kills none.
 * `--only GLOB` tries the faults whose ids it names, `--jobs N` in so many processes, `--json FILE` writes what came of
 * it, `--verbose` says how long each took.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { listedChecks } from '../catalogue.ts';
import { globToRegExp } from '../run.ts';
import { faultyPeers } from './faulty-peers.ts';
import { judgeAll } from './pool.ts';
import { createProgress } from './progress.ts';
import { formatMatrix } from './report.ts';
import { isWhole, matrixOf } from './row.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '*' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

const wanted = globToRegExp(values.only);
const peers = faultyPeers.filter(({ id }) => wanted.test(id));
/** What many checks are bound to takes longest, so it is begun first: the last to be judged are short. */
const weight = (requirement: string): number =>
  listedChecks.filter(({ requirements }) => requirements.includes(requirement)).length;
const ids = peers.toSorted((one, other) => weight(other.requirement) - weight(one.requirement));

const progress = createProgress(peers.length, values.verbose);
const rows = await judgeAll(
  ids.map(({ id }) => id),
  Number(values.jobs),
  progress.tell,
);
progress.end();
const inOrder = peers.flatMap(({ id }) => rows.find((row) => row.id === id) ?? []);
// Some of the faults say nothing of checks that others are for.
const checks = peers.length === faultyPeers.length ? listedChecks.map(({ id }) => id) : [];
const matrix = matrixOf(inOrder, checks);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(matrix, null, 2)}\n`);
process.stdout.write(formatMatrix(matrix));
process.exitCode = isWhole(matrix) ? 0 : 1;
