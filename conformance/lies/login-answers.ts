/** What a dishonest server answers before a login is proved: salts, B, and M2 (5.3, 5.5, 7.3). */
import type { Stage } from '../../reference/index.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { LOGIN_A, LOGIN_M1, LOGIN_S } from '../peer/calls.ts';
import { inMember, MALFORMED, otherDigit, text, without, type AnswerFault } from './answers.ts';

const N = BigInt(`0x${protocol.constants.N.value}`);
/** 512 digits where the value has no more than that, and an even number of them in any case. */
const element = (value: bigint): string => {
  const digits = value.toString(16);
  return digits.padStart(Math.max(512, digits.length + (digits.length % 2)), '0');
};

/** What is sent before M1 and must not be answered by it. */
type Before = Omit<AnswerFault, 'before' | 'call'>;

const range: readonly Stage[] = ['auth'];
/** What has neither the form nor the range: either may be found first. */
const either: readonly Stage[] = [...MALFORMED, 'auth'];
const fixed = (value: string) => inMember('srpB', () => value);

const ephemerals: readonly Before[] = [
  {
    id: 'B-zero',
    title: 'A client aborts the login when B is 0, before it sends M1.',
    requirements: ['SRP-19'],
    stages: range,
    alter: fixed(element(0n)),
  },
  {
    id: 'B-N',
    title: 'A client aborts the login when B is N, before it sends M1.',
    requirements: ['SRP-19', 'SRP-20'],
    stages: range,
    alter: fixed(element(N)),
  },
  {
    id: 'B-2N',
    title: 'A client aborts the login when B is twice N, which has two digits more, before it sends M1.',
    requirements: ['SRP-19', 'SRP-20', 'SRP-21'],
    stages: either,
    alter: fixed(element(2n * N)),
  },
  {
    id: 'B-N-plus-1',
    title: 'A client aborts the login when B is N + 1, before it sends M1.',
    requirements: ['SRP-20'],
    stages: range,
    alter: fixed(element(N + 1n)),
  },
  {
    id: 'B-above-N',
    title: 'A client aborts the login when B is above N, before it sends M1.',
    requirements: ['SRP-20'],
    stages: range,
    alter: fixed(element(N + 2n)),
  },
  {
    id: 'B-all-ones',
    title: 'A client aborts the login when B is the largest number of 256 bytes, before it sends M1.',
    requirements: ['SRP-20'],
    stages: range,
    alter: fixed('f'.repeat(512)),
  },
  {
    id: 'B-short',
    title: 'A client refuses a B that does not have 512 hex digits, before it sends M1.',
    requirements: ['SRP-21'],
    stages: MALFORMED,
    alter: inMember('srpB', (B) => B.slice(0, 256)),
  },
  {
    id: 'B-long',
    title: 'A client refuses a B with a zero byte in front of its 256, before it sends M1.',
    requirements: ['SRP-21'],
    stages: MALFORMED,
    alter: inMember('srpB', (B) => `00${B}`),
  },
  {
    id: 'B-odd',
    title: 'A client refuses a B with an odd number of digits, before it sends M1.',
    requirements: ['SRP-21'],
    stages: MALFORMED,
    alter: inMember('srpB', (B) => B.slice(1)),
  },
  {
    id: 'B-upper-case',
    title: 'A client refuses a B in upper case, before it sends M1.',
    requirements: ['SRP-21', 'ENC-02'],
    stages: MALFORMED,
    alter: inMember('srpB', (B) => B.toUpperCase()),
  },
  {
    id: 'B-prefixed',
    title: 'A client refuses a B that begins with 0x, before it sends M1.',
    requirements: ['SRP-21'],
    stages: MALFORMED,
    alter: inMember('srpB', (B) => `0x${B}`),
  },
  {
    id: 'B-not-hex',
    title: 'A client refuses a B in which a character is no hex digit, before it sends M1.',
    requirements: ['SRP-21', 'ENC-02'],
    stages: MALFORMED,
    alter: inMember('srpB', (B) => `${B.slice(0, 511)}g`),
  },
  {
    id: 'B-missing',
    title: 'A client refuses an answer without B, before it sends M1.',
    requirements: ['SRP-21'],
    stages: MALFORMED,
    alter: without('srpB'),
  },
  {
    id: 'B-number',
    title: 'A client refuses a B that is a number and no text, before it sends M1.',
    requirements: ['SRP-21'],
    stages: MALFORMED,
    alter: inMember('srpB', () => 2),
  },
];

