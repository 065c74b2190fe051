/** Clients that are wrong in proving themselves and in believing the server (5, 7.3). */
import { referenceVerbs } from '../target/reference-target.ts';
import {
  answerChanged,
  bodyChanged,
  hidingFailure,
  inAccept,
  leaking,
  onlyModuloN,
  other,
  rawGroupElement,
  withFetch,
  withOverrides,
  withSteps,
  type ClientFault,
} from './client-parts.ts';

/** Hex of this many digits, whatever came: what is none counts as 0, and the last digits count. */
const anyHex = (value: unknown, digits: number): string =>
  String(value)
    .toLowerCase()
    .replace(/[^0-9a-f]/g, '0')
    .padStart(digits, '0')
    .slice(-digits);

/** The first 32 bytes, with zero bytes after fewer. */
const anySalt = (value: unknown): string =>
  String(value)
    .toLowerCase()
    .replace(/[^0-9a-f]/g, '0')
    .padEnd(64, '0')
    .slice(0, 64);

/** What a client knows of a login whose proof was refused. */
interface Refused {
  /** Whether it has changed the account before. */
  readonly isChanged: boolean;
  /** Whether other salts came than at the login before. */
  readonly areOthers: boolean;
}

/** Reports some of the logins whose proof the server refused. */
const hidingRefusal =
  (isHidden: (refused: Refused) => boolean): ClientFault['create'] =>
  (base) => {
    const salts = new Map<string, string>();
    const changed = new Set<string>();
    let [email, came] = ['', ''];
    let isRefused = false;
    const own = referenceVerbs({
      steps: base,
      async fetch(request) {
        const { pathname } = new URL(request.url);
        const sent = request.method === 'GET' ? '{}' : await request.clone().text();
        const response = await fetch(request);
        const body = JSON.parse(sent || '{}') as Record<string, unknown>;
        if (pathname === '/auth/change-password') changed.add(String(body['newEmail']));
        if (pathname === '/auth/login-s') {
          isRefused = false;
          email = String(body['email']);
          came = await response.clone().text();
        }
        if (pathname === '/auth/login-m1') isRefused = response.status === 401;
        return response;
      },
    });
    return {
      ...own,
      async login(params) {
        try {
          const opened = await own.login(params);
          salts.set(email, came);
          return opened;
        } catch (error) {
          const areOthers = came !== (salts.get(email) ?? came);
          if (!isRefused || !isHidden({ isChanged: changed.has(email), areOthers })) throw error;
          return { session: 'none', accountId: `act_${'0'.repeat(64)}` };
        }
      },
    };
  };

