/** Servers that trip over requests which nobody would write by hand (9.2, 9.5, 10.1). */
import { httpCallOf } from '../../spec/calls.ts';
import { messageSchemas } from '../../spec/message-schemas.ts';
import { faulty, type ServerFault } from './server-parts.ts';

type Change = (request: Request, body: string) => Request | Response | undefined;

/** Looks at every request before the server does: answers it, or hands on another one. */
const before = (change: Change) =>
  faulty({
    around: (server) => async (request) => {
      const body = await request.clone().text();
      const changed = change(request, body) ?? request;
      return changed instanceof Response ? changed : await server.fetch(changed);
    },
  });

const failed = (): Response =>
  Response.json({ error: 'internal', message: 'the server failed' }, { status: 500 });

const NO_STORE = { 'cache-control': 'no-store' };

/** The same request with another body; itself where the body stays as it is. */
const withBody = ({ url, method, headers }: Request, old: string, body: string): Request | undefined =>
  old === body ? undefined : new Request(url, { method, headers, body });

/** The members that the schema of a call lists, and no others. */
function knownMembers(request: Request, body: string): Request | undefined {
  const call = httpCallOf(request.method, new URL(request.url).pathname);
  const listed = messageSchemas.get(call?.request?.schema ?? '')?.['properties'];
  try {
    const value = JSON.parse(body) as object;
    if (Array.isArray(value)) return undefined;
    const known = Object.entries(value).filter(
      ([name]) => listed !== undefined && name in (listed as object),
    );
    return withBody(request, body, JSON.stringify(Object.fromEntries(known)));
  } catch {
    return undefined;
  }
}

export const generatedFaults: readonly ServerFault[] = [
  {
    id: 'deep-nesting-fails',
    title: 'fails over lists in lists in lists',
    requirement: 'HTTP-12',
    create: before((_, body) => (body.includes('['.repeat(400)) ? failed() : undefined)),
  },
  {
    id: 'address-of-a-prototype-fails',
    title: 'fails over an address that stands in a member with the name of prototypes',
    requirement: 'HTTP-12',
    create: before((_, body) => (body.includes('{"__proto__":{"email":') ? failed() : undefined)),
  },
  {
    id: 'member-twice-fails',
    title: 'fails over a verifier that is there twice',
    requirement: 'HTTP-12',
    create: before((_, body) => ((body.match(/"verifier":/g) ?? []).length > 1 ? failed() : undefined)),
  },
  {
    id: 'empty-list-fails',
    title: 'fails over an empty list of wrapped keys',
    requirement: 'HTTP-12',
    create: before((_, body) => (body.includes('"keys":[]') ? failed() : undefined)),
  },
  {
    id: 'endless-number-fails',
    title: 'fails over a moment that is more than any double',
    requirement: 'HTTP-12',
    create: before((_, body) => (/"lastEdited":-?1e400/.test(body) ? failed() : undefined)),
  },
  {
    id: 'long-number-fails',
    title: 'fails over a moment of more digits than a double has',
    requirement: 'HTTP-12',
    create: before((_, body) => (/"lastEdited":\d{16}/.test(body) ? failed() : undefined)),
  },
  {
    id: 'fraction-fails',
    title: 'fails over a moment that is no whole number',
    requirement: 'HTTP-12',
    create: before((_, body) => (/"lastEdited":-?\d+\.\d/.test(body) ? failed() : undefined)),
  },
  {
    id: 'code-request-fails',
    title: 'fails over a request for a code whose body is not the empty object',
    requirement: 'HTTP-12',
    profile: 'deployed',
    create: before(({ url }, body) =>
      url.includes('/send-password-code') && !/^\s*(\{\s*\})?\s*$/.test(body) ? failed() : undefined,
    ),
  },
  {
    id: 'stack-told',
    title: 'tells in a refusal where in its code it refused',
    requirement: 'ERROR-04',
    create: faulty({
      around: (server) => async (request) => {
        const response = await server.fetch(request);
        if (response.status !== 400) return response;
        const message = new Error('the body is malformed').stack;
        return Response.json({ error: 'malformed', message }, { status: 400, headers: response.headers });
      },
    }),
  },
  {
    id: 'odd-paths-as-a-page',
    title:
      'answers a path that no call has with a page for a person, where it holds an escape or a name of prototypes',
    requirement: 'ERROR-01',
    create: before(({ url }) =>
      /%00|%2f|__proto__$/i.test(url) && !url.includes('?')
        ? new Response('<h1>Not found</h1>', { status: 404, headers: { 'content-type': 'text/html' } })
        : undefined,
    ),
  },
  {
    id: 'patch-under-a-code-of-its-own',
    title: 'refuses PATCH with a code that there is not',
    requirement: 'ERROR-02',
    create: before(({ method }) =>
      method === 'PATCH'
        ? Response.json({ error: 'banana', message: 'no' }, { status: 405, headers: NO_STORE })
        : undefined,
    ),
  },
  {
    id: 'unknown-members-taken',
    title: 'drops members that it does not know',
    requirement: 'HTTP-07',
    create: before(knownMembers),
  },
  {
    id: 'lone-surrogates-taken',
    title: 'puts a replacement character for a lone surrogate',
    requirement: 'HTTP-07',
    create: before((request, body) =>
      withBody(request, body, body.replaceAll(/\\ud[89a-f][0-9a-f]{2}/g, '\ufffd')),
    ),
  },
  {
    id: 'no-utf-8-taken',
    title: 'puts a replacement character for bytes that are no UTF-8',
    requirement: 'HTTP-06',
    create: before(({ url, method, headers }, body) =>
      body.includes('\ufffd') ? new Request(url, { method, headers, body }) : undefined,
    ),
  },
  {
    id: 'malformed-push-stored-in-part',
    title: 'stores what is right in a push of which something is malformed',
    requirement: 'HTTP-11',
    create: faulty({
      around: (server) => async (request) => {
        const again = request.clone();
        const response = await server.fetch(request);
        if (response.status !== 400 || !request.url.endsWith('/sync/push')) return response;
        const items = await again.json().catch(() => []);
        const { url, method, headers } = again;
        for (const item of Array.isArray(items) ? items.filter((one) => !Array.isArray(one)) : [])
          await server.fetch(new Request(url, { method, headers, body: JSON.stringify([item]) }));
        return response;
      },
    }),
  },
  {
    id: 'refusal-ends-session',
    title: 'ends the session of whoever sends something malformed',
    requirement: 'HTTP-11',
    create: faulty({
      around: (server) => async (request) => {
        const response = await server.fetch(request);
        const session = request.headers.get('x-session-id');
        if (response.status !== 400 || session === null) return response;
        const headers = { 'x-session-id': session };
        await server.fetch(new Request(new URL('/auth/logout', request.url), { method: 'POST', headers }));
        return response;
      },
    }),
  },
];
