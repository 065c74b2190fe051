/**
 * The suite as a library: targets, the functions that judge them, and what comes of it.
 *
 * @module e2ee-sync/conformance
 */
export {
  Blocked,
  Failure,
  MalformedResult,
  TargetGone,
  type Check,
  type Explain,
  type Finding,
} from './check.ts';
export { applyBaseline, type Baseline } from './baseline.ts';
export type { TimeSpent } from './client/time-spent.ts';
export { describe, judgeClient, judgeServer, type JudgeOptions, type Politeness } from './judge.ts';
export type { LeftAccount } from './server/bench/clearing.ts';
export {
  createInProcessTarget,
  type AllVerbs,
  type FlowVerbs,
  type VerbTable,
} from './target/in-process-target.ts';
export { examine, type ExamineOptions } from './doctor/examine.ts';
export { isUnwell, type FindingState, type VerbFinding } from './doctor/finding.ts';
export { referenceVerbs, type ReferenceOverrides } from './target/reference-target.ts';
export type { Indication, IndicationStatistics } from './indication.ts';
export type { Progress } from './run.ts';
export { createProcessTarget, type ProcessOptions } from './target/process-target.ts';
export { VerbError, type ClientTarget } from './target/client-target.ts';
export type * from './target/verbs.ts';
export type {
  Confirming,
  Mailbox,
  NotConfirming,
  ServerTarget,
  WithoutMail,
} from './target/server-target.ts';
export { formatResult } from './report/text.ts';
export {
  EXIT,
  isRed,
  summarize,
  type CheckResult,
  type ExitStatus,
  type Role,
  type Summary,
  type Verdict,
} from './verdict.ts';
