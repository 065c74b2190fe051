/** What the doctor found of one use of a verb, in words: what came, and what to do next. */
import { MalformedResult, shorten, TargetGone } from '../check.ts';
import { nameOf, type Capability, type Use } from '../contract/capabilities.ts';
import { VerbError } from '../target/client-target.ts';
import { Untried, Untrue } from './complaint.ts';

/**
 * `works`; `broken`: declared, and does not work, or the client was gone; `blocked`: declared, and builds on something that
 * does not work; `undeclared`: works, and the suite will not ask for it; `absent`: neither declared nor there; `unasked`: no
 * verb shows it.
 */
export type FindingState = 'works' | 'broken' | 'blocked' | 'undeclared' | 'absent' | 'unasked';

/** What was found of one use of a verb. */
export interface VerbFinding {
  /** The verb, with the parameter where it belongs to several capabilities: `changePassword with newEmail`; empty where no verb shows the capability. */
  readonly use: string;
  /** The capability that it belongs to; empty for `describe`. */
  readonly capability: string;
  /** Whether the client declares that. */
  readonly declared: boolean;
  /** What it comes to. */
  readonly state: FindingState;
  /** What came, in a few words. */
  readonly came: string;
  /** What to do about it, in a sentence; undefined where there is nothing to do. */
  readonly next: string | undefined;
}

/** Whether something has to be done before the client is judged. */
export const isUnwell = ({ state }: VerbFinding): boolean => state === 'broken' || state === 'blocked';

/** How the use of a verb ended. */
export interface Outcome {
  readonly use: Use;
  readonly capability: Capability;
  readonly declared: readonly string[];
  /** What was thrown; undefined where it works. */
  readonly error: unknown;
  /** The last call that the server answered, such as `POST /auth/login-a 401`; empty where there was none. */
  readonly lastCall: string;
}

/** @throws whatever is no answer of a client */
export function findingOf(outcome: Outcome): VerbFinding {
  const { use, capability, error } = outcome;
  const declared = outcome.declared.includes(capability.name);
  const row = { use: nameOf(use), capability: capability.name, declared };
  if (error === undefined) {
    const came = 'a result as its schema says';
    if (declared) return { ...row, state: 'works', came, next: undefined };
    const next = `${row.use} works: add ${capability.name} to the capabilities of describe, and it is judged.`;
    return { ...row, state: 'undeclared', came, next };
  }
  if (isLoss(error)) return { ...row, state: 'broken', ...loss(use, declared, error) };
  const { came, next } = complaint(outcome);
  if (!declared) return { ...row, state: 'absent', came, next: undefined };
  return { ...row, state: error instanceof Untried ? 'blocked' : 'broken', came, next };
}

/** Whether the client was gone: that breaks the protocol at a verb that is not declared, too. */
const isLoss = (error: unknown): error is TargetGone =>
  error instanceof TargetGone && !(error instanceof MalformedResult);

type Words = Pick<VerbFinding, 'came' | 'next'>;

const loss = ({ verb }: Use, declared: boolean, { message }: TargetGone): Words => ({
  came: shorten(message, 400),
  next: declared
    ? `Keep to the protocol of conformance/ADAPTER.md at ${verb}: one answer a call, on a line of its own.`
    : `Answer ${verb}, which is not declared, with the error -32601, and go on.`,
});

function complaint({ use, capability, declared, error, lastCall }: Outcome): Words {
  const schema = `spec/schemas/adapter-${use.verb}.schema.json`;
  if (error instanceof VerbError) return refusal(error, schema, { use, capability, lastCall });
  if (error instanceof Untried) {
    const lacking = (capability.needs ?? []).filter((name) => !declared.includes(name));
    const others = lacking.join(' and ');
    const next = `${capability.name} says nothing without ${others}: declare that too, or neither.`;
    return { came: error.message, next: lacking.length === 0 ? undefined : next };
  }
  if (error instanceof Untrue) return { came: error.message, next: untrue(use, schema) };
  if (!(error instanceof MalformedResult)) throw error as Error;
  const fault = `${error.fault.pointer || 'the result'} ${error.fault.reason}`;
  return { came: `a result in which ${fault}`, next: `Answer ${use.verb} as ${schema} says: ${fault}.` };
}

/** Verbs that compute, and have known answers. */
const COMPUTING: readonly string[] = ['derive', 'accept'];

const untrue = (use: Use, schema: string): string =>
  COMPUTING.includes(use.verb)
    ? `Hold ${use.verb} to the known answers: e2ee-sync vectors verify -- COMMAND names each that it misses.`
    : `Answer ${nameOf(use)} only when it is done, with what was done: see ${schema}.`;

function refusal(
  { message, stage, unknown }: VerbError,
  schema: string,
  { use, capability: { name }, lastCall }: Pick<Outcome, 'use' | 'capability' | 'lastCall'>,
): Words {
  if (unknown)
    return {
      came: 'no such verb (-32601)',
      next: `Answer ${use.verb} as ${schema} says, or take ${name} out of the capabilities of describe.`,
    };
  const at = stage === undefined ? 'without a stage' : `at stage ${stage}`;
  const after = lastCall === '' ? 'without a call to the server' : `after ${lastCall}`;
  return {
    came: `an error ${at}, ${after}: «${shorten(message, 200)}»`,
    next: `Make ${nameOf(use)} succeed with an honest server: it ended in an error ${at}, ${after}.`,
  };
}
