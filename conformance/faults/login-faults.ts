/** Clients that are wrong in proving themselves and in believing the server (5, 7.3). */
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
    id: 'B-any-length',
    title: 'takes a B of any length',
    requirement: 'SRP-21',
    create: withFetch((request) =>
      answerChanged(request, '/auth/login-a', (body) => ({
        ...body,
        srpB: String(body['srpB']).padStart(512, '0'),
      })),
    ),
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
    id: 'secret-in-header',
    title: 'sends the password key in a header, as base64',
    requirement: 'LEAK-02',
    create: withOverrides(leaking),
  },
];
