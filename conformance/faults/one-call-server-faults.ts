/** Servers that are wrong at one call alone, where the others of the kind are wrong at many: a row for each call, made by rule (7.5, 9.2, 9.5). */
import { httpCallOf, httpCalls, type HttpCall } from '../../spec/calls.ts';
import { faulty, type ServerFault } from './server-parts.ts';
import { refused } from './sharing-server-parts.ts';

/** What a faulty server makes of a request: an answer of its own, another request, or the same one. */
type Change = (request: Request) => Promise<Request | Response>;

/** Requests that make one call, changed before the server reads them. */
const at = ({ id }: HttpCall, change: Change): ServerFault['create'] =>
  faulty({
    around: (server) => async (request) => {
      const { method, url } = request;
      if (httpCallOf(method, new URL(url).pathname)?.id !== id) return await server.fetch(request);
      const changed = await change(request);
      return changed instanceof Response ? changed : await server.fetch(changed);
    },
  });

/** Of these calls one fault each. */
const ofEach = (
  calls: readonly HttpCall[],
  { id, title, requirement }: { id: string; title: string; requirement: string },
  change: Change,
): readonly ServerFault[] =>
  calls.map((call) => ({
    id: `${id}-at-${call.id}`,
    title: `${title} at ${call.method} ${call.path}`,
    requirement,
    ...(call.profiles.length === 1 && { profile: call.profiles[0] }),
    create: at(call, change),
  }));

const HEADER = 'x-session-id';

/** The session that stands in the query, where no header names one. */
const sessionOfQuery: Change = (request) => {
  const found = new URL(request.url).searchParams.get('sessionId');
  const copy = new Request(request);
  if (!copy.headers.has(HEADER) && found !== null) copy.headers.set(HEADER, found);
  return Promise.resolve(copy);
};

const oddTargetFails: Change = (request) =>
  Promise.resolve(request.url.endsWith('=%ff') ? refused(500, 'internal', 'the server failed') : request);

/** Refuses what a body is written like. */
const writtenRefused =
  (pattern: RegExp): Change =>
  async (request) =>
    pattern.test(await request.clone().text()) ? refused(400, 'malformed') : request;

/** Whether a call has a body that may hold anything. */
const hasMembers = ({ request }: HttpCall): boolean =>
  !['empty', 'send-password-code-request', undefined].includes(request?.schema);

/** Calls that say nothing but the session. */
const isBare = ({ method, session, request }: HttpCall): boolean =>
  session && method !== 'GET' && (request === undefined || request.schema === 'empty');

export const oneCallServerFaults: readonly ServerFault[] = [
  ...ofEach(
    httpCalls.filter(({ session }) => session),
    { id: 'session-of-query', title: 'takes a session id from the query too,', requirement: 'SESSION-02' },
    sessionOfQuery,
  ),
  ...ofEach(
    httpCalls,
    { id: 'odd-target-fails', title: 'fails over a query that does not decode', requirement: 'HTTP-12' },
    oddTargetFails,
  ),
  ...ofEach(
    httpCalls.filter(hasMembers),
    { id: 'escapes-refused', title: 'takes no letter that is an escape', requirement: 'HTTP-17' },
    writtenRefused(/\\u00[2-7]/),
  ),
  ...ofEach(
    httpCalls.filter(isBare),
    {
      ...{ id: 'white-space-refused', requirement: 'HTTP-23' },
      title: 'takes the empty object in two characters alone',
    },
    writtenRefused(/^\s+\{\s*\}\s*$|^\s*\{\s+\}\s*$/),
  ),
];
