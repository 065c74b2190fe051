/** The table of a night: each target in each profile, a sign for each seed, and what differs between seeds. */
import { judgedIn, type Run } from './run.ts';

/** The runs of a target in a profile. */
export interface NightlyRow {
  readonly target: string;
  readonly profile: string;
  /** SHA-256 of what decides the verdicts, in hex: the same of all runs. */
  readonly build: string;
  readonly runs: readonly Run[];
  /** Checks whose verdict is not the same with every seed, with the seeds of each. */
  readonly differing: readonly string[];
}

export function rowsOf(runs: readonly Run[]): NightlyRow[] {
  const names = new Set(runs.map(({ target, profile, build }) => JSON.stringify([target, profile, build])));
  return [...names].map((name) => {
    const [target, profile, build] = JSON.parse(name) as [string, string, string];
    const own = runs.filter((run) => run.target === target && run.profile === profile && run.build === build);
    return { target, profile, build, runs: own, differing: differing(own) };
  });
}

/** What was judged with one seed and not with another differs, too. */
function differing(runs: readonly Run[]): string[] {
  const whole = runs.filter(({ broken }) => broken === null);
  const ids = [...new Set(whole.flatMap(({ verdicts }) => Object.keys(verdicts)))].sort();
  return ids.flatMap((id) => {
    const seeds = new Map<string, number[]>();
    for (const { verdicts, seed } of whole) {
      const verdict = verdicts[id] ?? 'not judged';
      seeds.set(verdict, [...(seeds.get(verdict) ?? []), seed]);
    }
    const each = [...seeds].map(([verdict, some]) => `${verdict} with ${some.join(', ')}`);
    return seeds.size > 1 ? [`${id}: ${each.join('; ')}`] : [];
  });
}

/** A run in one sign: `.` as expected, `X` with findings, `!` not judged to the end. */
const sign = ({ findings, broken }: Run): string => (broken !== null ? '!' : findings.length > 0 ? 'X' : '.');

/** Whether all is as expected, and the same with every seed. */
export const isQuietRow = ({ runs, differing }: NightlyRow): boolean =>
  differing.length === 0 && runs.every((run) => sign(run) === '.');

/** Whether all rows are quiet; nothing judged is not. */
export const isQuiet = (rows: readonly NightlyRow[]): boolean => rows.length > 0 && rows.every(isQuietRow);

export function formatTable(rows: readonly NightlyRow[]): string {
  const wide = Math.max(...rows.map(({ target }) => target.length));
  const lines = rows.map(({ target, profile, runs, differing }) => {
    const checks = Math.max(...runs.map(judgedIn));
    const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
    const each = `${checks} checks, ${(seconds / runs.length).toFixed(0)} s a seed`;
    const differs = differing.length > 0 ? `, ${differing.length} differ between seeds` : '';
    return `${target.padEnd(wide)}  ${profile.padEnd(10)}  ${runs.map(sign).join('')}  ${each}${differs}`;
  });
  const more = rows.flatMap(({ target, profile, runs, differing }) => [
    ...runs.flatMap(findingsOf),
    ...differing.map((line) => `DIFFERS ${target}, ${profile}: ${line}`),
  ]);
  const legend = 'a sign for each seed: . as expected, X a verdict that is not, ! not judged to the end';
  return [...lines, legend, ...more].map((line) => `${line}\n`).join('');
}

function findingsOf({ target, profile, seed, findings, broken }: Run): string[] {
  const where = `${target}, ${profile}, seed ${seed}`;
  return [
    ...findings.map(
      ({ id, verdict, reason, replay }) =>
        `${verdict.toUpperCase()} ${where}: ${id}: ${reason ?? ''}\n    ${replay}`,
    ),
    ...(broken === null ? [] : [`NOT JUDGED TO THE END ${where}: ${broken.trimEnd()}`]),
  ];
}
