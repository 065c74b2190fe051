/** Clients that are wrong in a session and at its end (7.4, 7.5). */
import { withFetch, withHeader, withVerbs, type ClientFault } from './client-parts.ts';

export const sessionFaults: readonly ClientFault[] = [
  {
    id: 'session-before-proof',
    title: 'sends a session id together with the proof',
    requirement: 'SRP-32',
    create: withFetch(
      async (request) =>
        await fetch(
          request.url.endsWith('/login-m1') ? withHeader(request, 'x-session-id', '7'.repeat(64)) : request,
        ),
    ),
  },
  {
    id: 'session-id-upper-case',
    title: 'sends the session id in upper case',
    requirement: 'SRP-34',
    create: withFetch(async (request) => {
      const id = request.headers.get('x-session-id');
      return await fetch(id === null ? request : withHeader(request, 'x-session-id', id.toUpperCase()));
    }),
  },
  {
    id: 'whoami-made-up',
    title: 'answers whoami without asking the server',
    requirement: 'SESSION-01',
    create: withVerbs(() => ({
      whoami: () =>
        Promise.resolve({
          accountId: `act_${'0'.repeat(64)}`,
          email: 'jane@example.com',
          firstName: 'Jane',
          lastName: 'Doe',
        }),
    })),
  },
  {
    id: 'logout-local',
    title: 'logs out without telling the server',
    requirement: 'SESSION-04',
    create: withVerbs(() => ({ logout: () => Promise.resolve({}) })),
  },
  {
    id: 'logout-failure-hidden',
    title: 'reports a logout as done whatever the server says',
    requirement: 'HTTP-13',
    create: withVerbs((own) => ({
      logout: (params) => own.logout(params).catch(() => ({})),
    })),
  },
  {
    id: 'K-in-address',
    title: 'sends the session id in the address as well',
    requirement: 'LEAK-08',
    create: withFetch(async (request) => {
      const id = request.headers.get('x-session-id');
      const { method, headers } = request;
      return await fetch(
        id === null
          ? request
          : new Request(`${request.url}?session=${id}`, { method, headers, redirect: 'manual' }),
      );
    }),
  },
];
