/** What crossed the wire: one request and its answer, byte for byte. */
import { decompressed } from './compressed.ts';

export interface Exchange {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** Without its compression. */
  readonly requestBody: string;
  readonly requestBytes: Uint8Array;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** Empty where the answer was streamed. */
  readonly responseBody: string;
}

/** `POST /auth/login-a` */
export const callOf = ({ method, target }: Exchange): string => `${method} ${target.split('?')[0] ?? ''}`;

/** The body as a JSON object; an empty one where it is none. */
export function jsonOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(body) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A member of a JSON object that must be text; empty text where it is not. */
export function textOf(object: Readonly<Record<string, unknown>>, name: string): string {
  const value = object[name];
  return typeof value === 'string' ? value : '';
}

/** One line for a report: the call and its body, as sent. */
export const describeRequest = (exchange: Exchange): string =>
  `${exchange.method} ${exchange.target} ${exchange.requestBody}`.trim();

/** The text of a body, without its compression. */
export const textIn = (headers: Headers, body: Uint8Array): string =>
  new TextDecoder().decode(decompressed(headers.get('content-encoding') ?? undefined, body) ?? body);

/** Answers that may never end, or be too long to keep: what is in them is not recorded. */
export const endless = new WeakSet<Response>();

/** Hands a request to a server and keeps both sides of the exchange, but for what is in an endless answer. */
export async function recorded(
  request: Request,
  answer: (request: Request) => Promise<Response>,
): Promise<{ exchange: Exchange; response: Response }> {
  const body = new Uint8Array(await request.arrayBuffer());
  const { method, url, headers } = request;
  const response = await answer(new Request(url, { method, headers, ...(body.length > 0 && { body }) }));
  const responseBody = endless.has(response) ? '' : await response.clone().text();
  const { pathname, search } = new URL(url);
  const exchange: Exchange = {
    method,
    target: pathname + search,
    requestHeaders: Object.fromEntries(headers),
    requestBody: textIn(headers, body),
    requestBytes: body,
    status: response.status,
    responseHeaders: Object.fromEntries(response.headers),
    responseBody,
  };
  return { exchange, response };
}
