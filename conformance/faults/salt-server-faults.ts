/** Faulty servers that take a salt which is none, and keep it (7.1, 7.3). */
import { faulty, type ServerFault } from './server-parts.ts';

/** Takes a short salt at signup, keeps it, and answers login-s with it. */
const shortSalts: ServerFault['create'] = (input) => {
  const kept = new Map<unknown, unknown>();
  return faulty({
    around: (server) => async (request) => {
      const { pathname } = new URL(request.url);
      const text = await request.clone().text();
      if (!['/auth/signup', '/auth/login-s'].includes(pathname) || !text.startsWith('{'))
        return await server.fetch(request);
      const body = JSON.parse(text) as Readonly<Record<string, unknown>>;
      const { saltAuth, email } = body;
      const isShort = typeof saltAuth === 'string' && /^([0-9a-f]{2}){1,31}$/.test(saltAuth);
      if (isShort) kept.set(email, saltAuth);
      const { method, headers } = request;
      const filled = { ...body, saltAuth: isShort ? saltAuth.padEnd(64, '0') : saltAuth };
      const response = await server.fetch(
        new Request(request.url, { method, headers, body: JSON.stringify(filled) }),
      );
      if (pathname !== '/auth/login-s' || !response.ok || !kept.has(email)) return response;
      const salts = (await response.json()) as object;
      return Response.json({ ...salts, saltAuth: kept.get(email) }, { headers: response.headers });
    },
  })(input);
};

export const saltServerFaults: readonly ServerFault[] = [
  {
    id: 'short-salt-stored',
    title: 'takes a salt of fewer than 32 bytes, and keeps it',
    requirement: 'HTTP-07',
    create: shortSalts,
  },
];
