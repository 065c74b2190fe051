/** A client under test in a process of its own: JSON-RPC 2.0, one object a line, on stdin and stdout. */
import { findFault } from '../../reference/index.ts';
import { shorten, TargetGone } from '../check.ts';
import { redact } from '../redact.ts';
import { checkedResult, VerbError, type ClientTarget } from './client-target.ts';
import { closeGroup, killGroup, startGroup } from './group.ts';
import { killMarked, newMark } from './hidden.ts';
import { LIMITS } from './limits.ts';
import { LineReader } from './lines.ts';
import type { Params, Result, Verb } from './verbs.ts';

/** How to start and how long to wait. */
export interface ProcessOptions {
  /** The command and its arguments. */
  readonly command: readonly string[];
  /** Milliseconds that one call may take. */
  readonly timeout: number;
}

/** JSON-RPC: there is no such method. */
const UNKNOWN = -32601;
/** Milliseconds in which what a process printed at its end still arrives. */
const LAST_WORDS = 500;
/** How much of stderr is kept, to be searched for secrets, and to be reported; in characters. */
const LOG_KEPT = 1024 * 1024;
const STDERR_KEPT = 2_000;

interface Response {
  /** Null in an error about a line that the adapter could not read. */
  readonly id: number | null;
  readonly result?: unknown;
  readonly error?: {
    readonly code: number;
    readonly message: string;
    readonly data?: { readonly stage?: string };
  };
}

/** Starts the process at the first call. */
export function createProcessTarget({ command, timeout }: ProcessOptions): ClientTarget {
  const label = command.join(' ');
  let running: Running | undefined;
  let log = '';
  const hear = (text: string): void => void (log = (log + text).slice(-LOG_KEPT));
  return {
    label,
    stderr: () => log,
    async restart() {
      await running?.stop();
      running = undefined;
    },
    async call<V extends Verb>(verb: V, params: Params<V>): Promise<Result<V>> {
      running ??= start(command, hear);
      return readResult(verb, await running.request(verb, params, timeout));
    },
    async close() {
      await running?.stop();
    },
  };
}

function readResult<V extends Verb>(verb: V, { result, error }: Response): Result<V> {
  if (error !== undefined)
    throw new VerbError(shorten(error.message, 400), error.data?.stage, error.code === UNKNOWN);
  return checkedResult(verb, result);
}

function isDeeper(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return most === 0 || Object.values(value).some((member) => isDeeper(member, most - 1));
}

/** What is wrong with a line, and what to do about it where that does not say it. */
interface Unread {
  readonly wrong: string;
  readonly next?: string;
}

/** Of a line that is no answer at all. */
const NEXT =
  'print nothing but answers to standard output, and logs to standard error; e2ee-sync doctor -- COMMAND tries every verb';

/** @returns the answer in a line, or what is wrong with it */
function readResponse(line: string): Response | Unread {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return { wrong: `printed a line that is not JSON: ${shorten(line)}`, next: NEXT };
  }
  if (typeof message !== 'object' || message === null || Array.isArray(message))
    return { wrong: `printed a line that is not a JSON object: ${shorten(line)}`, next: NEXT };
  if (isDeeper(message, LIMITS.deepest.value))
    return { wrong: `printed a line that nests more than ${LIMITS.deepest.value} deep: ${shorten(line)}` };
  const fault = findFault('adapter-response', message);
  if (fault !== undefined)
    return { wrong: `printed ${shorten(line)}: ${fault.pointer || 'the line'} ${fault.reason}` };
  const response = message as Response;
  return response.id === null
    ? { wrong: `could not read a request: ${shorten(response.error?.message ?? '')}` }
    : response;
}

/** What was typed as a passphrase, as it is, without the white space around it, and as JSON has it. */
function passphrasesIn(params: unknown): readonly string[] {
  const typed = Object.entries(params as object).flatMap(([name, value]: [string, unknown]) =>
    /passphrase$/i.test(name) && typeof value === 'string' ? [value, value.trim()] : [],
  );
  return typed.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
}

interface Running {
  request(verb: Verb, params: unknown, timeout: number): Promise<Response>;
  stop(): Promise<void>;
}

function start(command: readonly string[], hear: (text: string) => void): Running {
  const [program = '', ...args] = command;
  const mark = newMark();
  const child = startGroup(program, args, { mark });
  let nextId = 1;
  let gone: TargetGone | undefined;
  let waiting:
    { id: number; done: (response: Response) => void; fail: (error: TargetGone) => void } | undefined;
  let stderr = '';
  const secrets = new Set<string>();

  const fail = (message: string, next?: string): void => {
    const end = stderr === '' ? '' : `; its stderr ends: ${shorten(redact(stderr.trim(), secrets), 400)}`;
    gone ??= new TargetGone(`${message}${end}${next === undefined ? '' : `. Next: ${next}`}`);
    killGroup(child);
    waiting?.fail(gone);
    waiting = undefined;
  };

  const accept = (line: string): void => {
    const response = readResponse(line);
    if ('wrong' in response) fail(`the adapter ${response.wrong}`, response.next);
    else if (waiting?.id !== response.id)
      fail(`the adapter answered request ${String(response.id)}, which nobody waits for`);
    else {
      const { done } = waiting;
      waiting = undefined;
      done(response);
    }
  };

  const lines = new LineReader(LIMITS.longestLine.value, accept, (reason) => {
    fail(`the adapter printed ${reason}`);
  });
  child.stdout.on('data', (chunk: Buffer) => {
    if (gone === undefined) lines.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    hear(chunk.toString('utf8'));
    stderr = (stderr + chunk.toString('utf8')).slice(-STDERR_KEPT);
  });
  child.stdin.on('error', () => undefined); // a closed pipe shows as the end of the process
  child.once('error', (error) => {
    fail(`the adapter could not be started: ${error.message}`);
  });
  const ended = new Promise<void>((done) => {
    const finish = (code: number | null, signal: string | null): void => {
      fail(`the adapter ended ${signal === null ? `with status ${String(code)}` : `by ${signal}`}`);
      done();
    };
    child.once('close', finish);
    // A process that it leaves behind may hold the pipes open for ever.
    child.once('exit', (code, signal) => setTimeout(finish, LAST_WORDS, code, signal).unref());
    child.once('error', () => {
      done();
    });
  });
  child.stdout.once('end', () => {
    setTimeout(fail, 2 * LAST_WORDS, 'the adapter closed its standard output').unref();
  });

  return {
    async request(verb, params, timeout) {
      if (gone !== undefined) throw gone;
      for (const secret of passphrasesIn(params)) secrets.add(secret);
      const id = nextId++;
      const timer = setTimeout(() => {
        const unfinished = lines.unfinished();
        const half = unfinished === '' ? '' : `; the line that it began has no end: ${shorten(unfinished)}`;
        fail(`the adapter did not answer ${verb} within ${String(timeout / 1000)} seconds${half}`);
      }, timeout);
      try {
        return await new Promise<Response>((done, failed) => {
          waiting = { id, done, fail: failed };
          child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method: verb, params })}\n`);
        });
      } finally {
        clearTimeout(timer);
      }
    },
    async stop() {
      child.stdin.end();
      const timer = setTimeout(() => {
        killGroup(child);
      }, LIMITS.farewell.value);
      await ended;
      clearTimeout(timer);
      closeGroup(child);
      killMarked(mark);
    },
  };
}
