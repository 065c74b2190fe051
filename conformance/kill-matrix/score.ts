/**
 * `npm run diagnosis-score`: runs the named mistakes of the graph as clients and as servers, prints how many of them are
 * told so (`telling.ts`), and fails where less than 95 of 100 are, of all or of a role in a profile. `--mechanical` those that
 * are made by rule, which are not held to that; `--only GLOB` some of them, `--every N` one of so many, another with each `--seed N`,
 * which is drawn and printed, `--jobs N` in so many processes, `--json FILE` writes what came of each, `--verbose` prints those
 * that are not named, and those that cannot be. `--write` records in `diagnoses.json` what those that ran are told; `--check` fails
 * where the record is of other mistakes, has too few that are named, or says something else of one that ran, also when it runs
 * again.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { counted } from './counted.ts';
import {
  diagnosesFile,
  diagnosesText,
  isOtherwise,
  lacking,
  missing,
  presentIds,
  readDiagnoses,
  withRows,
  type Diagnoses,
} from './diagnoses.ts';
import { editsOf, PROFILES, ROLES } from './edits.ts';
import { judgeAll } from './pool.ts';
import { selected } from './selected.ts';
import { formatShare, isEnough, LEAST, shareOf, type Share } from './share.ts';
import type { TellingRow } from './telling.ts';
import { isChance } from './wire.ts';

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
const least = values.mechanical ? 0 : LEAST;
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
const chosen = groups.flatMap(({ ids }) => ids);
if (chosen.length === 0) throw new Error(`--every ${every}: no mistake is left`);

const jobs = counted('jobs', values.jobs);
const rows = await judgeAll<TellingRow>(
  'telling-worker.js',
  chosen,
  jobs,
  ({ id, telling, says, but }, seconds) => {
    if (values.verbose && telling !== 'named')
      say(`${id} (${telling}, ${seconds.toFixed(1)} s): ${but ?? says ?? 'no check fails'}`);
  },
);

const byId = new Map(rows.map((row) => [row.id, row]));
/** How many there are of each, in some groups. */
function tell(what: string, ids: readonly string[]): Share {
  const tellings = ids.flatMap((id) => byId.get(id)?.telling ?? []);
  const share = shareOf(tellings);
  const others = (['among others', 'misnamed', 'failed', 'unnoticed'] as const).map(
    (wanted) => `${tellings.filter((telling) => telling === wanted).length} ${wanted}`,
  );
  if (share.all > 0) say(`${what}: ${formatShare(share)} ${kind} mistakes are named; ${others.join(', ')}`);
  return share;
}
const shares = groups.map(({ role, profile, ids }) => tell(`${role}s, ${profile}`, ids));
const share = tell('all', chosen);
if (share.all === 0) say('none of them is one that a failure should name, which proves nothing');
// One of the few that a sample has of a group is more than one of twenty.
const lacks = shares.some((one) => one.all > 0 && !isEnough(one, least));
if (!isEnough(share, least) || (every === 1 && lacks)) process.exitCode = 1;
if (values.write) writeFileSync(diagnosesFile, diagnosesText(withRows(readDiagnoses(), rows, presentIds())));
if (values.check) {
  const record = readDiagnoses();
  const wrong = [...missing(record, presentIds()), ...lacking(record), ...(await differing(record, rows))];
  for (const line of wrong) say(line);
  if (wrong.length > 0) {
    say('diagnoses.json is stale: npm run diagnosis-score -- --write, and npm run generate');
    process.exitCode = 1;
  }
}

/** Those that are told otherwise than is recorded, also when they run again. */
async function differing(record: Diagnoses, seen: readonly TellingRow[]): Promise<string[]> {
  const known = new Map(record.map((row) => [row.id, row]));
  const byId = new Map(edits.map((edit) => [edit.id, edit]));
  const differs = (row: TellingRow): boolean => {
    const [recorded, edit] = [known.get(row.id), byId.get(row.id)];
    return recorded !== undefined && edit !== undefined && isOtherwise(recorded, row, () => isChance(edit));
  };
  const ids = seen.filter(differs).map(({ id }) => id);
  if (ids.length === 0) return [];
  const again = await judgeAll<TellingRow>('telling-worker.js', ids, jobs, () => undefined);
  return again
    .filter(differs)
    .map(({ id, telling, says }) => `${id} is not recorded so: ${telling}, ${says ?? 'no check fails'}`);
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
