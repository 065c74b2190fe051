/** Processes of the suite, each the head of a group of its own, so that what it starts ends with it, and with the suite. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { TargetGone } from '../check.ts';
import { killMarked, marked } from './hidden.ts';

export type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** With the mark of each. */
const running = new Map<Child, string>();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How a process is started. */
export interface Start {
  /** That of the suite where absent. */
  readonly environment?: NodeJS.ProcessEnv;
  /** What it and all that it starts are found by, wherever they have gone; see `hidden.ts`. */
  readonly mark: string;
}

/** @throws TargetGone for what cannot be a program */
export function startGroup(
  program: string,
  args: readonly string[],
  { environment = process.env, mark }: Start,
): Child {
  let child: Child;
  try {
    child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      env: marked(environment, mark),
    });
  } catch (error) {
    throw new TargetGone(`the adapter could not be started: ${(error as Error).message}`);
  }
  if (running.size === 0) {
    process.on('exit', killAll);
    for (const signal of SIGNALS) process.on(signal, killAllAndEnd);
  }
  running.set(child, mark);
  return child;
}

/** Ends the process and whatever it started, as far as it stayed in the group. */
export function killGroup(child: Child, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // already gone
  }
}

/** The same for a process that has ended; a process outside of the group may still hold its pipes. */
export function closeGroup(child: Child): void {
  killGroup(child);
  for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.destroy();
  running.delete(child);
  if (running.size > 0) return;
  process.off('exit', killAll);
  for (const signal of SIGNALS) process.off(signal, killAllAndEnd);
}

function killAll(): void {
  for (const [child, mark] of running) {
    killGroup(child);
    killMarked(mark);
  }
}

/** Signals do not reach the groups by themselves. */
function killAllAndEnd(signal: NodeJS.Signals): void {
  killAll();
  for (const name of SIGNALS) process.off(name, killAllAndEnd);
  process.kill(process.pid, signal);
}
