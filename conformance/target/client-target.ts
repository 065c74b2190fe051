/** A client under test: coarse verbs, whether they are answered by a process or by an object in this one. */
import { findFault } from '../../reference/index.ts';
import { MalformedResult, shorten } from '../check.ts';
import type { Params, Result, Verb } from './verbs.ts';

/** The stage at which a client says that an error arose. */
export const STAGES = ['encoding', 'schema', 'auth', 'decrypt', 'state', 'network'] as const;

/** The client answered with an error, as a client may. */
export class VerbError extends Error {
  /** Where the client says that it arose. */
  readonly stage: string | undefined;
  /** Whether it knows no such verb, or no such step of it. */
  readonly unknown: boolean;
  constructor(message: string, stage: string | undefined, unknown = false) {
    super(message);
    this.name = 'VerbError';
    this.stage = stage;
    this.unknown = unknown;
  }
}

/** A client that can be called. */
export interface ClientTarget {
  /** What it is, for the report: the command, or a name. */
  readonly label: string;
  /**
   * @throws VerbError where the client answers with an error
   * @throws MalformedResult where it answers with a result that is not as the schema of the verb says
   * @throws TargetGone where it cannot be run, or does not keep to the adapter protocol
   */
  call<V extends Verb>(verb: V, params: Params<V>): Promise<Result<V>>;
  /** What it wrote to standard error output, the end of it where it was more than a mebibyte; absent where it has none. */
  readonly stderr?: () => string;
  /** Ends the client, so that the next call starts it again; absent where that makes no difference. */
  readonly restart?: () => Promise<void>;
  /** Ends the client. */
  close(): Promise<void>;
}

/** The result of a verb, from whatever the client answered with. @throws MalformedResult */
export function checkedResult<V extends Verb>(verb: V, result: unknown): Result<V> {
  const fault = findFault(`adapter-${verb}#/$defs/result`, result);
  if (fault === undefined) return result as Result<V>;
  const shown = result === undefined ? 'nothing' : shorten(JSON.stringify(result));
  throw new MalformedResult(
    `the adapter answered ${verb} with ${shown}: ${fault.pointer || 'the result'} ${fault.reason}`,
    fault,
  );
}
