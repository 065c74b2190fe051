/**
 * Processes that have left the group of the one that started them: they carry its mark in their environment, and are
 * found by it where the system shows that (Linux).
 */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** The variable that every process of the suite, and what that starts, has in its environment. */
const VARIABLE = 'E2EE_SYNC_STARTED';

/** A value of the variable that no other process has. */
export const newMark = (): string => randomUUID();

/** An environment with the mark. */
export const marked = (environment: NodeJS.ProcessEnv, mark: string): NodeJS.ProcessEnv => ({
  ...environment,
  [VARIABLE]: mark,
});

/** Ends every process that carries the mark. */
export function killMarked(mark: string): void {
  for (const pid of pids())
    if (environmentOf(pid).includes(`${VARIABLE}=${mark}\0`))
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // already gone
      }
}

function pids(): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

/** Empty where the process is gone, or is another user's. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/environ`, 'utf8');
  } catch {
    return '';
  }
}
