/** Faulty clients: each breaks one requirement by one small change of the reference. */
import { type AesMessage } from '../../reference/index.ts';
import { clientFlowFaults } from './client-flow-faults.ts';
import {
  answerChanged,
  bodyChanged,
  hidingFailure,
  inAccept,
  inWrap,
  leaking,
  onlyModuloN,
  openJsonLoosely,
  openWithTag,
  other,
  rawGroupElement,
  repeating,
  withFetch,
  withHeader,
  withOverrides,
  withSteps,
  withVerbs,
  type ClientFault,
} from './client-parts.ts';

export type { ClientFault };

const accountFaults: readonly ClientFault[] = [
  {
    id: 'signup-extra-member',
    title: 'sends a passphrase hint with the signup',
    requirement: 'SIGNUP-01',
    create: withFetch(
      async (request) =>
        await fetch(await bodyChanged(request, '/auth/signup', (body) => ({ ...body, hint: 'a dog' }))),
    ),
  },
  {
    id: 'email-not-normalised-at-signup',
    title: 'sends the email as it was typed',
    requirement: 'NORM-05',
    create: withFetch(
      async (request) =>
        await fetch(
          await bodyChanged(request, '/auth/signup', (body) => ({
            ...body,
            email: ` ${String(body['email'])}`,
          })),
        ),
    ),
  },
  {
    id: 'hkdf-salt-of-other-profile',
    title: 'takes the HKDF salt of the other profile',
    requirement: 'PWD-03',
    create: withSteps((own) => ({ ...own, SLT_TMP: other(own).SLT_TMP })),
  },
  {
    id: 'srp-password-of-other-profile',
    title: 'takes the SRP password of the other profile',
    requirement: 'SRP-09',
    create: withSteps((own) => ({ ...own, P: other(own).P })),
  },
  {
    id: 'key-encoding-of-other-profile',
    title: 'encodes a symmetric key as the other profile does',
    requirement: 'WRAP-07',
    create: inWrap((own) => ({ sealKey: other(own).wrap.sealKey, openKey: other(own).wrap.openKey })),
  },
  {
    id: 'foreign-private-key',
    title: 'sends the private key of another key pair',
    requirement: 'WRAP-08',
    create: withSteps((own) => ({
      ...own,
      async keyPair() {
        const [{ publicKey }, { privateKey }] = await Promise.all([own.keyPair(), own.keyPair()]);
        return { publicKey, privateKey };
      },
    })),
  },
  {
    id: 'random-repeats',
    title: 'draws the same random bytes every time',
    requirement: 'KEY-02',
    create: withOverrides(() => ({ random: repeating() })),
  },
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
    id: 'failure-hidden',
    title: 'reports a login although it failed',
    requirement: 'LOGIN-12',
    create: hidingFailure,
  },
  {
    id: 'logout-local',
    title: 'logs out without telling the server',
    requirement: 'SESSION-04',
    create: withVerbs(() => ({ logout: () => Promise.resolve({}) })),
  },
  {
    id: 'passphrase-NFC',
    title: 'normalises the passphrase to NFC',
    requirement: 'NORM-03',
    create: withSteps((own) => ({ ...own, passphrase: (raw) => raw.trim().normalize('NFC') })),
  },
  {
    id: 'passphrase-not-trimmed',
    title: 'does not trim the passphrase',
    requirement: 'NORM-01',
    create: withSteps((own) => ({ ...own, passphrase: (raw) => raw.normalize('NFKD') })),
  },
  {
    id: 'surrogates-replaced',
    title: 'replaces half a surrogate pair instead of refusing it',
    requirement: 'NORM-04',
    create: withSteps((own) => ({ ...own, passphrase: (raw) => own.passphrase(raw.toWellFormed()) })),
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
    id: 'tag-length-from-message',
    title: 'takes the length of the tag from the message',
    requirement: 'AES-07',
    create: withOverrides(() => {
      let given = 32;
      return {
        fetch: (request) =>
          answerChanged(request, '/auth/whoami', (body) => {
            const message = JSON.parse(String(body['encSymmetricKey'])) as AesMessage;
            given = message.t.length;
            return { ...body, encSymmetricKey: JSON.stringify({ ...message, t: message.t.padEnd(32, '0') }) };
          }),
        steps: (own) => ({
          ...own,
          wrap: { ...own.wrap, openKey: (kek, message) => openWithTag(own, kek, message, given / 2) },
        }),
      };
    }),
  },
  {
    id: 'tag-ignored',
    title: 'does not look at the tag',
    requirement: 'AES-09',
    create: inWrap((own) => ({
      openKey: (kek, message) => openWithTag(own, kek, message, 0),
      openJson: (key, message) => openJsonLoosely(own, key, message),
    })),
  },
  {
    id: 'locked-account-entered',
    title: 'reports a login although the keys of the account do not open',
    requirement: 'LOGIN-12',
    create: withSteps((own) => ({
      ...own,
      wrap: { ...own.wrap, openKey: () => new Uint8Array(32), openJson: () => ({}) },
      accept: { ...own.accept, privateKey: (jwk) => jwk as never, keyPair: () => undefined },
    })),
  },
  {
    id: 'public-key-unchecked',
    title: 'does not compare the public key with its own private key',
    requirement: 'WRAP-10',
    create: inAccept({ keyPair: () => undefined }),
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
  {
    id: 'secret-in-header',
    title: 'sends the password key in a header, as base64',
    requirement: 'LEAK-02',
    create: withOverrides(leaking),
  },
];

export const clientFaults: readonly ClientFault[] = [...accountFaults, ...clientFlowFaults];
