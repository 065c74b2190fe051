/** The suite as client: requests by hand, so that they can be wrong in any way, each kept as an exchange. */
import { TargetGone } from '../check.ts';
import { recorded, type Exchange } from '../peer/exchange.ts';

export interface Sent {
  readonly body?: unknown;
  /** In place of `body`: the text itself. */
  readonly text?: string;
  readonly sessionId?: string | undefined;
}

/** Sends one request and keeps what came back. @throws TargetGone where the server gives no answer */
export type Send = (method: string, path: string, sent?: Sent) => Promise<Exchange>;

/** The longest answer that is read, in bytes. */
const LONGEST_ANSWER = 16 * 1024 * 1024;

export function createSend(server: string, timeout: number, keep: (exchange: Exchange) => void): Send {
  return async (
    method,
    path,
    { body, text = body === undefined ? undefined : JSON.stringify(body), sessionId } = {},
  ) => {
    const headers = new Headers({ accept: 'application/json' });
    if (text !== undefined) headers.set('content-type', 'application/json');
    if (sessionId !== undefined) headers.set('x-session-id', sessionId);
    try {
      const request = new Request(server.replace(/\/$/, '') + path, {
        method,
        headers,
        ...(text !== undefined && { body: text }),
      });
      const { exchange } = await recorded(request, (inner) => answered(inner, timeout));
      keep(exchange);
      return exchange;
    } catch (error) {
      throw new TargetGone(`the server gave no answer to ${method} ${path}: ${reasonOf(error)}`);
    }
  };
}

/** The whole answer, within its time and size. Redirects are kept as they are, never followed. */
async function answered(request: Request, timeout: number): Promise<Response> {
  const response = await fetch(request, { redirect: 'manual', signal: AbortSignal.timeout(timeout) });
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += (part as Uint8Array).length;
    if (length > LONGEST_ANSWER) throw new Error(`the answer has more than ${String(LONGEST_ANSWER)} bytes`);
    parts.push(part as Uint8Array);
  }
  const bodyless = [101, 204, 205, 304].includes(response.status);
  return new Response(bodyless ? null : Buffer.concat(parts), {
    status: response.status,
    headers: response.headers,
  });
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message !== '' ? `${message}: ${cause.message}` : message;
}
