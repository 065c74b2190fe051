/**
 * The controls of the kill matrix: who is right, judged by the very checks that judge a fault, and in the very way. A check
 * that fails them would fail anybody there, and has killed nobody.
 */
import { TargetGone } from '../check.ts';
import type { CheckResult } from '../verdict.ts';
import { judgesOf, type Judge } from './judges.ts';
import type { FaultyPeer } from './faulty-peer.ts';

/** Who is right, and the checks that may kill the faults beside it: those of one requirement. */
export interface Control {
  /** Of who is right, a space, and the requirement. */
  readonly id: string;
  /** Ids. */
  readonly checks: readonly string[];
  readonly judge: (only: string) => AsyncIterable<CheckResult>;
}

/** What came of a control. */
export interface ControlRow {
  readonly id: string;
  /** How many checks it passes. */
  readonly passed: number;
  /** The checks that it does not pass, each with what came of it. */
  readonly wrong: readonly string[];
}

/** Those of some faults, each once. @param checks - that judge them; all by default */
export function controlsOf(peers: readonly FaultyPeer[], checks?: readonly Judge[]): readonly Control[] {
  const controls = new Map<string, Control>();
  for (const peer of peers) {
    const { control, requirement } = peer;
    const id = `${control.id} ${requirement}`;
    const ids = controls.has(id) ? [] : judgesOf(peer, checks).bound.map((check) => check.id);
    if (ids.length > 0) controls.set(id, { id, checks: ids, judge: control.judge });
  }
  return [...controls.values()];
}

/** @throws Error where the suite itself fails */
export async function tryControl({ id, checks, judge }: Control): Promise<ControlRow> {
  let passed = 0;
  const wrong: string[] = [];
  try {
    for await (const { id, verdict, reason } of judge(checks.join(',')))
      if (verdict === 'pass') passed++;
      // What it does not declare kills nobody either.
      else if (verdict !== 'skipped') wrong.push(`${id} (${verdict}): ${reason ?? ''}`);
  } catch (error) {
    if (!(error instanceof TargetGone)) throw error;
    wrong.push(`it was not judged to the end: ${error.message}`);
  }
  return { id, passed, wrong };
}

/** How often a check passed. */
export const verdictsOf = (rows: readonly ControlRow[]): number =>
  rows.reduce((sum, { passed }) => sum + passed, 0);

export const isRight = ({ wrong }: ControlRow): boolean => wrong.length === 0;
