/** The suite as a library: targets, the functions that judge them, and what comes of it. */
export { Blocked, Failure, TargetGone, type Check, type Finding } from './check.ts';
export { applyBaseline, type Baseline } from './baseline.ts';
export { describe, judgeClient, judgeServer, type JudgeOptions } from './judge.ts';
export { createInProcessTarget, referenceVerbs, type VerbTable } from './target/reference-target.ts';
export { createProcessTarget, type ProcessOptions } from './target/process-target.ts';
export {
  VerbError,
  type ClientTarget,
  type Description,
  type Params,
  type Result,
  type Verb,
} from './target/client-target.ts';
export type { Mailbox, ServerTarget } from './target/server-target.ts';
export { EXIT, summarize, type CheckResult, type ExitStatus, type Summary, type Verdict } from './verdict.ts';
