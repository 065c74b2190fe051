/** A client under test as an implementation that vectors are held against, through `derive` and `accept`. */
import type { ProfileName } from '../../reference/index.ts';
import { VerbError, type ClientTarget } from '../target/client-target.ts';
import type { Vector } from './files.ts';
import type { Attempt, Implementation } from './verify.ts';

/**
 * Several processes of one client, each asked one thing at a time.
 *
 * @param capabilities - what the client declares: `derive` for what is computed, `accept` for what is received,
 *   `ill-formed-text` for text with half of a surrogate pair
 */
export function targetImplementation(
  targets: readonly ClientTarget[],
  capabilities: readonly string[],
): Implementation<Attempt> {
  const idle = createPool(targets);
  const answers = new Map<string, Promise<Attempt>>();
  return async (profile, vector) => {
    const missing = neededFor(vector).find((capability) => !capabilities.includes(capability));
    if (missing !== undefined) return { skipped: missing };
    const request = JSON.stringify([profile, vector.step, vector.inputs]);
    const answer = answers.get(request) ?? idle((target) => ask(target, profile, vector));
    answers.set(request, answer);
    return judged(vector, await answer);
  };
}

function neededFor({ step, inputs }: Vector): string[] {
  if (step === 'log-in') return ['a login that is played from a vector'];
  if (step !== 'derive') return ['accept'];
  const texts = Object.values(inputs).filter((value) => typeof value === 'string');
  return texts.every((text) => text.isWellFormed()) ? ['derive'] : ['derive', 'ill-formed-text'];
}

async function ask(target: ClientTarget, profile: ProfileName, { step, inputs }: Vector): Promise<Attempt> {
  try {
    const { values } =
      step === 'derive'
        ? await target.call('derive', { profile, given: inputs })
        : await target.call('accept', { profile, step, given: inputs });
    return { values };
  } catch (error) {
    if (!(error instanceof VerbError)) throw error;
    if (error.unknown) return { skipped: step };
    return { refusal: error.message, ...(error.stage !== undefined && { stage: error.stage }) };
  }
}

/**
 * A client is held to what it computes: one side of a login has no use for some values of the other, and few libraries
 * take the seed of a link.
 */
function judged({ result, outputs, intermediates }: Vector, attempt: Attempt): Attempt {
  if (!('values' in attempt) || result === 'invalid') return attempt;
  const { values } = attempt;
  const leavesOut = Object.keys(outputs).filter((name) => values[name] === undefined);
  const some = Object.keys({ ...intermediates, ...outputs }).some((name) => values[name] !== undefined);
  return some ? { values, leavesOut } : { skipped: leavesOut.join(', ') };
}

/** Hands out what is idle; whoever comes when nothing is waits. */
function createPool(targets: readonly ClientTarget[]) {
  const idle = [...targets];
  const waiting: ((target: ClientTarget) => void)[] = [];
  return async <T>(use: (target: ClientTarget) => Promise<T>): Promise<T> => {
    const target = idle.pop() ?? (await new Promise<ClientTarget>((take) => waiting.push(take)));
    try {
      return await use(target);
    } finally {
      const next = waiting.shift();
      if (next === undefined) idle.push(target);
      else next(target);
    }
  };
}
