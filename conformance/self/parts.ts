/**
 * The parts of `test self` side by side, each in a process of its own, and what they say in the order of the parts: it is the
 * same however many run at once.
 */
import { fork } from 'node:child_process';
import { EventEmitter, on, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Part } from './part.ts';
import type { Message, PartOptions } from './worker.ts';

/** What is told as it happens, whichever part it is of. */
type Running = Extract<Message, { kind: 'progress' }>;
/** What is kept until it is asked for. */
export type Said = Exclude<Message, Running>;

export interface Parts {
  /** All that a part says, but for its progress. */
  said(part: Part): AsyncIterable<Said>;
  /** Ends the processes that still run. */
  close(): void;
}

/** A part makes much that it does not keep: with more room for it less is copied. */
const EXEC_ARGV = [...process.execArgv, '--max-semi-space-size=64'];

/**
 * Begins the first parts, and one more whenever one has ended.
 *
 * @param jobs - how many run at once
 * @param onProgress - told how far a part has come
 */
export function beginParts(
  parts: readonly Part[],
  jobs: number,
  options: PartOptions,
  onProgress: (part: Part, running: Running['progress']) => void,
): Parts {
  const ending = new AbortController();
  const waiting = [...parts];
  const mailboxes = new Map(parts.map((part) => [part, createMailbox()]));
  const mailboxOf = (part: Part): Mailbox => mailboxes.get(part) ?? createMailbox();

  const run = async (part: Part): Promise<void> => {
    const child = fork(fileURLToPath(new URL('worker.js', import.meta.url)), { execArgv: EXEC_ARGV });
    const end = (): void => {
      if (child.connected) child.disconnect();
    };
    ending.signal.addEventListener('abort', end, { once: true });
    child.on('message', (message: Message) => {
      if (message.kind === 'progress') onProgress(part, message.progress);
      else mailboxOf(part).put(message);
      if (isLast(message)) end();
    });
    child.send({ part, options });
    const why = await once(child, 'exit').then(
      ([code, signal]) => `the process ended: ${String(signal ?? code)}`,
      (error: unknown) => `the process could not be run: ${(error as Error).message}`,
    );
    // Where it had said its last, nobody listens any more.
    mailboxOf(part).put({ kind: 'error', why });
  };
  const work = async (): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined && !ending.signal.aborted; part = waiting.shift())
      await run(part);
  };
  for (let i = 0; i < jobs; i++) void work();

  return {
    said: (part) => mailboxOf(part).all(),
    close() {
      ending.abort();
    },
  };
}

const isLast = ({ kind }: Message): boolean => ['done', 'gone', 'missing', 'error'].includes(kind);

/** What one part says, kept until it is asked for. */
interface Mailbox {
  put(message: Said): void;
  /** All of it up to the last. */
  all(): AsyncIterable<Said>;
}

function createMailbox(): Mailbox {
  const post = new EventEmitter();
  const arriving = on(post, 'message') as AsyncIterable<[Said]>;
  return {
    put: (message) => void post.emit('message', message),
    async *all() {
      for await (const [message] of arriving) {
        yield message;
        if (isLast(message)) return;
      }
    },
  };
}
