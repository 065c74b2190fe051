/** Servers that trip over what comes in on a connection (9.2, 9.5). */
import { faulty, type ServerFault } from './server-parts.ts';

const failed = (): Response =>
  Response.json({ error: 'internal', message: 'the server failed' }, { status: 500 });

/** The request that stands in a body, if it is a logout. */
function logoutIn(body: string, url: string): Request | undefined {
  const session = /POST \S*\/auth\/logout HTTP\/1\.1\r\n[^]*x-session-id: (\w+)/.exec(body)?.[1];
  if (session === undefined) return undefined;
  return new Request(new URL('/auth/logout', url), {
    ...{ method: 'POST', headers: { 'x-session-id': session } },
  });
}

export const socketServerFaults: readonly ServerFault[] = [
  {
    id: 'upgrade-fails',
    title: 'fails over a request to speak another protocol',
    requirement: 'HTTP-12',
    create: faulty({
      around: (server) => (request) =>
        request.headers.has('upgrade') ? Promise.resolve(failed()) : server.fetch(request),
    }),
  },
  {
    id: 'cut-body-ends-it',
    title: 'fails for good when a body ends too early',
    requirement: 'HTTP-12',
    create: faulty({
      around: (server) => {
        const found = { cut: false };
        return async (request) => {
          if (found.cut) return failed();
          const body = request.clone().arrayBuffer();
          await body.catch(() => (found.cut = true));
          return await server.fetch(request);
        };
      },
    }),
  },
  {
    id: 'rest-of-refused-obeyed',
    title: 'takes the body of a refused request for the next one',
    requirement: 'HTTP-11',
    create: faulty({
      around: (server) => async (request) => {
        const again = request.clone();
        const response = await server.fetch(request);
        const hidden = response.ok ? undefined : logoutIn(await again.text(), again.url);
        if (hidden !== undefined) await server.fetch(hidden);
        return response;
      },
    }),
  },
  {
    id: 'text-by-pieces',
    title: 'decodes a body piece by piece, as it comes in',
    requirement: 'WHOAMI-01',
    create: faulty({
      around: (server) => async (request) => {
        if (!request.url.endsWith('/auth/signup')) return await server.fetch(request);
        let body = '';
        for await (const piece of request.body ?? []) body += new TextDecoder().decode(piece as Uint8Array);
        const { url, method, headers } = request;
        const own = new Headers(headers);
        own.delete('content-length');
        return await server.fetch(new Request(url, { method, headers: own, body }));
      },
    }),
  },
  {
    id: 'session-remembered',
    title: 'takes a request without a session for one of whoever asked before',
    requirement: 'SESSION-02',
    create: faulty({
      around: (server) => {
        let last = '';
        return async (request) => {
          const headers = new Headers(request.headers);
          const session = headers.get('x-session-id');
          if (session === null) headers.set('x-session-id', last);
          else last = session;
          const { url, method } = request;
          return method === 'GET'
            ? await server.fetch(new Request(url, { method, headers }))
            : await server.fetch(request);
        };
      },
    }),
  },
];