const salts: readonly Before[] = [
  {
    id: 'saltKey-short',
    title: 'A client refuses a saltKey of 31 bytes, before it sends M1.',
    requirements: ['ENC-02'],
    stages: MALFORMED,
    alter: inMember('saltKey', (salt) => salt.slice(0, 62)),
  },
  {
    id: 'saltKey-empty',
    title: 'A client refuses an empty saltKey, before it sends M1.',
    requirements: ['ENC-02'],
    stages: MALFORMED,
    alter: inMember('saltKey', () => ''),
  },
  {
    id: 'saltKey-upper-case',
    title: 'A client refuses a saltKey in upper case, before it sends M1.',
    requirements: ['ENC-02'],
    stages: MALFORMED,
    alter: inMember('saltKey', (salt) => salt.toUpperCase()),
  },
  {
    id: 'saltAuth-long',
    title: 'A client refuses a saltAuth of 33 bytes, before it sends M1.',
    requirements: ['ENC-02'],
    stages: MALFORMED,
    alter: inMember('saltAuth', (salt) => `${salt}00`),
  },
  {
    id: 'saltAuth-short',
    title: 'A client refuses a saltAuth of 31 bytes, before it sends M1.',
    requirements: ['ENC-02'],
    stages: MALFORMED,
    alter: inMember('saltAuth', (salt) => salt.slice(0, 62)),
  },
  {
    id: 'saltAuth-empty',
    title: 'A client refuses an empty saltAuth, before it sends M1.',
    requirements: ['ENC-02'],
    stages: MALFORMED,
    alter: inMember('saltAuth', () => ''),
  },
  {
    id: 'saltAuth-upper-case',
    title: 'A client refuses a saltAuth in upper case, before it sends M1.',
    requirements: ['ENC-02'],
    stages: MALFORMED,
    alter: inMember('saltAuth', (salt) => salt.toUpperCase()),
  },
  {
    id: 'saltAuth-missing',
    title: 'A client refuses an answer without saltAuth, before it sends M1.',
    requirements: ['ENC-02', 'HTTP-09'],
    stages: MALFORMED,
    alter: without('saltAuth'),
  },
];

/** After these the client must not send the session id. */
type Session = Omit<AnswerFault, 'before'>;

const wrongSalts: readonly Session[] = [
  {
    id: 'salts-of-another',
    title: 'A login for which the server gave the salts of another account is not reported as one.',
    requirements: ['LOGIN-12', 'SRP-32'],
    call: LOGIN_S,
    stages: ['auth'],
    alter: (own, { other }) => ({ ...own, ...other }),
  },
];

const PROOF = ['SRP-31', 'SRP-32'];

/** A proof that has not its form is malformed, and wrong. */
const proofs: readonly Omit<Session, 'call'>[] = [
  {
    id: 'M2-last-bit',
    title: 'A client refuses an M2 that is wrong in its last digit.',
    requirements: [...PROOF, 'SRP-29'],
    stages: ['auth'],
    alter: inMember('srpM2', (M2) => otherDigit(M2, -1)),
  },
  {
    id: 'M2-first-bit',
    title: 'A client refuses an M2 that is wrong in its first digit.',
    requirements: PROOF,
    stages: ['auth'],
    alter: inMember('srpM2', (M2) => otherDigit(M2, 0)),
  },
  {
    id: 'M2-replayed',
    title: 'A client refuses the M2 of the login before.',
    requirements: PROOF,
    stages: ['auth'],
    alter: (_own, { other }) => other,
  },
  {
    id: 'M2-is-M1',
    title: 'A client refuses its own M1 as M2.',
    requirements: PROOF,
    stages: ['auth'],
    alter: (own, { asked }) => ({ ...own, srpM2: asked['srpM1'] }),
  },
  {
    id: 'M2-missing',
    title: 'A client refuses an answer without M2.',
    requirements: PROOF,
    stages: either,
    alter: without('srpM2'),
  },
  {
    id: 'M2-empty',
    title: 'A client refuses an empty M2.',
    requirements: PROOF,
    stages: either,
    alter: inMember('srpM2', () => ''),
  },
  {
    id: 'M2-truncated',
    title: 'A client refuses the first 16 bytes of M2.',
    requirements: PROOF,
    stages: either,
    alter: inMember('srpM2', (M2) => M2.slice(0, 32)),
  },
  {
    id: 'M2-extended',
    title: 'A client refuses an M2 with a byte after its 32.',
    requirements: PROOF,
    stages: either,
    alter: inMember('srpM2', (M2) => `${M2}00`),
  },
  {
    id: 'M2-upper-case',
    title: 'A client refuses an M2 in upper case.',
    requirements: PROOF,
    stages: either,
    alter: inMember('srpM2', (M2) => M2.toUpperCase()),
  },
  {
    id: 'M2-early',
    title: 'A client that was given M2 together with B refuses an answer to M1 without it.',
    requirements: PROOF,
    stages: either,
    alter: without('srpM2'),
    earlier: {
      call: LOGIN_A,
      alter: (own, { asked, owner }) => ({
        ...own,
        srpM2: owner.proof(text(asked, 'srpA'), text(own, 'srpB')),
      }),
    },
  },
];

/** Answers to `login-s`, `login-a` and `login-m1`. */
export const loginAnswers: readonly AnswerFault[] = [
  ...salts.map((fault) => ({ ...fault, call: LOGIN_S, before: 'proof' as const })),
  ...wrongSalts.map((fault) => ({ ...fault, before: 'session' as const })),
  ...ephemerals.map((fault) => ({ ...fault, call: LOGIN_A, before: 'proof' as const })),
  ...proofs.map((fault) => ({ ...fault, call: LOGIN_M1, before: 'session' as const })),
];
