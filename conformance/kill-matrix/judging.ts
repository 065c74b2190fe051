/** A part of a run: what is not remembered of it is judged in several processes, and is remembered then. */
import { openMemo } from './memo.ts';
import { judgeAll, type Worker } from './pool.ts';
import { createProgress } from './progress.ts';

/** How a run is made. */
export interface Judging {
  /** So many processes. */
  readonly jobs: number;
  /** Forgets what came of it before. */
  readonly fresh: boolean;
  /** Says how long each took. */
  readonly verbose: boolean;
}

/** What is judged. */
export interface Part<Row> {
  /** What it is, and what it should come to: `faults`, `killed`. */
  readonly words: readonly [string, string];
  /** Of the memo. */
  readonly memo: string;
  readonly worker: Worker;
  /** For the command line of the process. */
  readonly args?: readonly string[];
  /** In the order in which they are begun. */
  readonly ids: readonly string[];
  /** What a row came to, in words. */
  readonly came: (row: Row) => string;
}

/** @returns a row for each id */
export async function judgePart<Row extends { readonly id: string }>(
  { words, memo: name, worker, args, ids, came }: Part<Row>,
  { jobs, fresh, verbose }: Judging,
): Promise<ReadonlyMap<string, Row>> {
  const memo = openMemo<Row>(name);
  const unknown = ids.filter((id) => fresh || !memo.rows.has(id));
  const progress = createProgress(unknown.length, words, verbose);
  const tell = (row: Row, seconds: number): void => {
    memo.keep(row.id, row);
    progress.tell(row.id, came(row), came(row) === words[1], seconds);
  };
  await judgeAll<Row>(worker, unknown, jobs, tell, args);
  progress.end();
  const rows = new Map(ids.flatMap((id) => memo.rows.get(id) ?? []).map((row) => [row.id, row]));
  if (rows.size !== ids.length)
    throw new Error(`${ids.length} ${words[0]} were to be judged, and ${rows.size} were`);
  return rows;
}
