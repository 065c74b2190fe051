/** A client under test that is an object with the verbs, in this process. */
import { TargetGone } from '../check.ts';
import { checkedResult, STAGES, VerbError, type ClientTarget } from './client-target.ts';
import type { Params, Result, Verb } from './verbs.ts';

/** What answers each verb. */
export type AllVerbs = { readonly [V in Verb]: (params: Params<V>) => Promise<Result<V>> };

/** What answers each verb of a flow. */
export type FlowVerbs = Omit<AllVerbs, 'derive' | 'accept'>;

/** What answers each verb of a client that runs in this process; one may be left out that no declared capability needs. */
export type VerbTable = { readonly [V in Verb]?: (params: Params<V>) => Result<V> | Promise<Result<V>> };

/**
 * A client under test that is an object in this process. An error that a verb throws is the client's answer; its `stage`,
 * where it has one, is the stage of the answer.
 *
 * @param start - its verbs, or a function that makes them: once at the first call, and once more after each restart
 * @param stderr - what it wrote to a log so far, where it has one
 *
 * @example
 * const target = createInProcessTarget('my client', { describe: () => description, signup, login, whoami, logout });
 */
export function createInProcessTarget(
  label: string,
  start: VerbTable | (() => VerbTable),
  stderr?: () => string,
): ClientTarget {
  const create = typeof start === 'function' ? start : () => start;
  let verbs: VerbTable | undefined;
  return {
    label,
    async call(verb, params) {
      verbs ??= create();
      const answer = verbs[verb];
      if (answer === undefined) throw new VerbError(`unknown verb ${verb}`, undefined, true);
      let result: unknown;
      try {
        result = await answer(params);
      } catch (error) {
        throw error instanceof VerbError ? error : new VerbError(messageOf(error), stageOf(verb, error));
      }
      return checkedResult(verb, result);
    },
    ...(stderr !== undefined && { stderr }),
    ...(typeof start === 'function' && { restart: () => Promise.resolve(void (verbs = undefined)) }),
    close: () => Promise.resolve(),
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** @throws TargetGone for what is no stage */
function stageOf(verb: Verb, error: unknown): string | undefined {
  const stage: unknown = error instanceof Error && 'stage' in error ? error.stage : undefined;
  if (stage === undefined || STAGES.some((name) => name === stage)) return stage as string | undefined;
  throw new TargetGone(
    `the client answered ${verb} with an error at stage ${JSON.stringify(stage)}, expected ${STAGES.join(', ')}`,
  );
}
