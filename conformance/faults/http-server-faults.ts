/** Servers that are wrong about media types, encodings, sizes, paths and methods (9.2, 9.5, 9.8). */
import { gunzipSync } from 'node:zlib';
import { createServer, type Server } from '../../reference/index.ts';
import { faulty, type ServerFault, type ServerFaultInput } from './server-parts.ts';

const MEBIBYTE = 1024 * 1024;

/** A request as the server is given it; it is read before, so that nothing is left on the wire. */
interface Given {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly headers: Headers;
}

/** Requests, changed on their way in, or answered at once. */
const given = (change: (request: Given) => Partial<Given> | Response) =>
  faulty({
    around: (server) => async (request) => {
      const headers = new Headers(request.headers);
      const bytes = new Uint8Array(await request.arrayBuffer());
      const own = { path: new URL(request.url).pathname, bytes, headers };
      const changed = change(own);
      if (changed instanceof Response) return changed;
      const { bytes: body } = { ...own, ...changed };
      headers.delete('content-length');
      const { method, url } = request;
      const sent = method === 'GET' || body.length === 0 ? {} : { body: Uint8Array.from(body) };
      return await server.fetch(new Request(url, { method, headers, ...sent }));
    },
  });

/** The statuses of answers, changed, to some requests. */
const restated = (from: number, to: number, isMeant = (_: Request): boolean => true) =>
  faulty({
    around: (server) => async (request) => {
      const response = await server.fetch(request);
      if (response.status !== from || !isMeant(request)) return response;
      return new Response(response.body, { status: to, headers: response.headers });
    },
  });

const refused = (status: number, error: string): Response =>
  Response.json({ error, message: 'this is refused' }, { status });

/** Two servers over one store: one with the limits, one without, for the requests that are chosen. */
const unlimited =
  (isChosen: (headers: Headers) => boolean) =>
  (input: ServerFaultInput): Server => {
    const own = { ...input, publicUrl: 'http://127.0.0.1' };
    const limited = createServer(own);
    const limitless = createServer({ ...own, bodyLimit: Infinity, syncBodyLimit: Infinity });
    return {
      fetch: async (request) => await (isChosen(request.headers) ? limitless : limited).fetch(request),
    };
  };

/** Whether the media type only begins as it should. */
const isAlike = (headers: Headers): boolean =>
  (headers.get('content-type') ?? '').startsWith('application/json-');

/** What does not decompress, answered otherwise. */
const withBrokenGzip = (answer: () => Response): ServerFault['create'] =>
  given(({ headers, bytes }) => {
    if (headers.get('content-encoding') !== 'gzip') return {};
    try {
      gunzipSync(bytes);
      return {};
    } catch {
      return answer();
    }
  });

