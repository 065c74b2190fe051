/**
 * Several processes that judge faults. Within a process they are judged one after the other: what has a fault may keep
 * what runs beside it from answering in time.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer } from './answering.ts';

/** Milliseconds within which a fault is judged: many times what the slowest takes. */
const PATIENCE = 900_000;

/** The processes that there are, each a file of this folder: what it judges, and what comes of that. */
export type Worker = 'worker.js' | 'control-worker.js' | 'telling-worker.js';

/**
 * @param worker - the process
 * @param ids - of faults, in the order in which they are begun
 * @param onRow - told of each when it is judged
 * @param words - for the command line of the process
 * @returns the rows in the order of `ids`
 * @throws Error for a fault that could not be judged, with its id
 */
export async function judgeAll<Row>(
  worker: Worker,
  ids: readonly string[],
  jobs: number,
  onRow: (row: Row, seconds: number) => void,
  words: readonly string[] = [],
): Promise<Row[]> {
  const waiting = [...ids];
  const rows = new Map<string, Row>();
  const work = async (): Promise<void> => {
    const child = fork(fileURLToPath(new URL(worker, import.meta.url)), [...words]);
    try {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        const begin = performance.now();
        const row = await ask<Row>(child, id);
        rows.set(id, row);
        onRow(row, (performance.now() - begin) / 1000);
      }
    } finally {
      waiting.length = 0;
      child.kill();
    }
  };
  if (!(jobs >= 1)) throw new Error(`${jobs} processes judge nothing`);
  await Promise.all(Array.from({ length: Math.min(jobs, ids.length) }, work));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

async function ask<Row>(child: ChildProcess, id: string): Promise<Row> {
  const enough = new AbortController();
  const { signal } = enough;
  const late = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  try {
    const answered = Promise.race([
      once(child, 'message', { signal: late }).then(([answer]) => answer as Answer<Row>),
      once(child, 'exit', { signal: late }).then(([code]): Answer<Row> => ({
        error: `the process ended: ${code}`,
      })),
    ]);
    child.send(id);
    const answer = await answered;
    if ('row' in answer) return answer.row;
    throw new Error(answer.error);
  } catch (error) {
    throw new Error(`${id} could not be judged: ${(error as Error).message}`, { cause: error });
  } finally {
    enough.abort();
  }
}
