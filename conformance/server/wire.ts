/** The suite as client: requests by hand, so that they can be wrong in any way, each kept as an exchange. */
import { shorten, TargetGone } from '../check.ts';
import { recorded, type Exchange } from '../peer/exchange.ts';
import type { ServerTarget } from '../target/server-target.ts';

export interface Sent {
  readonly body?: unknown;
  /** In place of `body`: the text itself. */
  readonly text?: string | undefined;
  /** In place of `body`: the bytes themselves, with no media type but that of `headers`. */
  readonly bytes?: Uint8Array;
  /** Headers besides those of every request. */
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly sessionId?: string | undefined;
}

/** The text of a body; undefined where there is none, or where it is given as bytes. */
export const textSent = ({ body, text = body === undefined ? undefined : JSON.stringify(body) }: Sent) =>
  text;

/** Sends one request and keeps what came back. @throws TargetGone where the server gives no answer */
export type Send = (method: string, path: string, sent?: Sent) => Promise<Exchange>;

/** The longest answer that is read, in bytes. */
const LONGEST_ANSWER = 16 * 1024 * 1024;

/** The longest request body that is kept, in bytes. */
const LONGEST_KEPT = 1024 * 1024;

const withoutBody = (exchange: Exchange): Exchange => ({
  ...exchange,
  requestBody: shorten(exchange.requestBody),
  requestBytes: new Uint8Array(),
});

export function createSend(
  { url, whyGone }: ServerTarget,
  timeout: number,
  keep: (exchange: Exchange) => void,
): Send {
  return async (method, path, sent = {}) => {
    const { bytes, headers: more, sessionId } = sent;
    const text = textSent(sent);
    const headers = headersOf({ text, headers: more, sessionId });
    try {
      const request = new Request(url.replace(/\/$/, '') + path, {
        method,
        headers,
        ...(text !== undefined && { body: text }),
        ...(bytes !== undefined && { body: Uint8Array.from(bytes) }),
      });
      const { exchange } = await recorded(request, (inner) => answered(inner, timeout));
      const kept = exchange.requestBytes.length > LONGEST_KEPT ? withoutBody(exchange) : exchange;
      keep(kept);
      return kept;
    } catch (error) {
      const why = whyGone?.() ?? reasonOf(error);
      throw new TargetGone(`the server gave no answer to ${method} ${path}: ${why}`);
    }
  };
}

function headersOf({ text, headers: more = {}, sessionId }: Sent): Headers {
  const headers = new Headers({ accept: 'application/json' });
  if (text !== undefined) headers.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(more)) if (value !== undefined) headers.set(name, value);
  if (sessionId !== undefined) headers.set('x-session-id', sessionId);
  return headers;
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
