/**
 * Whether calls that ran side by side can have happened one after the other. Each call takes effect at points between
 * its request and its answer: in stages, within a stage in any order. What chapters 7 to 9 ask to be one step is one
 * point; what they leave open, such as whether a session is looked for in the same step, are several.
 */
import type { State } from './state.ts';

/** One step of a call on what the server knows: what it knows then, or, where the answer does not fit, what had to be answered. */
export type Point = (state: State) => State | string;

/** A call that was answered. */
export interface Answered {
  readonly stages: readonly (readonly Point[])[];
  /** Milliseconds, by one clock for all calls. */
  readonly began: number;
  readonly ended: number;
}

/** How far the calls are: for each the stage, and which of its points are behind. */
type Progress = readonly { readonly stage: number; readonly done: number }[];

export interface Explanation {
  /** What the server knows afterwards; undefined where no order explains the answers. */
  readonly state: State | undefined;
  /** What did not fit in the order that explained most. */
  readonly unexplained: string;
}

/**
 * Searches for an order of all points that explains every answer, and what was seen when all were there. A call that
 * was answered before another began comes before it.
 *
 * @param seen - each must hold of what the server knows in the end
 */
export function explain(start: State, calls: readonly Answered[], seen: readonly Point[]): Explanation {
  const tried = new Set<string>();
  let deepest = -1;
  let unexplained = '';
  const misfit = (depth: number, text: string): void => {
    if (depth > deepest) [deepest, unexplained] = [depth, text];
  };

  /** The state where everything that was seen fits. */
  const ending = (state: State, depth: number): State | undefined => {
    const misfits = seen.map((point) => point(state)).filter((outcome) => typeof outcome === 'string');
    if (misfits[0] === undefined) return state;
    misfit(depth + seen.length - misfits.length, misfits[0]);
    return undefined;
  };

  const search = (state: State, progress: Progress, depth: number): State | undefined => {
    const key = JSON.stringify([progress, state]);
    if (tried.has(key)) return undefined;
    tried.add(key);
    const nexts = nextPoints(calls, progress);
    if (nexts.length === 0) return ending(state, depth);
    for (const { point, next } of nexts) {
      const outcome = point(state);
      if (typeof outcome === 'string') {
        misfit(depth, outcome);
        continue;
      }
      const end = search(outcome, next, depth + 1);
      if (end !== undefined) return end;
    }
    return undefined;
  };

  const beginning = calls.map(() => ({ stage: 0, done: 0 }));
  return { state: search(start, beginning, 0), unexplained };
}

/** What may happen next, and how far the calls are then. */
const nextPoints = (
  calls: readonly Answered[],
  progress: Progress,
): readonly { readonly point: Point; readonly next: Progress }[] =>
  calls.flatMap((call, i) => {
    const points = mayGoOn(calls, progress, i) ? (call.stages[progress[i]?.stage ?? 0] ?? []) : [];
    return points.flatMap((point, n) => {
      const next = afterPoint(calls, progress, i, n);
      return next === undefined ? [] : [{ point, next }];
    });
  });

const isOver = (calls: readonly Answered[], progress: Progress, i: number): boolean =>
  (progress[i]?.stage ?? 0) >= (calls[i]?.stages.length ?? 0);

/** Whether a call has points left, and none that was answered before it began has. */
function mayGoOn(calls: readonly Answered[], progress: Progress, i: number): boolean {
  const began = calls[i]?.began ?? 0;
  return (
    !isOver(calls, progress, i) &&
    calls.every(({ ended }, other) => ended >= began || isOver(calls, progress, other))
  );
}

/** The progress when a point is behind; undefined where it was before. */
function afterPoint(
  calls: readonly Answered[],
  progress: Progress,
  i: number,
  n: number,
): Progress | undefined {
  const { stage = 0, done = 0 } = progress[i] ?? {};
  if ((done & (1 << n)) !== 0) return undefined;
  const all = (1 << (calls[i]?.stages[stage]?.length ?? 0)) - 1;
  const now = done | (1 << n);
  const next = now === all ? { stage: stage + 1, done: 0 } : { stage, done: now };
  return progress.map((one, other) => (other === i ? next : one));
}
