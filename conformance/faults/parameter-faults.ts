/** Clients that let a server decide what is not its to decide, or that do not say what went wrong (4.3, 10.3, 11.2). */
import { pad, ProtocolError, toInteger } from '../../reference/index.ts';
import {
  answerChanged,
  inAccept,
  other,
  withHeader,
  withOverrides,
  withVerbs,
  type ClientFault,
} from './client-parts.ts';

/** Reads a member out of every answer of a login that has it, or of one; a new login begins without. */
const listening =
  (name: string, heard: (value: string | undefined) => void, path?: string) =>
  async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === '/auth/login-s') heard(undefined);
    return await answerChanged(request, pathname, (body) => {
      if (name in body && (path ?? pathname) === pathname) heard(String(body[name]));
      return body;
    });
  };

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const parameterFaults: readonly ClientFault[] = [
  ...['login-s', 'login-a', 'whoami'].map((call) => ({
    id: `iterations-from-server.${call}`,
    title: `takes the number of iterations that a server proposes in the answer of ${call}`,
    requirement: 'PWD-07',
    create: withOverrides(() => {
      let proposed: number | undefined;
      const hear = (value: string | undefined) => (proposed = value === undefined ? value : Number(value));
      return {
        fetch: listening('iterations', hear, `/auth/${call}`),
        steps: (own) => ({
          ...own,
          SEC_PWD: async (passphrase, salt) =>
            proposed === undefined
              ? await own.SEC_PWD(passphrase, salt)
              : await own.primitives.pbkdf2Sha256({
                  ...{ password: utf8(passphrase), salt, iterations: proposed, length: 32 },
                }),
        }),
      };
    }),
  })),
  {
    id: 'group-from-server',
    title: 'computes in the group that a server proposes',
    requirement: 'PWD-07',
    create: withOverrides(() => {
      let proposed: bigint | undefined;
      return {
        fetch: listening('N', (value) => (proposed = value === undefined ? value : BigInt(`0x${value}`))),
        steps: (own) => ({
          ...own,
          srp: {
            ...own.srp,
            S: ({ B, a, ...rest }) =>
              proposed === undefined
                ? own.srp.S({ B, a, ...rest })
                : pad(own.primitives.modExp(toInteger(B), toInteger(a), proposed), 256),
          },
        }),
      };
    }),
  },
  {
    id: 'session-id-from-server',
    title: 'uses the session id that a server proposes',
    requirement: 'SRP-34',
    create: withOverrides(() => {
      let proposed: string | undefined;
      const hearing = listening('sessionId', (value) => (proposed = value));
      return {
        fetch: async (request) =>
          await hearing(
            proposed !== undefined && request.headers.has('x-session-id')
              ? withHeader(request, 'x-session-id', proposed)
              : request,
          ),
      };
    }),
  },
  {
    id: 'profile-from-server',
    title: 'goes by the profile that a server names',
    requirement: 'PROFILE-01',
    create: withOverrides(() => {
      let named: string | undefined;
      return {
        fetch: listening('profile', (value) => (named = value)),
        steps: (own) => ({
          ...own,
          SLT_TMP: (salt, email) =>
            (named === other(own).profile.name ? other(own) : own).SLT_TMP(salt, email),
        }),
      };
    }),
  },
  {
    id: 'other-profile-tried',
    title: 'tries the other profile when a login has failed',
    requirement: 'PROFILE-01',
    create: withVerbs((own) => ({
      login: (params) =>
        own.login(params).catch(async () => {
          const profile = params.profile === 'documented' ? 'deployed' : 'documented';
          return await own.login({ ...params, profile });
        }),
    })),
  },
  {
    id: 'account-of-anybody',
    title: 'takes whatever account whoami answers',
    requirement: 'WHOAMI-03',
    create: inAccept({ account: (_owner, answer) => answer }),
  },
  {
    id: 'gives-up',
    title: 'makes no login any more once one was dishonest',
    requirement: 'HTTP-22',
    create: withVerbs((own) => {
      let failed = false;
      return {
        async login(params) {
          if (failed) throw new Error('I have given up');
          try {
            return await own.login(params);
          } catch (error) {
            failed ||= error instanceof ProtocolError && error.stage === 'auth';
            throw error;
          }
        },
      };
    }),
  },
];
