/**
 * Runs the command line, from the build in `dist`, as a user does. What it starts is marked in its environment, so
 * that a process that outlives the run is found, and ended.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './root.ts';

const MARK = 'E2EE_SYNC_TEST_RUN';
/** Options of `env`: the test runner would load itself into every process that is started. */
export const PLAIN = ['-u', 'NODE_OPTIONS', '-u', 'NODE_V8_COVERAGE'];

/** Whether this system shows its processes as files; without, nothing is said of memory and of what is left. */
export const hasProc = process.platform === 'linux';

export interface CliRun {
  /** The exit status; null where the run did not end in time and was ended. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The most memory that the suite's own process held, in MiB; 0 without `/proc`. */
  readonly peak: number;
  /** The commands of processes that the run left behind. They are ended by now. */
  readonly left: readonly string[];
}

export interface CliOptions {
  /** Milliseconds after which the run is ended; 60 000 by default. */
  readonly timeout?: number;
  /** What the run reads on its standard input. */
  readonly input?: string;
  /** What its environment has besides that of the test. */
  readonly env?: Readonly<Record<string, string>>;
  /** Told all that was printed so far, whenever more comes, with the process id of the suite. */
  readonly onOutput?: (stdout: string, pid: number) => void;
}

/**
 * @example
 * const { status, stdout } = await runCli(['list']);
 */
export async function runCli(
  args: readonly string[],
  { timeout = 60_000, input = '', env = {}, onOutput }: CliOptions = {},
): Promise<CliRun> {
  const mark = randomUUID();
  const command = [process.execPath, `${root}/conformance/cli/e2ee-sync.cjs`, ...args];
  const given = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const child = spawn('env', [...PLAIN, ...given, ...command], {
    cwd: root,
    env: { ...process.env, [MARK]: mark },
  });
  const { pid = 0 } = child;
  let [stdout, stderr, peak] = ['', '', 0];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    onOutput?.(stdout, pid);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined); // a run that reads nothing may end before it
  child.stdin.end(input);
  const limit = setTimeout(() => child.kill('SIGKILL'), timeout);
  const watch = setInterval(() => (peak = Math.max(peak, peakOf(pid))), 20);
  const status = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
    // A process that is left behind may hold the pipes open.
    child.once('exit', (code) => setTimeout(done, 500, code));
  });
  clearTimeout(limit);
  clearInterval(watch);
  const left = await endMarked(mark);
  return { status, stdout, stderr, peak, left };
}

/** A file of `/proc`; empty where the process is gone. */
function procFile(pid: number | string, name: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** VmHWM in MiB. */
const peakOf = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(procFile(pid, 'status'))?.[1] ?? 0) / 1024;

/** Whether a process runs; one that has ended and was not waited for does not. */
export const isAlive = (pid: number): boolean =>
  pid > 0 && !['', 'Z', 'X'].includes(/^State:\s+(\w)/m.exec(procFile(pid, 'status'))?.[1] ?? '');

/** Ends what still carries the mark a moment after the run. @returns the commands */
async function endMarked(mark: string): Promise<string[]> {
  for (let tries = 0; tries < 20 && marked(mark).length > 0; tries++) await sleep(50);
  return marked(mark).map((pid) => {
    const command = procFile(pid, 'cmdline').replaceAll('\0', ' ').trim();
    process.kill(pid, 'SIGKILL');
    return `${String(pid)} ${command}`;
  });
}

function marked(mark: string): number[] {
  if (!hasProc) return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const ours = pids.filter((pid) => procFile(pid, 'environ').includes(`${MARK}=${mark}`));
  return ours.map(Number).filter(isAlive);
}
