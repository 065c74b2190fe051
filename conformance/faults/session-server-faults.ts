/** Faulty servers that do something for callers without a live session (7.5). */
import { faulty, inStore, type ServerFault } from './server-parts.ts';

const HEADER = 'x-session-id';

/** The calls under a path answer as if they were done, whoever asks. */
const unguarded = (under: string): ServerFault['create'] =>
  faulty({
    around: (server) => async (request) => {
      const response = await server.fetch(request);
      if (!new URL(request.url).pathname.startsWith(under) || response.status !== 401) return response;
      return Response.json({}, { headers: { 'cache-control': 'no-store' } });
    },
  });

/** Refuses a session that is dead after it has done what was asked, for the account whose session was live last. */
function doneAndRefused(): ServerFault['create'] {
  let live = '';
  return faulty({
    around: (server) => async (request) => {
      const copy = request.clone();
      const response = await server.fetch(request);
      const given = request.headers.get(HEADER);
      const path = new URL(request.url).pathname;
      if (response.ok && given !== null && path !== '/auth/logout') live = given;
      if (response.status === 401 && given !== null && path === '/sync/push') {
        copy.headers.set(HEADER, live);
        await server.fetch(copy);
      }
      return response;
    },
  });
}

/** The session id that a request is read with. */
const readAs = (change: (sessionId: string) => string): ServerFault['create'] =>
  faulty({
    around: (server) => async (request) => {
      const given = request.headers.get(HEADER);
      const copy = new Request(request);
      if (given !== null) copy.headers.set(HEADER, change(given));
      return await server.fetch(copy);
    },
  });

/** A session id is looked for elsewhere where the header is not there. */
const foundIn = (find: (request: Request) => string | undefined): ServerFault['create'] =>
  faulty({
    around: (server) => async (request) => {
      const found = request.headers.has(HEADER) ? undefined : find(request);
      const copy = new Request(request);
      if (found !== undefined) copy.headers.set(HEADER, found);
      return await server.fetch(copy);
    },
  });

const SESSION_COOKIE = /(?:^|; )session=([^;]*)/;

/** A request without a session is taken for one of the session of a request that is under way. */
const sessionUnderWay: ServerFault['create'] = faulty({
  around: (server) => {
    const underWay: string[] = [];
    return async (request) => {
      const given = request.headers.get(HEADER);
      const copy = new Request(request);
      if (given !== null) underWay.push(given);
      else if (underWay[0] !== undefined) copy.headers.set(HEADER, underWay[0]);
      await new Promise((done) => setTimeout(done, 2));
      const response = await server.fetch(copy);
      if (given !== null) underWay.splice(underWay.indexOf(given), 1);
      return response;
    };
  },
});

export const sessionServerFaults: readonly ServerFault[] = [
  {
    id: 'session-of-a-request-beside',
    title: 'takes a request without a session for one of the session of another that is under way',
    requirement: 'SESSION-02',
    create: sessionUnderWay,
  },
  {
    id: 'logout-ends-all',
    title: 'ends every session of the account at a logout',
    requirement: 'SESSION-03',
    create: inStore((own) => ({
      dropSession(hash) {
        const accountId = own.sessionAccount(hash);
        if (accountId !== undefined) own.dropSessions(accountId);
      },
    })),
  },
  ...['/auth', '/api', '/sync'].map((under) => ({
    id: `session-unchecked-${under.slice(1)}`,
    title: `answers every call under ${under} without a session`,
    requirement: 'SESSION-02',
    create: unguarded(under),
  })),
  {
    id: 'session-unchecked-code',
    title: 'answers every call of an account without a session',
    requirement: 'SESSION-02',
    profile: 'deployed',
    create: unguarded('/auth'),
  },
  {
    id: 'session-id-case-ignored',
    title: 'takes a session id in upper case, or as a bearer token',
    requirement: 'SESSION-02',
    create: readAs((sessionId) => sessionId.replace(/^Bearer /, '').toLowerCase()),
  },
  {
    id: 'session-of-authorization',
    title: 'takes a session id from the header Authorization too',
    requirement: 'SESSION-02',
    create: foundIn(({ headers }) => headers.get('authorization')?.replace(/^Bearer /, '')),
  },
  {
    id: 'session-of-cookie',
    title: 'takes a session id from a cookie too',
    requirement: 'SESSION-02',
    create: foundIn(({ headers }) => SESSION_COOKIE.exec(headers.get('cookie') ?? '')?.[1]),
  },
  {
    id: 'push-done-and-refused',
    title: 'does what a push without a live session asks for, and refuses it then',
    requirement: 'HTTP-11',
    create: doneAndRefused(),
  },
];
