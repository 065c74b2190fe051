/** The suite as client: requests by hand, so that they can be wrong in any way, each kept as an exchange. */
import { Agent as HttpAgent, request as overHttp } from 'node:http';
import { Agent as HttpsAgent, request as overHttps } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { shorten, TargetGone } from '../../check.ts';
import type { Exchange } from '../../peer/exchange.ts';
import { LONGEST_ANSWER, TooLate, TooLong, whyNoAnswer } from '../../target/no-answer.ts';
import type { ServerTarget } from '../../target/server-target.ts';

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

/** Milliseconds that a connection stays open between two requests: less than servers leave it open by default. */
const IDLE = 1000;

/** The longest request body that is kept, in bytes. */
const LONGEST_KEPT = 1024 * 1024;

const withoutBody = (exchange: Exchange): Exchange => ({
  ...exchange,
  requestBody: shorten(exchange.requestBody),
  requestBytes: new Uint8Array(),
});

/** The call goes over `node:http`: a run makes ten thousand of them, and `fetch` takes three times as long for each. */
export function createSend(
  { url, whyGone }: ServerTarget,
  timeout: number,
  keep: (exchange: Exchange) => void,
): Send {
  const base = url.replace(/\/$/, '');
  const ask = createAsk(new URL(url).protocol, timeout);
  return async (method, path, sent = {}) => {
    const text = textSent(sent);
    const requestHeaders = headersOf(sent, text);
    const requestBytes = sent.bytes ?? Buffer.from(text ?? '');
    const address = new URL(base + path);
    try {
      const answer = await ask(address, method, requestHeaders, requestBytes);
      const exchange: Exchange = {
        ...{ method, target: address.pathname + address.search },
        ...{ requestHeaders, requestBody: new TextDecoder().decode(requestBytes), requestBytes, ...answer },
      };
      const kept = requestBytes.length > LONGEST_KEPT ? withoutBody(exchange) : exchange;
      keep(kept);
      return kept;
    } catch (error) {
      const why = (await endOf(whyGone)) ?? (error as Error).message;
      throw new TargetGone(`the server gave no answer to ${method} ${path}: ${why}`);
    }
  };
}

type ByName = Readonly<Record<string, string>>;

/** By lower-case name. */
function headersOf({ headers: more = {}, sessionId }: Sent, text: string | undefined): ByName {
  const headers = new Headers({ accept: 'application/json' });
  if (text !== undefined) headers.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(more)) if (value !== undefined) headers.set(name, value);
  if (sessionId !== undefined) headers.set('x-session-id', sessionId);
  return Object.fromEntries(headers);
}

type Answer = Pick<Exchange, 'status' | 'responseHeaders' | 'responseBody'>;

/**
 * Over connections that stay open. The whole answer comes within its time and size; redirects are kept, never followed.
 *
 * @returns a function that throws an error with the reason in words where no answer comes
 */
function createAsk(protocol: string, timeout: number) {
  const isHttps = protocol === 'https:';
  const agent = new (isHttps ? HttpsAgent : HttpAgent)({ keepAlive: true, timeout: IDLE });
  const send = isHttps ? overHttps : overHttp;
  const connections = createConnections(agent);
  return (address: URL, method: string, given: ByName, bytes: Uint8Array): Promise<Answer> =>
    new Promise((done, fail) => {
      connections.closeIdle();
      const headers = {
        ...{ ...given, 'accept-encoding': 'identity', 'user-agent': 'e2ee-sync' },
        ...(bytes.length > 0 && { 'content-length': String(bytes.length) }),
      };
      let status: number | undefined;
      let length = 0;
      let isOver = false;
      const failed = (error: Error): void => {
        if (isOver) return;
        isOver = true;
        clearTimeout(limit);
        fail(new Error(whyNoAnswer({ error, timeout, status, bytes: length }), { cause: error }));
      };
      /** The first reason counts: what is broken off here reports other ones afterwards. */
      const breakOff = (reason: Error): void => {
        failed(reason);
        request.destroy();
      };
      const request = send(address, { method, headers, agent }, (response) => {
        const parts: Buffer[] = [];
        status = response.statusCode;
        response.on('error', failed);
        response.on('data', (part: Buffer) => {
          length += part.length;
          if (length > LONGEST_ANSWER) breakOff(new TooLong());
          else parts.push(part);
        });
        response.on('end', () => {
          isOver = true;
          clearTimeout(limit);
          done({
            status: response.statusCode ?? 0,
            responseHeaders: joined(response.headersDistinct),
            responseBody: new TextDecoder().decode(Buffer.concat(parts)),
          });
        });
      });
      const limit = setTimeout(() => {
        breakOff(new TooLate());
      }, timeout);
      request.on('socket', connections.used);
      request.on('error', failed);
      request.on('close', () => {
        if (!isOver) failed(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      });
      request.end(bytes.length > 0 ? bytes : undefined);
    });
}

/**
 * Closes connections by the clock: where the suite has computed for long, no timer has run, and the server may have
 * closed one of which that is not known yet. A request on it would look like one that the server does not answer.
 */
function createConnections(agent: HttpAgent) {
  /** When each was taken for its last request. */
  const taken = new WeakMap<Socket, number>();
  return {
    used: (socket: Socket): void => void taken.set(socket, performance.now()),
    closeIdle(): void {
      const last = performance.now() - IDLE;
      // The agent hands out one that is destroyed unless those before it are too: none may stay in its list.
      for (const sockets of Object.values(agent.freeSockets))
        for (const socket of sockets?.splice(0) ?? [])
          if ((taken.get(socket) ?? 0) < last) socket.destroy();
          else sockets?.push(socket);
    },
  };
}

/** Milliseconds in which the end of a process is heard of after that of its connections. */
const NEWS = 200;

/** How the process of a server has ended that gives no answer; undefined where it runs on, or none is known of. */
async function endOf(whyGone: ServerTarget['whyGone']): Promise<string | undefined> {
  for (let waited = 0; whyGone !== undefined && whyGone() === undefined && waited < NEWS; waited += 20)
    await sleep(20);
  return whyGone?.();
}

/** Several headers of one name are one, separated by commas. */
const joined = (headers: NodeJS.Dict<string[]>): ByName =>
  Object.fromEntries(Object.entries(headers).map(([name, values = []]) => [name, values.join(', ')]));
