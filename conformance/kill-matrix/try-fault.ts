/** Lets the suite judge what has a fault: first by the checks that should find it, then by the others. */
import { TargetGone } from '../check.ts';
import { listedChecks } from '../catalogue.ts';
import type { CheckResult } from '../verdict.ts';
import type { FaultyPeer } from './faulty-peer.ts';
import { among, judgesOf, type Judge } from './judges.ts';
import { lineOf } from './line.ts';
import type { Row } from './row.ts';
import type { Excuse } from './wire.ts';

/**
 * @param checks - those to judge by; all by default
 * @param recorded - ids of those that killed it before: where all of them do again, no other is asked
 * @throws Error where the suite itself fails
 */
export async function tryFault(
  peer: FaultyPeer,
  checks: readonly Judge[] = listedChecks,
  recorded: readonly string[] = [],
): Promise<Row> {
  const { id, role, requirement } = peer;
  const { bound, others } = judgesOf(peer, checks);
  const noKill = { id, role, requirement, killedBy: [], caughtBy: [] };

  const again = await failuresOf(
    peer,
    bound.filter((check) => recorded.includes(check.id)),
  );
  const fail = idsOf(again);
  if (isFound(again) && recorded.every((name) => fail.includes(name))) return killedBy(noKill, again);

  const killing = await failuresOf(peer, bound);
  if (isFound(killing)) return killedBy(noKill, killing);
  const excuse = await excuseFor(peer, checks);
  if (excuse !== undefined) return { ...noKill, status: excuse.status, says: excuse.why };
  const tries = triesFor(peer);
  for (let tried = 2; tried <= tries; tried++) {
    const killing = await failuresOf(peer, bound);
    if (isFound(killing)) return { ...killedBy(noKill, killing), tried };
  }

  const catching = await failuresOf(peer, others);
  if (!isFound(catching)) return { ...noKill, status: 'survived', says: null };
  return { ...noKill, caughtBy: idsOf(catching), status: 'caught elsewhere', says: lineOf(catching[0]) };
}

/** The failures of a judgement, one at least. */
type Found = readonly [CheckResult, ...CheckResult[]];

const isFound = (failures: readonly CheckResult[]): failures is Found => failures.length > 0;

const killedBy = (row: Pick<Row, 'id' | 'role' | 'requirement' | 'caughtBy'>, killing: Found): Row => ({
  ...{ ...row, killedBy: idsOf(killing), status: 'killed', says: lineOf(killing[0]) },
});

/** What shows every time is found at once, or not at all. */
const triesFor = ({ tries = 1, isChance = () => true }: FaultyPeer): number => (isChance() ? tries : 1);

/** Its excuse, where it has one and no check notices it: whatever was computed, what a check notices somebody can tell. */
async function excuseFor(peer: FaultyPeer, checks: readonly Judge[]): Promise<Excuse | undefined> {
  const { role, excusable } = peer;
  const excuse = excusable?.excuse();
  if (excusable === undefined || excuse === undefined) return undefined;
  const noticing = await failuresOf(peer, among(checks, role, excusable.unnoticedBy));
  return noticing.length === 0 ? excuse : undefined;
}

const idsOf = (results: readonly CheckResult[]): string[] => results.map(({ id }) => id);

/** The results that are failures: a check whose twin does not pass is blocked, and has found nothing. */
async function failuresOf(peer: FaultyPeer, checks: readonly Judge[]): Promise<CheckResult[]> {
  const failures: CheckResult[] = [];
  if (checks.length === 0) return failures;
  try {
    for await (const result of peer.judge(checks.map(({ id }) => id).join(',')))
      if (result.verdict === 'fail') failures.push(result);
  } catch (error) {
    // What cannot be run to the end has been judged by what came before.
    if (!(error instanceof TargetGone)) throw error;
  }
  return failures;
}
