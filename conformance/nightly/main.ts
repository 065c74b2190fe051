/**
 * `npm run nightly`: judges every client and server of this repository with many seeds, then does whole what the gate
 * samples, and fails where a verdict is not expected or differs between seeds. What is not on the machine is skipped by
 * name. `--seeds 30 --from 1` which seeds, `--targets GLOB` and `--only GLOB` which targets and checks, `--jobs N` runs
 * side by side, `--runs-alone` leaves out the rest, `--folder .nightly` where results are kept, `--fresh` forgets them,
 * `--write` records what came of all checks for the documentation, `--complete` fails where a target was skipped.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ProfileName } from '../../reference/index.ts';
import { counted } from '../kill-matrix/counted.ts';
import { globToRegExp } from '../run.ts';
import { JUDGED, nightDigest } from './digest.ts';
import { nightsFile, nightsText, readNights, withNight } from './nights.ts';
import { root } from './programs.ts';
import { openRecord } from './record.ts';
import { judge, type Run } from './run.ts';
import { runSteps } from './steps.ts';
import { formatTable, isQuiet, rowsOf } from './table.ts';
import { TARGETS, type Prepared } from './targets.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '30' },
    from: { type: 'string', default: '1' },
    targets: { type: 'string', default: '*' },
    only: { type: 'string', default: '*' },
    // The suite runs two of a client side by side, and a server beside itself.
    jobs: { type: 'string', default: String(Math.ceil(availableParallelism() / 2)) },
    'runs-alone': { type: 'boolean', default: false },
    folder: { type: 'string', default: join(root, '.nightly') },
    fresh: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    complete: { type: 'boolean', default: false },
  },
});
if (values.write && values.only !== '*') {
  process.stderr.write('--write records runs of all checks; leave out --only\n');
  process.exit(2);
}
const folder = resolve(values.folder);
const count = { seeds: counted('seeds', values.seeds), jobs: counted('jobs', values.jobs) };
const from = counted('from', values.from);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Planned {
  readonly target: string;
  readonly profile: ProfileName;
  readonly seed: number;
  readonly build: string;
  readonly words: Exclude<Prepared, { missing: string }>;
}

/** Every target in each profile with a seed before the next seed: what is broken shows early. */
function plan(): { planned: Planned[]; skipped: string[] } {
  const wanted = globToRegExp(values.targets);
  const skipped: string[] = [];
  const ready = TARGETS.filter(({ name }) => wanted.test(name)).flatMap(
    ({ name, judged, profiles, prepare }) => {
      const words = prepare(folder);
      const build = nightDigest(judged);
      if (!('missing' in words)) return profiles.map((profile) => ({ target: name, profile, build, words }));
      skipped.push(`${name}: ${words.missing}`);
      return [];
    },
  );
  const seeds = Array.from({ length: count.seeds }, (_, i) => from + i);
  return { planned: seeds.flatMap((seed) => ready.map((one) => ({ ...one, seed }))), skipped };
}

async function runAll(planned: readonly Planned[]): Promise<Run[]> {
  const record = openRecord(join(folder, 'runs.jsonl'), JUDGED.map(nightDigest), values.fresh);
  const waiting = [...planned.entries()];
  const runs: Run[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [i, { words, target, profile, seed, build }] = next;
      const key = { target, profile, seed, only: values.only, build };
      const before = record.find(key);
      const run = before ?? (await judge(key, words, folder));
      if (before === undefined) record.keep(run);
      runs[i] = run;
      const came = run.broken === null ? `${run.findings.length} findings` : 'not judged to the end';
      const when = before === undefined ? `${run.seconds} s` : 'from before';
      say(`${i + 1} of ${planned.length}: ${target}, ${profile}, seed ${seed}: ${came}, ${when}`);
    }
  };
  await Promise.all(Array.from({ length: count.jobs }, work));
  return runs;
}

mkdirSync(folder, { recursive: true });
const { planned, skipped } = plan();
for (const line of skipped) say(`skipped: ${line}`);
const rows = rowsOf(await runAll(planned));
const table = formatTable(rows);
writeFileSync(join(folder, 'table.txt'), table);
say(table);
if (values.write) {
  const names = TARGETS.map(({ name }) => name);
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(nightsFile, nightsText(withNight(readNights(), rows, { day, names })));
}
const failed = values['runs-alone'] ? [] : runSteps(say);
for (const command of failed) say(`FAILED: ${command}`);
if (!values['runs-alone']) say(table);
if (values.complete) for (const line of skipped) say(`FAILED: not judged: ${line}`);
const isComplete = skipped.length === 0 || !values.complete;
process.exitCode = isQuiet(rows) && failed.length === 0 && isComplete ? 0 : 1;
