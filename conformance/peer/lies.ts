/** What the suite's server says in place of an honest answer: any status, header and body, or a connection that is cut. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { endless, jsonOf } from './exchange.ts';

/** An answer, parsed. */
export type Answer = Readonly<Record<string, unknown>>;

/** What is answered; a JSON answer with status 200 unless something else is said. */
export interface Told {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Streamed where it is a stream. */
  readonly body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
}

/** What a lie is made from. */
export interface Circumstances {
  /** The honest answer; the server does what was asked only where this is called. */
  readonly honest: () => Promise<Answer>;
  /** Cuts the connection: what has not been sent is not sent any more. */
  readonly hangUp: () => void;
  /** When the client has cut the connection. */
  readonly hungUp: () => Promise<void>;
}

/** One answer that an honest server would not give. */
export interface Lie {
  /** For example `POST /sync/pull`; `:id` stands for the id of any group. */
  readonly call: string;
  readonly tell: (circumstances: Circumstances) => Told | Promise<Told>;
}

/** The call of a request, with `:id` in place of the id of a group. */
export const kindOf = ({ method, url }: Pick<Request, 'method' | 'url'>): string =>
  `${method} ${new URL(url).pathname}`.replace(/(resource_groups)\/[^/]+/, '$1/:id');

/** What a lie is told with. */
interface Means {
  readonly answer: (request: Request) => Promise<Response>;
  readonly socket: Socket;
  /** Runs what only waits for the client. */
  readonly wait: <T>(run: () => Promise<T>) => Promise<T>;
}

/** Answers a request with a lie. */
export async function answerWith(
  { tell }: Lie,
  request: Request,
  { answer, socket, wait }: Means,
): Promise<Response> {
  const {
    status = 200,
    headers = {},
    body,
  } = await tell({
    honest: async () => jsonOf(await (await answer(request)).text()),
    hangUp: () => void socket.resetAndDestroy(),
    hungUp: async () => {
      if (!socket.destroyed) await wait(() => once(socket, 'close'));
    },
  });
  const isStream = body instanceof ReadableStream;
  const chunked = isStream ? { 'transfer-encoding': 'chunked' } : {};
  const response = new Response(body, {
    status,
    headers: { 'content-type': 'application/json', ...chunked, ...headers },
  });
  if (isStream) endless.add(response);
  return response;
}
