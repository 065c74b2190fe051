/** Why no answer came to a request (9.2): what was expected, what came instead, and what to do next. */

/** What is known of a call that was not answered. */
export interface Unanswered {
  /** What broke it off. */
  readonly error: unknown;
  /** Milliseconds that it was given. */
  readonly timeout: number;
  /** The status, where an answer began. */
  readonly status?: number | undefined;
  /** How many bytes of a body came. */
  readonly bytes?: number;
}

/** The longest answer that is read, in bytes; what is longer is none. */
export const LONGEST_ANSWER = 16 * 1024 * 1024;

/** An answer has more than `LONGEST_ANSWER` bytes. */
export class TooLong extends Error {
  constructor() {
    super(`its answer has more than ${String(LONGEST_ANSWER)} bytes`);
    this.name = 'TooLong';
  }
}

/** An answer was not there to its last byte in time. */
export class TooLate extends Error {
  constructor() {
    super('it came too late');
    this.name = 'TimeoutError'; // as `fetch` calls it
  }
}

/** Errors of `node:http` and of `fetch`, by code, and what they say of the server; the message of the error says the rest. */
const REASONS: readonly (readonly [code: RegExp, came: string, next: string])[] = [
  [/^ECONNREFUSED$/, 'nothing listens there', 'start the server, or correct the URL'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'its name is not known', 'correct the URL, or wait until the name is known'],
  [
    /^(EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|EADDRNOTAVAIL)$/,
    'no way leads there',
    'see whether this machine reaches it',
  ],
  [
    /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    'its certificate is not valid today',
    'give it one that is, and see whether the clock of this machine is right',
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    'its certificate is of another name',
    'call it by a name that its certificate has',
  ],
  [
    /CERT|^UNABLE_TO_/,
    'this machine does not trust its certificate',
    'expected one of an authority that this machine knows, or that NODE_EXTRA_CA_CERTS=FILE names',
  ],
  [
    /^(ERR_SSL_|EPROTO)/,
    'what came is no TLS',
    'expected TLS because the URL begins with https; say http where it speaks none',
  ],
  [/HEADERS?_OVERFLOW$/, 'its answer has more headers than are read', 'expected 16384 bytes of them at most'],
  [
    /^(HPE_|UND_ERR_INVALID_ARG|ERR_INVALID_CHAR)/,
    'what came is no HTTP',
    'expected an answer of HTTP/1.1; say https where it speaks TLS',
  ],
];

/** Where a connection ends, the codes say who ended it, and not reliably. */
const CLOSED = /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_ABORTED)$/;

/** @returns a clause that goes after `the server gave no answer to POST /auth/signup: ` */
export function whyNoAnswer({ error, timeout, status, bytes = 0 }: Unanswered): string {
  const began = status === undefined ? undefined : `status ${String(status)} and ${String(bytes)} bytes`;
  if (error instanceof TooLong) return `${error.message}; expected an end before that`;
  if ((error as Error).name === 'TimeoutError') return tooLate(timeout, began);
  const { code, message } = causeOf(error);
  if (CLOSED.test(code)) return `it closed the connection ${closedWhen(began)} (${message}); ${WHOLE}`;
  const [, came, next] = REASONS.find(([pattern]) => pattern.test(code)) ?? [];
  if (came === undefined || next === undefined) return message;
  return `${came} (${message}); ${next}`;
}

/** The innermost error with a code: `fetch` wraps it once, a connection to a name of several addresses once more. */
export function causeOf(error: unknown): { readonly code: string; readonly message: string } {
  const { message, cause, code = '', errors, reason } = error as SystemError;
  const inner = cause ?? errors?.[0];
  if (inner instanceof Error) return causeOf(inner);
  const ofTls = /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1];
  return { code, message: reason ?? ofTls ?? (message === '' ? code : message) };
}

/** What is read of errors of the system besides their message. */
interface SystemError extends Error {
  readonly code?: string;
  readonly errors?: readonly unknown[];
  /** Of OpenSSL and of the parser of HTTP, whose messages tell more of their inside. */
  readonly reason?: string;
}

const closedWhen = (began: string | undefined): string =>
  began === undefined ? 'before it had answered' : `in the middle of its answer, after ${began}`;
const WHOLE =
  'expected a whole answer, and a connection that stays open after it unless it says Connection: close; see its log';

function tooLate(timeout: number, began: string | undefined): string {
  const came =
    began === undefined ? 'nothing came' : `no more came than the beginning of an answer, ${began},`;
  return `${came} within ${secondsIn(timeout)}; see what it waits for, or give it longer with --timeout`;
}

/** `1 second`, `2.5 seconds` */
export const secondsIn = (milliseconds: number): string =>
  `${String(milliseconds / 1000)} ${milliseconds === 1000 ? 'second' : 'seconds'}`;
