/** The calls of the HTTP binding as the client makes them: one function each, messages checked both ways (chapter 9). */
import { ProtocolError, type ErrorCode } from '../errors.ts';
import { checkMessage } from '../messages.ts';
import { parseJson } from '../profile.ts';
import type {
  LoginAResponse,
  LoginM1Response,
  LoginSResponse,
  SignupRequest,
  WhoamiResponse,
} from '../wire.ts';

/** The `fetch` of the platform, or anything of its shape. */
export type Fetch = (request: Request) => Promise<Response>;

/** The calls of a server. */
export interface Calls {
  signup(body: SignupRequest): Promise<{ readonly id: string; readonly email: string }>;
  loginS(body: { email: string }): Promise<LoginSResponse>;
  loginA(body: { email: string; srpA: string }): Promise<LoginAResponse>;
  loginM1(body: { sessionStarterId: string; srpM1: string }): Promise<LoginM1Response>;
  whoami(sessionId: string): Promise<WhoamiResponse>;
  logout(sessionId: string): Promise<void>;
}

export interface CallOptions {
  /** Base URL of the server. */
  readonly server: string;
  /** In place of the `fetch` of the platform, for example that of a server in the same process. */
  readonly fetch?: Fetch | undefined;
  /** Milliseconds after which a call is given up; 30 000 by default. */
  readonly timeout?: number | undefined;
}

export function createCalls({
  server,
  fetch = (request) => globalThis.fetch(request),
  timeout = 30_000,
}: CallOptions): Calls {
  requireSafeTransport(server);
  const call = async (
    method: string,
    path: string,
    send: { body?: unknown; sessionId?: string; request?: string },
    response: string,
  ) => {
    const headers = new Headers({ accept: 'application/json' });
    if (send.sessionId !== undefined) headers.set('x-session-id', send.sessionId);
    if (send.body !== undefined) headers.set('content-type', 'application/json');
    const body =
      send.body === undefined ? null : JSON.stringify(checkMessage(send.request ?? 'empty', send.body));
    // No redirect is ever followed: it could lead a session to another origin.
    const options = {
      method,
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    } as const;
    const answer = await reach(path, () => fetch(new Request(server.replace(/\/$/, '') + path, options)));
    return checkMessage(response, await readAnswer(path, answer)) as never;
  };
  return {
    signup: (body) => call('POST', '/auth/signup', { body, request: 'signup-request' }, 'account'),
    loginS: (body) => call('POST', '/auth/login-s', { body, request: 'login-s-request' }, 'login-s-response'),
    loginA: (body) => call('POST', '/auth/login-a', { body, request: 'login-a-request' }, 'login-a-response'),
    loginM1: (body) =>
      call('POST', '/auth/login-m1', { body, request: 'login-m1-request' }, 'login-m1-response'),
    whoami: (sessionId) => call('GET', '/auth/whoami', { sessionId }, 'whoami-response'),
    logout: (sessionId) => call('POST', '/auth/logout', { sessionId }, 'empty'),
  };
}

/** Plain HTTP never leaves this machine (9.1). */
function requireSafeTransport(server: string): void {
  const { protocol, hostname } = new URL(server);
  if (protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return;
  throw new ProtocolError(
    'network/unreachable',
    `${server} is not https: plain http is for this machine only`,
  );
}

async function reach<T>(path: string, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (cause) {
    throw new ProtocolError('network/unreachable', `${path} got no answer: ${(cause as Error).message}`, {
      cause,
    });
  }
}

async function readAnswer(path: string, answer: Response): Promise<unknown> {
  if (answer.type === 'opaqueredirect' || (answer.status >= 300 && answer.status < 400))
    throw new ProtocolError(
      'network/redirect',
      `${path} was answered with a redirect, which is never followed`,
    );
  const text = await reach(path, () => answer.text());
  if (!answer.ok) throw refused(path, answer.status, text);
  const type = answer.headers.get('content-type');
  if (type !== 'application/json')
    throw new ProtocolError(
      'network/answer',
      `${path} answered ${type ?? 'no media type'}, expected application/json`,
    );
  return parseJson(text);
}

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'auth/refused',
  403: 'state/not-allowed',
  404: 'state/not-found',
  409: 'state/conflict',
};

/** The server's own word for it, where the body has one. */
function refused(path: string, status: number, body: string): ProtocolError {
  let word = '';
  try {
    const { error } = checkMessage('error', JSON.parse(body)) as { error: string };
    word = ` (${error})`;
  } catch {
    // An answer without a proper error body is judged by its status alone.
  }
  return new ProtocolError(
    CODE_OF_STATUS[status] ?? 'network/status',
    `${path} was refused with ${status}${word}`,
  );
}
