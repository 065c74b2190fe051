/** One call over HTTP: no redirect, no plain HTTP off this machine, a limit to waiting and to reading (chapter 9). */
import { fromUtf8, join } from '../bytes.ts';
import { ProtocolError, type ErrorCode } from '../errors.ts';
import { checkMessage } from '../messages.ts';
import { parseJson } from '../profile.ts';
import { findIllFormed } from '../well-formed.ts';

/** The `fetch` of the platform, or anything of its shape. */
export type Fetch = (request: Request) => Promise<Response>;

/** How a client reaches its server. */
export interface CallOptions {
  /** Base URL of the server. */
  readonly server: string;
  /** In place of the `fetch` of the platform, for example that of a server in the same process. */
  readonly fetch?: Fetch | undefined;
  /** Milliseconds without a byte from the server after which a call is given up; 30 000 by default. */
  readonly timeout?: number | undefined;
  /** The most bytes of an answer that are read; 64 MiB by default. */
  readonly answerLimit?: number | undefined;
}

/** What is sent: a method and a path, and what of a session and a body there is. */
export interface Outgoing {
  readonly method: string;
  /** Below the base URL. */
  readonly path: string;
  /** K as 64 hex digits. */
  readonly sessionId?: string | undefined;
  /** Any JSON value. */
  readonly body?: unknown;
}

/** Makes a call and hands back its answer, parsed. @throws ProtocolError for every answer but a 2xx with JSON */
export type Http = (outgoing: Outgoing) => Promise<unknown>;

export function createHttp({
  server,
  fetch = (request) => globalThis.fetch(request),
  timeout = 30_000,
  answerLimit = 64 * 1024 * 1024,
}: CallOptions): Http {
  const base = readBase(server);
  return async ({ method, path, sessionId, body }) => {
    const headers = new Headers({ accept: 'application/json' });
    if (sessionId !== undefined) headers.set('x-session-id', sessionId);
    if (body !== undefined) headers.set('content-type', 'application/json');
    const given = new AbortController();
    const request = new Request(base + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(requireWellFormed(`is sent to ${path}`, body)),
      // No redirect is ever followed: it could lead a session to another origin.
      redirect: 'manual',
      // No cookie takes part in the protocol (9.3).
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: given.signal,
    });
    const patiently = createPatience(path, timeout, given);
    const answer = await patiently(() => fetch(request));
    requireNoRedirect(path, answer);
    const bytes = await readBody(path, answer, answerLimit, patiently);
    if (!answer.ok) throw refused(path, answer.status, bytes);
    requireJson(path, answer);
    return requireWellFormed(`${path} answered`, parseJson(fromUtf8(bytes)));
  };
}

/** The base URL without a slash at its end. Plain HTTP never leaves this machine (9.1). */
function readBase(server: string): string {
  const refuse = (why: string) => new ProtocolError('network/unreachable', `the URL of the server ${why}`);
  if (!URL.canParse(server)) throw refuse('is not an absolute URL');
  const { protocol, hostname, username, password } = new URL(server);
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback))
    throw refuse('is not https: plain http is for this machine only');
  if (/[?#]/.test(server)) throw refuse('has a query or a fragment');
  if (username !== '' || password !== '') throw refuse('holds a name or a password');
  return server.replace(/\/$/, '');
}

/** One step of waiting for the server; whatever goes wrong in it is that the server cannot be reached. */
type Patience = <T>(step: () => Promise<T>) => Promise<T>;

const createPatience = (path: string, timeout: number, given: AbortController): Patience =>
  async function patiently(step) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, giveUp) => {
      timer = setTimeout(() => {
        giveUp(new Error(`nothing came for ${timeout} ms`));
        given.abort();
      }, timeout);
    });
    try {
      return await Promise.race([step(), late]);
    } catch (cause) {
      throw new ProtocolError('network/unreachable', `${path} got no answer: ${(cause as Error).message}`, {
        cause,
      });
    } finally {
      clearTimeout(timer);
    }
  };

function requireNoRedirect(path: string, answer: Response): void {
  // A `fetch` that was handed in may have followed one on its own.
  if (answer.redirected || answer.type === 'opaqueredirect' || (answer.status >= 300 && answer.status < 400))
    throw new ProtocolError(
      'network/redirect',
      `${path} was answered with a redirect, which is never followed`,
    );
}

async function readBody(
  path: string,
  answer: Response,
  limit: number,
  patiently: Patience,
): Promise<Uint8Array> {
  const reader = answer.body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { value } = (await patiently(async () => await reader?.read())) ?? {};
    if (value === undefined) return join(chunks);
    chunks.push(value);
    length += value.length;
    if (length <= limit) continue;
    reader?.cancel().catch(() => undefined);
    throw new ProtocolError('network/answer', `${path} answered more than ${limit} bytes`);
  }
}

/** No text of a message holds half of a surrogate pair (2.6). */
function requireWellFormed(what: string, body: unknown): unknown {
  const found = findIllFormed(body);
  if (found === undefined) return body;
  throw new ProtocolError('encoding/unicode', `half of a surrogate pair is at ${found} of what ${what}`);
}

/** JSON and no parameter: what the published clients read (9.2). */
function requireJson(path: string, answer: Response): void {
  const type = answer.headers.get('content-type');
  if (type !== 'application/json')
    throw new ProtocolError(
      'network/answer',
      `${path} answered ${type ?? 'no media type'}, expected application/json`,
    );
}

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'auth/refused',
  403: 'state/not-allowed',
  404: 'state/not-found',
  409: 'state/conflict',
};

/** The server's own word for it, where the body has one. */
function refused(path: string, status: number, body: Uint8Array): ProtocolError {
  let word = '';
  try {
    const { error } = checkMessage('error', parseJson(fromUtf8(body))) as { error: string };
    word = ` (${error})`;
  } catch {
    // An answer without a proper error body is judged by its status alone.
  }
  return new ProtocolError(
    CODE_OF_STATUS[status] ?? 'network/status',
    `${path} was refused with ${status}${word}`,
  );
}
