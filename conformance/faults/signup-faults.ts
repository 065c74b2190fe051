/** Clients that are wrong at signup, in normalising what was typed and deriving from it (4, 7.1). */
import { native, pad, toInteger } from '../../reference/index.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import {
  bodyChanged,
  inWrap,
  other,
  repeating,
  withFetch,
  withOverrides,
  withSteps,
  type ClientFault,
} from './client-parts.ts';

const N = BigInt(`0x${protocol.constants.N.value}`);

const withoutZeros = (bytes: Uint8Array): Uint8Array => bytes.slice(bytes.findIndex((byte) => byte !== 0));

export const signupFaults: readonly ClientFault[] = [
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
    id: 'random-first-byte',
    title: 'draws random bytes of which the first is always zero',
    requirement: 'KEY-02',
    create: withOverrides(() => ({ random: (length) => native.random(length).fill(0, 0, 1) })),
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
    id: 'hex-upper-case',
    title: 'sends the verifier in upper-case hex',
    requirement: 'ENC-01',
    create: withFetch(
      async (request) =>
        await fetch(
          await bodyChanged(request, '/auth/signup', (body) => ({
            ...body,
            verifier: String(body['verifier']).toUpperCase(),
          })),
        ),
    ),
  },
  {
    id: 'salts-crossed-at-signup',
    title: 'sends SLT_Enc as saltKey, and SLT_Auth_1 as saltEnc',
    requirement: 'SIGNUP-03',
    create: withFetch(
      async (request) =>
        await fetch(
          await bodyChanged(request, '/auth/signup', ({ saltKey, saltEnc, ...body }) => ({
            ...body,
            saltKey: saltEnc,
            saltEnc: saltKey,
          })),
        ),
    ),
  },
  {
    id: 'generator-5',
    title: 'makes the verifier with g = 5',
    requirement: 'SRP-01',
    create: withSteps((own) => ({
      ...own,
      srp: {
        ...own.srp,
        SRP_Verifier: (x) => pad(own.primitives.modExp(5n, toInteger(x), N), 256),
      },
    })),
  },
  {
    id: 'salt-zeros-dropped',
    title: 'drops the zero bytes in front of a salt',
    requirement: 'SRP-03',
    create: withSteps((own) => ({
      ...own,
      SLT_TMP: (salt, email) => own.SLT_TMP(withoutZeros(salt), email),
    })),
  },
  {
    id: 'temporary-salt-zeros-dropped',
    title: 'drops the zero bytes in front of SLT_TMP',
    requirement: 'SRP-03',
    create: withSteps((own) => ({
      ...own,
      SEC_PWD: (passphrase, salt) => own.SEC_PWD(passphrase, withoutZeros(salt)),
    })),
  },
  {
    id: 'password-key-zeros-dropped',
    title: 'drops the zero bytes in front of SEC_PWD_Auth',
    requirement: 'SRP-03',
    // The suite knows one account whose SEC_PWD_Auth begins with a zero byte.
    inFull: true,
    create: withSteps((own) => ({ ...own, P: (key) => own.P(withoutZeros(key)) })),
  },
];
