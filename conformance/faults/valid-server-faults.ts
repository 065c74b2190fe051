/** Servers that refuse what is right, because it is written in a way that they did not think of (2.6, 9.2). */
import { faulty, type ServerFault } from './server-parts.ts';

interface Asked {
  /** `GET /auth/whoami?x=1` */
  readonly line: string;
  readonly body: string;
}

/** Refuses as malformed what a test finds. */
const refusing = (isRefused: (asked: Asked) => boolean, status = 400) =>
  faulty({
    around: (server) => async (request) => {
      const { pathname, search } = new URL(request.url);
      const line = `${request.method} ${pathname}${search}`;
      const body = await request.clone().text();
      if (!isRefused({ line, body })) return await server.fetch(request);
      const error = status === 404 ? 'not-found' : 'malformed';
      return Response.json({ error, message: 'this is refused' }, { status });
    },
  });

/** The empty object, with white space. */
const isSpaced = (body: string): boolean => body !== '{}' && /^\s*\{\s*\}\s*$/.test(body);

/** A call that minds a query. */
const mindingQuery = (call: string, pattern: RegExp, requirement: string): ServerFault => ({
  id: `query-minded-by-${call}`,
  title: `answers ${call} with 404 where its path has a query that it does not know`,
  requirement,
  create: refusing(({ line }) => pattern.test(line), 404),
});

export const validServerFaults: readonly ServerFault[] = [
  {
    id: 'white-space-for-a-code-refused',
    title: 'mails no code where the empty object is written with white space',
    requirement: 'CODE-01',
    profile: 'deployed',
    create: refusing(({ line, body }) => line.endsWith('/send-password-code') && isSpaced(body)),
  },
  {
    id: 'numbers-with-a-point-refused',
    title: 'takes no number with a point, be it an integer or not',
    requirement: 'PUSH-02',
    create: refusing(({ line, body }) => line.endsWith('/sync/push') && /\d\.0\s*[,}]/.test(body)),
  },
  {
    id: 'team-name-by-units',
    title: 'counts every character outside of the basic plane in the name of a team twice',
    requirement: 'TEAM-05',
    create: refusing(({ line, body }) => {
      if (line !== 'POST /api/teams') return false;
      const { name = '' } = JSON.parse(body) as { name?: string };
      return name.length > 200;
    }),
  },
  {
    id: 'no-links-refused',
    title: 'refuses a share-b that brings no link',
    requirement: 'SHARE-11',
    create: refusing(({ line, body }) => line.endsWith('/share-b') && /\{\s*\}/.test(body)),
  },
  {
    id: 'short-address-refused',
    title: 'takes no address of three characters',
    requirement: 'ENUM-01',
    create: refusing(
      ({ line, body }) =>
        line.endsWith('/login-s') && (JSON.parse(body) as { email?: string }).email?.length === 3,
    ),
  },
  mindingQuery('whoami', /^GET \/auth\/whoami\?/, 'WHOAMI-01'),
  mindingQuery('teams', /^GET \/api\/teams\?/, 'TEAM-01'),
  mindingQuery('group', /^GET \/api\/resource_groups\/.*\?/, 'GROUP-03'),
  mindingQuery('confirm', /^GET \/auth\/confirm\?.*&/, 'CONFIRM-03'),
];
