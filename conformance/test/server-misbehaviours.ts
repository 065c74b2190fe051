/** What servers do that break, each with what a run says of it; `peers/misbehaving-server.mjs` does it. */

export interface Misbehaviour {
  /** What the server does. */
  readonly how: string;
  /** At which call that is no GET; the first by default, a signup. At every call, a GET too, where it is 0. */
  readonly at?: number;
  /** What the report says. */
  readonly says: RegExp;
  /** The exit status; 3 by default: the server could not be run to the end. */
  readonly status?: number;
  /** Milliseconds that a call may take; the default never runs out. */
  readonly timeout?: number;
  /** Whether it runs already, and is called at its URL; otherwise the suite starts it. */
  readonly runs?: true;
  /** The checks; all by default, for a run that ends early. */
  readonly only?: string;
  /** Whether the machine trusts its certificate. */
  readonly trusted?: true;
}

const SOON = 2000;
export const ONE = { only: 'server.signup' } as const;
const atOnce = /The run ended early: the server gave no answer to POST \/auth\/signup: /;
/** Nothing was judged before: the sentence is about the first call. */
export const first = (reason: RegExp): RegExp => new RegExp(atOnce.source + reason.source);
const CLOSED =
  /; expected a whole answer, and a connection that stays open after it unless it says Connection: close; see its log\n/;
const ENDED =
  /its process ended with status 9; expected it to stay in the foreground, and to run until it is ended\n/;
const LATE = /; see what it waits for, or give it longer with --timeout\n/;
const began = (bytes: string): RegExp =>
  new RegExp(
    `no more came than the beginning of an answer, status 200 and ${bytes} bytes, within 2 seconds${LATE.source}`,
  );

