/** A client under test in a process of its own: JSON-RPC 2.0, one object a line, on stdin and stdout. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { findFault } from '../../reference/index.ts';
import { shorten, TargetGone } from '../check.ts';
import { VerbError, type ClientTarget, type Params, type Result, type Verb } from './client-target.ts';
import { LineReader } from './lines.ts';

/** How to start and how long to wait. */
export interface ProcessOptions {
  /** The command and its arguments. */
  readonly command: readonly string[];
  /** Milliseconds that one call may take. */
  readonly timeout: number;
}

/** The longest line that an adapter may print, in bytes. */
const LONGEST_LINE = 16 * 1024 * 1024;
/** How much of stderr is kept for the report, in characters. */
const STDERR_KEPT = 2_000;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;
interface Response {
  readonly id: number;
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
  return {
    label,
    async call<V extends Verb>(verb: V, params: Params<V>): Promise<Result<V>> {
      running ??= start(command);
      return readResult(verb, await running.request(verb, params, timeout));
    },
    async close() {
      await running?.stop();
    },
  };
}

function readResult<V extends Verb>(verb: V, { result, error }: Response): Result<V> {
  if (error !== undefined) throw new VerbError(error.message, error.data?.stage);
  const fault = findFault(`adapter-${verb}#/$defs/result`, result);
  if (fault === undefined) return result as Result<V>;
  throw new TargetGone(
    `the adapter answered ${verb} with ${shorten(JSON.stringify(result))}: ${fault.pointer || 'the result'} ${fault.reason}`,
  );
}

interface Running {
  request(verb: Verb, params: unknown, timeout: number): Promise<Response>;
  stop(): Promise<void>;
}

/** A group of its own, so that what the adapter starts can be ended with it. */
function start(command: readonly string[]): Running {
  const [program = '', ...args] = command;
  const child: Child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  let nextId = 1;
  let gone: TargetGone | undefined;
  let waiting:
    { id: number; done: (response: Response) => void; fail: (error: TargetGone) => void } | undefined;
  let stderr = '';

  const fail = (message: string): void => {
    gone ??= new TargetGone(
      stderr === '' ? message : `${message}; its stderr ends: ${shorten(stderr.trim(), 400)}`,
    );
    killGroup(child);
    waiting?.fail(gone);
    waiting = undefined;
  };

  const accept = (line: string): void => {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      fail(`the adapter printed a line that is not JSON: ${shorten(line)}`);
      return;
    }
    const fault = findFault('adapter-response', message);
    const { id } = message as Response;
    if (fault !== undefined)
      fail(`the adapter printed ${shorten(line)}: ${fault.pointer || 'the line'} ${fault.reason}`);
    else if (waiting?.id !== id) fail(`the adapter answered request ${String(id)}, which nobody waits for`);
    else {
      const { done } = waiting;
      waiting = undefined;
      done(message as Response);
    }
  };

  const lines = new LineReader(LONGEST_LINE, accept, (reason) => {
    fail(`the adapter printed ${reason}`);
  });
  child.stdout.on('data', (chunk: Buffer) => {
    if (gone === undefined) lines.push(chunk);
  });
  child.stderr.on(
    'data',
    (chunk: Buffer) => (stderr = (stderr + chunk.toString('utf8')).slice(-STDERR_KEPT)),
  );
  child.stdin.on('error', () => undefined); // a closed pipe shows as the end of the process
  child.once('error', (error) => {
    fail(`the adapter could not be started: ${error.message}`);
  });
  const ended = new Promise<void>((done) =>
    child.once('close', (code, signal) => {
      fail(`the adapter ended ${signal === null ? `with status ${String(code)}` : `by ${signal}`}`);
      done();
    }),
  );

  return {
    async request(verb, params, timeout) {
      if (gone !== undefined) throw gone;
      const id = nextId++;
      const timer = setTimeout(() => {
        fail(`the adapter did not answer ${verb} within ${String(timeout / 1000)} seconds`);
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
      }, 500);
      await ended;
      clearTimeout(timer);
      killGroup(child);
    },
  };
}

/** Ends the process and whatever it started. */
function killGroup(child: Child): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // already gone
  }
}