export const loginFaults: readonly ClientFault[] = [
  {
    id: 'a-repeats',
    title: 'uses one secret ephemeral for every login',
    requirement: 'SRP-12',
    create: withOverrides(() => {
      const fixed = crypto.getRandomValues(new Uint8Array(32));
      return {
        steps: (own) => ({
          ...own,
          srp: { ...own.srp, A: () => own.srp.A(fixed), S: (input) => own.srp.S({ ...input, a: fixed }) },
        }),
      };
    }),
  },
  {
    id: 'login-email-upper-case',
    title: 'asks for the salts with the email in upper case',
    requirement: 'NORM-05',
    create: withFetch(
      async (request) =>
        await fetch(
          await bodyChanged(request, '/auth/login-s', (body) => ({
            email: String(body['email']).toUpperCase(),
          })),
        ),
    ),
  },
  {
    id: 'salts-asked-twice',
    title: 'asks for the salts twice',
    requirement: 'LOGIN-01',
    create: withFetch(async (request) => {
      if (request.url.endsWith('/auth/login-s')) await fetch(request.clone());
      return await fetch(request);
    }),
  },
  {
    id: 'salts-asked-for-again',
    title: 'asks for the salts once more when it has logged in',
    requirement: 'LOGIN-01',
    create: withOverrides(() => {
      let asking: Request | undefined;
      return {
        async fetch(request) {
          if (request.url.endsWith('/auth/login-s')) asking = request.clone();
          const response = await fetch(request);
          if (response.ok && request.url.endsWith('/auth/login-m1') && asking !== undefined)
            await fetch(asking.clone());
          return response;
        },
      };
    }),
  },
  {
    id: 'M1-of-other-profile',
    title: 'proves itself as the other profile does',
    requirement: 'SRP-26',
    create: withSteps((own) => ({ ...own, srp: { ...own.srp, M1: other(own).srp.M1 } })),
  },
  {
    id: 'k-of-other-profile',
    title: 'multiplies with the k of the other profile',
    requirement: 'SRP-24',
    create: withSteps((own) => ({ ...own, srp: { ...own.srp, S: other(own).srp.S } })),
  },
  {
    id: 'failure-hidden',
    title: 'reports a login although it failed',
    requirement: 'LOGIN-12',
    create: hidingFailure,
  },
  {
    id: 'refusal-hidden.passphrase',
    title: 'reports a login although the server refused the proof of the passphrase',
    requirement: 'LOGIN-12',
    create: hidingRefusal(({ isChanged, areOthers }) => !isChanged && !areOthers),
  },
  {
    id: 'refusal-hidden.salts',
    title: 'reports a login although the server refused the proof, where it gave other salts than before',
    requirement: 'LOGIN-12',
    create: hidingRefusal(({ isChanged, areOthers }) => !isChanged && areOthers),
  },
  {
    id: 'refusal-hidden.old-passphrase',
    title: 'reports a login although the server refused the proof, where it has changed the passphrase',
    requirement: 'LOGIN-12',
    create: hidingRefusal(({ isChanged }) => isChanged),
  },
  {
    id: 'B-unchecked',
    title: 'takes any B',
    requirement: 'SRP-19',
    create: inAccept({ B: rawGroupElement }),
  },
  {
    id: 'B-above-N-taken',
    title: 'takes a B above N',
    requirement: 'SRP-20',
    create: inAccept({ B: onlyModuloN }),
  },
  {
    id: 'B-any-form',
    title: 'makes 256 bytes of whatever comes as B',
    requirement: 'SRP-21',
    create: withFetch((request) =>
      answerChanged(request, '/auth/login-a', (body) => ({ ...body, srpB: anyHex(body['srpB'], 512) })),
    ),
  },
  {
    id: 'salts-any-form',
    title: 'makes 32 bytes of whatever comes as a salt',
    requirement: 'ENC-02',
    create: withFetch(async (request) => {
      const salted = (names: readonly string[]) => (body: Record<string, unknown>) => ({
        ...body,
        ...Object.fromEntries(names.map((name) => [name, anySalt(body[name])])),
      });
      const path = new URL(request.url).pathname;
      return path === '/auth/login-s'
        ? await answerChanged(request, path, salted(['saltKey', 'saltAuth']))
        : await answerChanged(request, '/auth/whoami', salted(['saltEnc']));
    }),
  },
  {
    id: 'M2-ignored',
    title: 'does not look at M2',
    requirement: 'SRP-31',
    create: inAccept({ M2: () => undefined }),
  },
  {
    id: 'M2-prefix',
    title: 'compares as many bytes of M2 as there are',
    requirement: 'SRP-31',
    create: withOverrides(() => {
      let given = 64;
      return {
        fetch: (request) =>
          answerChanged(request, '/auth/login-m1', (body) => {
            const M2 = typeof body['srpM2'] === 'string' ? body['srpM2'] : '';
            given = M2.length;
            return { ...body, srpM2: M2.padEnd(64, '0') };
          }),
        steps: (own) => ({
          ...own,
          accept: {
            ...own.accept,
            M2: (expected, actual) => {
              const kept = given / 2;
              own.accept.M2(expected.slice(0, kept), actual.slice(0, kept));
            },
          },
        }),
      };
    }),
  },
  {
    id: 'M2-any-form',
    title: 'makes 32 bytes of whatever comes as M2',
    requirement: 'SRP-31',
    create: withFetch((request) =>
      answerChanged(request, '/auth/login-m1', (body) => ({
        ...body,
        srpM2: String(body['srpM2']).toLowerCase().slice(0, 64),
      })),
    ),
  },
  {
    id: 'secret-in-header',
    title: 'sends the password key in a header, as base64',
    requirement: 'LEAK-02',
    create: withOverrides(leaking),
  },
];
