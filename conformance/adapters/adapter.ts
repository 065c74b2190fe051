/**
 * The adapter side of the pipe: reads JSON-RPC 2.0 requests from stdin, one a line, and writes one answer a line to
 * stdout, in order. From the moment this file is loaded the console prints to stderr: stdout belongs to the answers.
 */
import { Console } from 'node:console';
import type { STAGES } from '../target/client-target.ts';
import type { Params, Result, Verb } from '../target/verbs.ts';

globalThis.console = new Console(process.stderr);

/** What answers each verb; one that is left out is answered with «unknown verb». */
export type AdapterVerbs = { readonly [V in Verb]?: (params: Params<V>) => Result<V> | Promise<Result<V>> };

export type Stage = (typeof STAGES)[number];

/** Why a verb failed, and at which stage. */
export class AdapterError extends Error {
  readonly stage: Stage;
  constructor(stage: Stage, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AdapterError';
    this.stage = stage;
  }
}

/** `accept` was asked for a step that the client has no use for, such as one of a server. */
export class UnknownStep extends Error {
  constructor(step: string) {
    super(`unknown step ${step}`);
    this.name = 'UnknownStep';
  }
}

/** Runs one step of a flow; whatever it throws is reported with this stage. */
export async function atStage<T>(stage: Stage, step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    throw new AdapterError(stage, messageOf(cause), { cause });
  }
}

/**
 * Answers until stdin closes. Lines end with `\n` and nothing else: U+2028 may stand in the text of a request.
 *
 * @example
 * await runAdapter({ describe: () => ({ name: 'mine', version: '1', profiles: ['documented'], capabilities: ['account'] }) });
 */
export async function runAdapter(verbs: AdapterVerbs): Promise<void> {
  process.stdin.setEncoding('utf8');
  let rest = '';
  for await (const chunk of process.stdin as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines)
      process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...(await answer(verbs, line)) })}\n`);
  }
}

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

type AnyVerb = (params: unknown) => unknown;

async function answer(verbs: AdapterVerbs, line: string): Promise<object> {
  let request: Request;
  try {
    request = JSON.parse(line) as Request;
  } catch {
    return { id: null, error: { code: -32700, message: 'not JSON' } };
  }
  const { id, method, params } = request;
  const verb = (Object.hasOwn(verbs, method) ? verbs[method as Verb] : undefined) as AnyVerb | undefined;
  if (verb === undefined) return { id, error: { code: -32601, message: `unknown verb ${method}` } };
  try {
    return { id, result: await verb(params) };
  } catch (error) {
    if (error instanceof UnknownStep) return { id, error: { code: -32601, message: error.message } };
    const data = stageOf(error);
    return { id, error: { code: -32000, message: messageOf(error), ...(data && { data }) } };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const stageOf = (error: unknown): { stage: unknown } | undefined =>
  error instanceof Error && 'stage' in error ? { stage: error.stage } : undefined;
