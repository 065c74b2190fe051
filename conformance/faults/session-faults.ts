/** Clients that are wrong in a session and at its end (7.4, 7.5). */
import type { VerbTable } from '../target/in-process-target.ts';
import { referenceVerbs } from '../target/reference-target.ts';
import { withFetch, withHeader, withVerbs, type Base, type ClientFault } from './client-parts.ts';

/** Asks with K again when it is called after a logout: after every one, or after those that failed. */
const keepingK =
  (isKept: (hasFailed: boolean) => boolean) =>
  (base?: Base): VerbTable => {
    let newest: Request | undefined;
    const asked = new Map<string, Request>();
    const kept = new Set<string>();
    const own = referenceVerbs({
      steps: base,
      fetch: async (request) => {
        if (request.url.endsWith('/auth/whoami')) newest = request.clone();
        return await fetch(request);
      },
    });
    return {
      ...own,
      async login(params) {
        const opened = await own.login(params);
        if (newest !== undefined) asked.set(opened.session, newest);
        return opened;
      },
      async logout(params) {
        try {
          const done = await own.logout(params);
          if (isKept(false)) kept.add(params.session);
          return done;
        } catch (error) {
          if (isKept(true)) kept.add(params.session);
          throw error;
        }
      },
      async whoami(params) {
        const again = asked.get(params.session);
        if (again !== undefined && kept.has(params.session)) await fetch(again.clone());
        return await own.whoami(params);
      },
    };
  };

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
    id: 'K-kept-after-logout',
    title: 'keeps K after a logout, and sends it when it is called again',
    requirement: 'SESSION-05',
    create: keepingK(() => true),
  },
  {
    id: 'K-kept-after-failed-logout',
    title: 'keeps K after a logout that the server refused',
    requirement: 'SESSION-05',
    create: keepingK((hasFailed) => hasFailed),
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
