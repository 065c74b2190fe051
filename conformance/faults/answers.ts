/** Faults of a server's answers, for the checks of clients: each alters one answer of an otherwise honest server. */
import protocol from '../../spec/protocol.json' with { type: 'json' };

/** The answer to a call, parsed. */
type Answer = Readonly<Record<string, unknown>>;

export interface AnswerFault {
  /** Unique; the last part of the check's id. */
  readonly id: string;
  /** What a client must do about it, as a sentence. */
  readonly title: string;
  /** The requirements that a client breaks by taking the answer. */
  readonly requirements: readonly string[];
  /** The call whose answer is altered. */
  readonly call: string;
  /** `own` is the honest answer; `other` the honest answer to another account, where there is one. */
  readonly alter: (own: Answer, other: Answer) => Answer;
}

const { N } = protocol.constants;
const ZERO = '0'.repeat(512);

const LOGIN_A = 'POST /auth/login-a';
const LOGIN_M1 = 'POST /auth/login-m1';
const WHOAMI = 'GET /auth/whoami';

const text = (answer: Answer, name: string): string => String(answer[name]);

/** Another digit in place of the one at an index; -1 is the last. */
function otherDigit(hex: string, index: number): string {
  const at = index < 0 ? hex.length + index : index;
  return hex.slice(0, at) + (hex[at] === '0' ? '1' : '0') + hex.slice(at + 1);
}

/** Alters a member that holds the JSON text of an AES message. */
const inMessage =
  (name: string, alter: (message: Record<string, string>) => Record<string, string>) =>
  (own: Answer): Answer => ({
    ...own,
    [name]: JSON.stringify(alter(JSON.parse(text(own, name)) as Record<string, string>)),
  });

/** After these the client must not send M1. */
export const beforeProof: readonly AnswerFault[] = [
  {
    id: 'B-zero',
    title: 'A client aborts the login when B is 0, before it sends M1.',
    requirements: ['SRP-19'],
    call: LOGIN_A,
    alter: (own) => ({ ...own, srpB: ZERO }),
  },
  {
    id: 'B-N',
    title: 'A client aborts the login when B is N, before it sends M1.',
    requirements: ['SRP-19', 'SRP-20'],
    call: LOGIN_A,
    alter: (own) => ({ ...own, srpB: N.value }),
  },
  {
    id: 'B-above-N',
    title: 'A client aborts the login when B is above N, before it sends M1.',
    requirements: ['SRP-20'],
    call: LOGIN_A,
    alter: (own) => ({ ...own, srpB: (BigInt(`0x${N.value}`) + 2n).toString(16) }),
  },
  {
    id: 'B-short',
    title: 'A client refuses a B that does not have 512 hex digits, before it sends M1.',
    requirements: ['SRP-21'],
    call: LOGIN_A,
    alter: (own) => ({ ...own, srpB: text(own, 'srpB').slice(0, 256) }),
  },
];

/** After these the client must not send the session id. */
export const beforeSession: readonly AnswerFault[] = [
  {
    id: 'M2-last-bit',
    title: 'A client refuses an M2 that is wrong in its last digit.',
    requirements: ['SRP-31', 'SRP-32'],
    call: LOGIN_M1,
    alter: (own) => ({ ...own, srpM2: otherDigit(text(own, 'srpM2'), -1) }),
  },
  {
    id: 'M2-first-bit',
    title: 'A client refuses an M2 that is wrong in its first digit.',
    requirements: ['SRP-31', 'SRP-32'],
    call: LOGIN_M1,
    alter: (own) => ({ ...own, srpM2: otherDigit(text(own, 'srpM2'), 0) }),
  },
  {
    id: 'M2-missing',
    title: 'A client refuses an answer without M2.',
    requirements: ['SRP-31', 'SRP-32'],
    call: LOGIN_M1,
    alter: ({ srpM2: _, ...own }) => own,
  },
  {
    id: 'M2-empty',
    title: 'A client refuses an empty M2.',
    requirements: ['SRP-31', 'SRP-32'],
    call: LOGIN_M1,
    alter: (own) => ({ ...own, srpM2: '' }),
  },
  {
    id: 'M2-truncated',
    title: 'A client refuses the first 16 bytes of M2.',
    requirements: ['SRP-31', 'SRP-32'],
    call: LOGIN_M1,
    alter: (own) => ({ ...own, srpM2: text(own, 'srpM2').slice(0, 32) }),
  },
];

/** After these the client must not report a login: the keys of the account are not what they should be. */
export const beforeUnlock: readonly AnswerFault[] = [
  {
    id: 'tag-truncated',
    title: 'A client refuses a wrapped key whose tag has 12 bytes.',
    requirements: ['AES-07', 'LOGIN-12'],
    call: WHOAMI,
    alter: inMessage('encSymmetricKey', (message) => ({ ...message, t: String(message['t']).slice(0, 24) })),
  },
  {
    id: 'tag-wrong',
    title: 'A client refuses a wrapped key whose tag does not fit.',
    requirements: ['AES-09', 'LOGIN-12'],
    call: WHOAMI,
    alter: inMessage('encSymmetricKey', (message) => ({
      ...message,
      t: otherDigit(String(message['t']), -1),
    })),
  },
  {
    id: 'private-key-tag-wrong',
    title: 'A client refuses a private key whose tag does not fit.',
    requirements: ['AES-09', 'LOGIN-12'],
    call: WHOAMI,
    alter: inMessage('encPrivateKey', (message) => ({ ...message, t: otherDigit(String(message['t']), 0) })),
  },
  {
    id: 'key-of-another-account',
    title: 'A client refuses the wrapped key of another account.',
    requirements: ['AES-09', 'LOGIN-12'],
    call: WHOAMI,
    alter: (own, other) => ({ ...own, encSymmetricKey: other['encSymmetricKey'] }),
  },
  {
    id: 'public-key-substituted',
    title: 'A client refuses a public key that does not belong to its own private key.',
    requirements: ['WRAP-10', 'LOGIN-12'],
    call: WHOAMI,
    alter: (own, other) => ({ ...own, publicKey: other['publicKey'] }),
  },
];
