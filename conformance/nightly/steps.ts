/** What else is done at night: what the gate tries a sample of, whole. Each is a script of `package.json`. */
import { spawnSync } from 'node:child_process';
import { root } from './programs.ts';

interface Step {
  readonly what: string;
  readonly script: readonly string[];
}

/** Another one each day, and one that whoever reads of it can use again. */
function seedOf(day: Date): string {
  return String(Math.floor(day.getTime() / 86_400_000));
}

const STEPS: readonly Step[] = [
  { what: 'the tests, with many cases', script: ['test'] },
  { what: 'the long tests, with many cases', script: ['test:long'] },
  { what: 'every fault against the suite', script: ['kill-matrix', '--', '--fresh', '--check'] },
  {
    what: 'every fault against the suite, with everything drawn otherwise',
    script: ['kill-matrix', '--', '--seed', seedOf(new Date())],
  },
  // Without --fresh it goes on where it was.
  {
    what: 'every written fault in the other profile too',
    script: ['kill-matrix', '--', '--profile', 'deployed', '--check'],
  },
  { what: 'how many mistakes a failure names', script: ['diagnosis-score', '--', '--check'] },
];

/** @returns the scripts that failed */
export function runSteps(say: (line: string) => void): string[] {
  return STEPS.flatMap(({ what, script }) => {
    const command = `npm run ${script.join(' ')}`;
    say(`${what}: SLOW=1 ${command}`);
    const begin = performance.now();
    // A test may take as long as its cases do.
    const env = { ...process.env, SLOW: '1', TAP_TIMEOUT: '7200' };
    const { status } = spawnSync('npm', ['run', ...script], { cwd: root, stdio: 'inherit', env });
    const minutes = ((performance.now() - begin) / 60_000).toFixed(1);
    say(`${what}: ${status === 0 ? 'ok' : `FAILED with ${String(status)}`} after ${minutes} minutes`);
    return status === 0 ? [] : [command];
  });
}
