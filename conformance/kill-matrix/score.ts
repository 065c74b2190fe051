/**
 * `npm run diagnosis-score`: runs the named mistakes of the graph as clients and as servers, prints how many of them a
 * failure names, and fails where less than 95 of 100 are. `--mechanical` those that are made by rule, which are not held to
 * that; `--only GLOB` some of them, `--every N` one of so many, another with each `--seed N`, which is drawn and printed, `--jobs N` in so many processes, `--json FILE` writes what came of each,
 * `--verbose` prints those that are not named, and those that cannot be. `--write` records in `diagnoses.json` what came of
 * those that ran; `--check` fails where the record is of other mistakes, or says that one is named which is not, also
 * when it runs again.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { counted } from './counted.ts';
import {
  diagnosesFile,
  diagnosesText,
  missing,
  presentIds,
  readDiagnoses,
  tellingsIn,
  withRows,
} from './diagnoses.ts';
import { editsOf, PROFILES, ROLES } from './edits.ts';
import { judgeAll } from './pool.ts';
import { selected } from './selected.ts';
import type { TellingRow } from './telling.ts';

const { values } = parseArgs({
  options: {
    mechanical: { type: 'boolean', default: false },
    only: { type: 'string', default: '*' },
    every: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(1 + (Date.now() % 100_000)) },
    jobs: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
});
if (values.mechanical && (values.write || values.check))
  throw new Error('what comes of mistakes that are made by rule is not recorded');
const kind = values.mechanical ? 'mechanical' : 'named';
const LEAST = values.mechanical ? 0 : 0.95;
const [every, seed] = [counted('every', values.every), counted('seed', values.seed)];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

if (every > 1) say(`one of ${every} mistakes, --seed ${seed}`);
const kinds = ROLES.flatMap((role) => PROFILES.map((profile) => ({ role, profile })));
const edits = selected(
  kinds.flatMap(({ role, profile }) => editsOf(role, profile, kind)),
  values.only,
);
const groups = kinds.map(({ role, profile }) => {
  const all = edits.filter((edit) => edit.role === role && edit.profile === profile);
  const ids = all.filter((_, i) => i % every === seed % every).map(({ id }) => id);
  return { role, profile, ids };
});
if (groups.every(({ ids }) => ids.length === 0)) throw new Error(`--every ${every}: no mistake is left`);

const jobs = counted('jobs', values.jobs);
const rows = await judgeAll<TellingRow>(
  'telling-worker.js',
  groups.flatMap(({ ids }) => ids),
  jobs,
  ({ id, telling, as, says }, seconds) => {
    if (!values.verbose) return;
    if (as !== null) say(`${id} is named as ${as}, which writes the same bytes`);
    if (telling !== 'named')
      say(`${id} (${telling}, ${seconds.toFixed(1)} s): ${says[0] ?? 'no check fails'}`);
  },
);

const byId = new Map(rows.map((row) => [row.id, row]));
/** How many there are of each, in some groups, and the share that is named; undefined where none should be. */
function tell(what: string, ids: readonly string[]): number | undefined {
  const tellings = ids.map((id) => byId.get(id)?.telling);
  const count = (telling: TellingRow['telling']): number => tellings.filter((one) => one === telling).length;
  const all = ids.length - count('no fault') - count('cannot be built');
  if (all === 0) return undefined;
  const share = count('named') / all;
  const others = `${count('failed')} fail without being named, ${count('unnoticed')} are not noticed`;
  const percent = Math.floor(1000 * share) / 10;
  say(`${what}: named ${count('named')} of ${all} ${kind} mistakes (${percent} %); ${others}`);
  return share;
}
const shares = groups.flatMap(({ role, profile, ids }) => tell(`${role}s, ${profile}`, ids) ?? []);
const share = tell(
  'all',
  groups.flatMap(({ ids }) => ids),
);
if (share === undefined) say('none of them is one that a failure should name, which proves nothing');
// One of the few that a sample has of a group is more than one of twenty.
if (share === undefined || share < LEAST || (every === 1 && shares.some((one) => one < LEAST)))
  process.exitCode = 1;
if (values.write) writeFileSync(diagnosesFile, diagnosesText(withRows(readDiagnoses(), rows, presentIds())));
if (values.check) {
  const wrong = [...missing(readDiagnoses(), presentIds()), ...(await lost(rows))];
  for (const line of wrong) say(line);
  if (wrong.length > 0) {
    say('diagnoses.json is stale: npm run diagnosis-score -- --write, and npm run generate');
    process.exitCode = 1;
  }
}

/** Those that are recorded as named and are not, run again: what shows in one login of many may not have shown. */
async function lost(seen: readonly TellingRow[]): Promise<string[]> {
  const recorded = tellingsIn(readDiagnoses());
  const isLost = ({ id, telling }: TellingRow): boolean =>
    recorded.get(id) === 'named' && telling !== 'named';
  const ids = seen.filter(isLost).map(({ id }) => id);
  if (ids.length === 0) return [];
  const again = await judgeAll<TellingRow>('telling-worker.js', ids, jobs, () => undefined);
  return again.filter(isLost).map(({ id, telling }) => `${id} is recorded as named, and is ${telling}`);
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
