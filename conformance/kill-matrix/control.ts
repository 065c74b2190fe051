/**
 * The controls of the kill matrix: who is right, judged by the very checks that judge a fault, and in the very way. A check
 * that fails them would fail anybody there, and has killed nobody.
 */
import { TargetGone } from '../check.ts';
import { judgesOf, type Judge } from './judges.ts';
import type { FaultyPeer, Peer } from './faulty-peer.ts';

/** Who is right, and some of the checks that may kill the faults beside it: those bound to one requirement first of all. */
export interface Control {
  /** Of who is right, a space, and the requirement. */
  readonly id: string;
  /** Ids. */
  readonly checks: readonly string[];
  readonly judge: Peer['judge'];
}

/** What came of a control. */
export interface ControlRow {
  readonly id: string;
  /** How many checks it passes. */
  readonly passed: number;
  /** The checks that it does not pass, each with what came of it. */
  readonly wrong: readonly string[];
}

/**
 * Those of some faults: each who is right is judged once by every check that may kill a fault beside it.
 *
 * @param checks - that judge them; all by default
 */
export function controlsOf(peers: readonly FaultyPeer[], checks?: readonly Judge[]): readonly Control[] {
  const controls = new Map<string, { judge: Control['judge']; checks: Set<string> }>();
  for (const peer of peers)
    for (const check of judgesOf(peer, checks).bound) {
      const id = controlId(peer, check);
      const control = controls.get(id) ?? { judge: peer.control.judge, checks: new Set() };
      controls.set(id, control);
      control.checks.add(check.id);
    }
  return [...controls].map(([id, { judge, checks }]) => ({ id, checks: [...checks], judge }));
}

/** Ids of the controls that have a check which may kill one of these faults. */
export const controlIdsOf = (peers: readonly FaultyPeer[]): readonly string[] => [
  ...new Set(peers.flatMap((peer) => judgesOf(peer).bound.map((check) => controlId(peer, check)))),
];

const controlId = ({ control }: FaultyPeer, { requirements: [first = ''] }: Judge): string =>
  `${control.id} ${first}`;

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