export const httpServerFaults: readonly ServerFault[] = [
  {
    id: 'media-type-by-its-beginning',
    title: 'takes every media type that begins with application/json',
    requirement: 'HTTP-05',
    create: given(({ headers }) => {
      if (isAlike(headers)) headers.set('content-type', 'application/json');
      return {};
    }),
  },
  {
    id: 'media-type-not-needed',
    title: 'takes a body without a media type for JSON',
    requirement: 'HTTP-05',
    create: given(({ headers }) => {
      if (!headers.has('content-type')) headers.set('content-type', 'application/json');
      return {};
    }),
  },
  {
    id: 'encoding-as-malformed',
    title: 'answers an unknown content encoding with 400',
    requirement: 'ERROR-02',
    create: given(({ headers }) =>
      headers.get('content-encoding') === 'br' ? refused(400, 'malformed') : {},
    ),
  },
  {
    id: 'utf-8-mended',
    title:
      'takes bytes that are not UTF-8 for replacement characters, and what is no JSON for the empty object',
    requirement: 'HTTP-06',
    create: given(({ bytes }) => {
      if (bytes.length === 0) return {};
      try {
        JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
        return {};
      } catch {
        return { bytes: new TextEncoder().encode('{}') };
      }
    }),
  },
  {
    id: 'single-quotes-taken',
    title: 'takes single quotes in JSON',
    requirement: 'HTTP-06',
    create: given(({ bytes }) => {
      const text = Buffer.from(bytes).toString();
      return text.startsWith("{'") ? { bytes: new TextEncoder().encode(text.replaceAll("'", '"')) } : {};
    }),
  },
  {
    id: 'broken-gzip-as-media-type',
    title: 'refuses what does not decompress as if gzip were no encoding that it takes',
    requirement: 'ERROR-02',
    create: withBrokenGzip(() => refused(415, 'media-type')),
  },
  {
    id: 'gzip-refused',
    title: 'takes no compressed bodies',
    requirement: 'HTTP-08',
    create: given(({ headers }) => (headers.has('content-encoding') ? refused(415, 'media-type') : {})),
  },
  {
    id: 'gzip-by-its-beginning',
    title: 'fails on a body that does not decompress',
    requirement: 'HTTP-12',
    create: withBrokenGzip(() => refused(500, 'internal')),
  },
  {
    id: 'small-bodies-compressed-alone',
    title: 'takes no compressed body that is more than 8 MiB without',
    requirement: 'HTTP-17',
    create: given(({ bytes, headers }) =>
      headers.get('content-encoding') === 'gzip' && gunzipSync(bytes).length > 8 * MEBIBYTE
        ? refused(413, 'too-large')
        : {},
    ),
  },
  {
    id: 'small-bodies-where-little-is-said',
    title: 'takes no body above 64 KiB where a call says nothing but the session',
    requirement: 'HTTP-17',
    create: given(({ path, bytes }) =>
      path === '/auth/verify' && bytes.length > MEBIBYTE / 16 ? refused(413, 'too-large') : {},
    ),
  },
  {
    id: 'limit-before-decompression',
    title: 'looks at the size of a body before it is decompressed alone, and finds the rest malformed',
    requirement: 'HTTP-18',
    create: restated(413, 400, ({ headers }) => headers.has('content-encoding')),
  },
  {
    id: 'limit-of-what-decompresses',
    title: 'takes plain bodies of any length, and looks at the size of compressed ones alone',
    requirement: 'HTTP-18',
    create: unlimited((headers) => !headers.has('content-encoding')),
  },
  {
    id: 'limit-of-said-lengths',
    title: 'goes by the length that stands in front of a body, and takes as many chunks as come',
    requirement: 'HTTP-18',
    create: unlimited((headers) => headers.has('transfer-encoding')),
  },
  {
    id: 'empty-object-for-nothing-refused',
    title: 'refuses the empty object where a call says nothing but the session',
    requirement: 'HTTP-23',
    create: given(({ path, bytes }) =>
      path === '/auth/logout' && bytes.length > 0 ? refused(400, 'malformed') : {},
    ),
  },
  {
    id: 'methods-as-paths',
    title: 'answers a method that a path does not have with 404',
    requirement: 'ERROR-02',
    create: restated(405, 404),
  },
  {
    id: 'session-of-a-get-with-a-body-ignored',
    title: 'takes a GET that has a body for one without a session',
    requirement: 'ERROR-02',
    create: faulty({
      around: (server) => async (request) =>
        request.method === 'GET' && Number(request.headers.get('content-length') ?? 0) > 0
          ? refused(401, 'no-session')
          : await server.fetch(request),
    }),
  },
  {
    id: 'whoami-by-post-unknown',
    title: 'answers another method than GET at /auth/whoami as if there were no such path',
    requirement: 'ERROR-02',
    create: faulty({
      around: (server) => async (request) =>
        request.method !== 'GET' && request.url.endsWith('/auth/whoami')
          ? refused(404, 'not-found')
          : await server.fetch(request),
    }),
  },
];