export const serverMisbehaviours: readonly Misbehaviour[] = [
  // It does not measure up to its end.
  {
    how: 'exits',
    at: 20,
    only: 'server.timing.*',
    says: /The run ended early: the server gave no answer to POST \/auth\/login-s: its process ended with status 9; /,
  },
  {
    how: 'hangs',
    at: 20,
    timeout: SOON,
    only: 'server.timing.login-a',
    says: /The run ended early: the server gave no answer to POST \/auth\/login-a: nothing came within 2 seconds/,
  },
  {
    how: 'is deaf to SIGTERM',
    status: 0,
    only: 'server.timing.login-s',
    says: /\nindication, no verdict \(ENUM-06, deployed\): login-s .* 60 pairs\)\n.*\n0 pass: nothing was judged\n$/s,
  },
  // No known mistake explains what is wrong, so that the suite searches for long; the server closes idle connections meanwhile.
  {
    how: 'answers with another M2',
    at: 0,
    only: 'server.signup,server.login.M2,server.login.zero-bytes,server.login.A-range,server.stranger.salts',
    status: 1,
    says: /\n0 pass, 2 fail, 3 blocked: not conformant\n$/,
  },
  // It does not start.
  {
    how: 'exits at start',
    says: /The run ended early: the server did not start: its process ended with status 7; expected it to stay in the foreground/,
  },
  {
    how: 'never listens',
    timeout: SOON,
    says: /the server did not answer GET http:\S+ within 2 seconds: connect ECONNREFUSED \S+; expected it to listen at 127\.0\.0\.1 on the port that PORT names\n/,
  },
  {
    how: 'never accepts',
    timeout: SOON,
    says: /the server did not answer GET http:\S+ within 2 seconds: nothing came within /,
  },
  {
    how: 'listens where somebody listens',
    says: /the server did not start: its process ended with status 1; its stderr ends: .*EADDRINUSE/s,
  },
  {
    how: 'goes to the background',
    timeout: SOON,
    // Whether the one that it left behind listens before it ends is a matter of milliseconds.
    says: /the server (did not start|gave no answer to POST \S+): its process ended with status 0; expected it to stay in the foreground/,
  },
  { how: 'hangs', at: 0, timeout: SOON, says: /the server did not answer GET http:\S+ within 2 seconds: / },
  // Its process ends.
  { how: 'exits', says: first(ENDED) },
  {
    how: 'exits',
    at: 8,
    only: 'server.login.*',
    says: new RegExp(
      `^pass .*\nThe run ended early: the server gave no answer to POST \\S+: ${ENDED.source}`,
      'ms',
    ),
  },
  {
    how: 'is killed',
    at: 2,
    says: /the server gave no answer to \S+ \S+: its process was ended by SIGKILL; expected it /,
  },
  { how: 'leaves a process', says: first(ENDED) },
  { how: 'leaves a process that hides', says: first(ENDED) },
  {
    how: 'tells everything',
    says: first(/its process ended with status 9; its stderr ends: .*\[secret\]/),
  },
  // It is silent.
  {
    how: 'hangs',
    runs: true,
    timeout: SOON,
    says: first(RegExp(`nothing came within 2 seconds${LATE.source}`)),
  },
  {
    how: 'is stopped',
    runs: true,
    timeout: SOON,
    says: first(RegExp(`nothing came within 2 seconds${LATE.source}`)),
  },
  {
    how: 'hangs',
    at: 8,
    only: 'server.login.*',
    runs: true,
    timeout: 4000,
    says: /^pass .*\nThe run ended early: the server gave no answer to POST \S+: nothing came within 4 seconds; see/ms,
  },
  { how: 'hangs in the middle', runs: true, timeout: SOON, says: first(began('6')) },
  {
    how: 'drips',
    runs: true,
    timeout: SOON,
    says: first(RegExp(`nothing came within 2 seconds${LATE.source}`)),
  },
  { how: 'drips a body', runs: true, timeout: SOON, says: first(began('[12]')) },
  // It closes the connection.
  {
    how: 'resets the connection',
    runs: true,
    says: first(
      RegExp(`it closed the connection before it had answered \\(read ECONNRESET\\)${CLOSED.source}`),
    ),
  },
  {
    how: 'ends the connection',
    runs: true,
    says: first(
      RegExp(`it closed the connection before it had answered \\(socket hang up\\)${CLOSED.source}`),
    ),
  },
  {
    how: 'ends in the middle',
    runs: true,
    says: first(/it closed the connection in the middle of its answer, after status 200 and 6 bytes \(/),
  },
  {
    how: 'says it is longer',
    runs: true,
    says: first(/it closed the connection in the middle of its answer, after status 200 and 2 bytes \(/),
  },
  {
    how: 'closes after each answer',
    at: 0,
    runs: true,
    only: 'server.login.*',
    says: RegExp(
      `the server gave no answer to POST \\S+: it closed the connection before it had answered \\(.*\\)${CLOSED.source}`,
    ),
  },
  // It says too much.
  {
    how: 'answers without an end',
    says: first(/its answer has more than 16777216 bytes; expected an end before that\n/),
  },
  {
    how: 'sends headers without an end',
    says: first(/its answer has more headers than are read \(.*\); expected 16384 bytes of them at most\n/),
  },
  {
    how: 'answers at length',
    status: 0,
    only: 'server.login.salts*,server.login.unknown*',
    says: /\n\d+ pass: conformant\n$/,
  },
  { how: 'floods its output', status: 0, ...ONE, says: /\n1 pass: conformant\n$/ },
  {
    how: 'answers twice',
    at: 0,
    status: 1,
    only: 'server.socket.in-a-row',
    says: /who asks in request 2 of a row/,
  },
  {
    how: 'answers before it is asked',
    runs: true,
    timeout: SOON,
    says: /The run ended early: the server gave no answer to POST \S+: (nothing came within|it closed|what came is no HTTP)/,
  },
  // What it says is no HTTP.
  {
    how: 'says two lengths',
    says: first(
      /what came is no HTTP \(.*Content-Length\)\)?; expected an answer of HTTP\/1\.1; say https where it speaks TLS\n/,
    ),
  },
  {
    how: 'speaks no HTTP',
    runs: true,
    says: first(/what came is no HTTP \(.*\); expected an answer of HTTP\/1\.1/),
  },
  { how: 'says it is shorter', runs: true, says: first(/what came is no HTTP \(Expected HTTP\/.*\)/) },
  // What it says is no answer.
  {
    how: 'answers in no UTF-8',
    status: 1,
    ...ONE,
    says: /expected +an account; \/id is missing\n +actual +200 \{"\ufffd\("/,
  },
  // It was asked for an answer that is not compressed, and nothing is unpacked.
  { how: 'sends a bomb', status: 1, ...ONE, says: /expected +an account; \/id is missing\n +actual +200 \S/ },
  {
    how: 'says it is compressed',
    status: 1,
    ...ONE,
    says: /an account; \/email is missing\n +actual +200 \{"id":"act"\}\n/,
  },
  { how: 'answers in HTML', status: 1, ...ONE, says: /actual +200 <!doctype html><p>Please log in\n/ },
  {
    how: 'redirects to itself',
    status: 1,
    ...ONE,
    says: /what +a signup was refused\n.*expected +status 200\n +actual +307\n/s,
  },
  {
    how: 'redirects to another',
    status: 1,
    ...ONE,
    says: /what +a signup was refused\n.*expected +status 200\n +actual +307\n/s,
  },
  // Its certificate.
  {
    how: 'signs its own certificate',
    runs: true,
    says: first(
      /this machine does not trust its certificate \(self-signed certificate\); expected one of an authority that this machine knows, or that NODE_EXTRA_CA_CERTS=FILE names\n/,
    ),
  },
  {
    how: 'signs its own certificate',
    runs: true,
    trusted: true,
    status: 1,
    ...ONE,
    says: /actual +200 \{\}\n/,
  },
  {
    how: 'has an old certificate',
    runs: true,
    says: first(/its certificate is not valid today \(certificate has expired\)/),
  },
  {
    how: 'has the certificate of another',
    runs: true,
    trusted: true,
    says: first(/its certificate is of another name \(.*\); call it by a name that its certificate has\n/),
  },
];
