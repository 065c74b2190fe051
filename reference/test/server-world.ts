/**
 * A server in this process and people with sessions, made without a key derivation: keys and verifiers are of the right
 * form and open nothing. Every answer is held against `spec/openapi.yaml`.
 */
import { createHash, randomBytes } from 'node:crypto';
import type t from 'tap';
import { findAnswerFault } from '../../conformance/test/openapi.ts';
import { recorded } from '../../conformance/peer/exchange.ts';
import {
  createMemoryStore,
  createServer,
  type Mail,
  type ProfileName,
  type ServerOptions,
  type SignupRequest,
  type Store,
} from '../index.ts';

export const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];

/** Somebody with an account and a session. */
export interface Person {
  readonly account: SignupRequest;
  readonly session: string;
}

/** A call as it is sent: who sends it, its body, and what else is unusual about it. */
export interface Sent {
  readonly by?: Pick<Person, 'session'>;
  /** As JSON, unless it is text or bytes. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The network address it comes from. */
  readonly from?: string | undefined;
}

/** An answer, its body parsed. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** A server and what there is around it. */
export interface World {
  readonly profile: ProfileName;
  readonly store: Store;
  readonly mails: readonly Mail[];
  /** Errors that were the server's own. */
  readonly errors: readonly Error[];
  /** Hands a request to the server as it is. */
  fetch(request: Request): Promise<Response>;
  /** `call('POST /api/teams', { by: jane, body: { name: 'Gardeners' } })` */
  call(line: string, sent?: Sent): Promise<Answer>;
  /** Signs somebody up and gives them a confirmed address and a session. */
  person(name: string, members?: Partial<SignupRequest>): Promise<Person>;
  /** One more session of somebody. */
  session(person: Person): Person;
}

type Tap = Pick<typeof t, 'equal'>;

export function openWorld(test: Tap, profile: ProfileName, options: Partial<ServerOptions> = {}): World {
  const mails: Mail[] = [];
  const errors: Error[] = [];
  const store = options.store ?? createMemoryStore();
  const mailer = (mail: Mail): void => void mails.push(mail);
  const onError = (error: Error): void => void errors.push(error);
  const server = createServer({
    profile,
    mailer,
    publicUrl: 'https://sync.example',
    onError,
    ...options,
    store,
  });
  const call: World['call'] = async (line, sent = {}) => {
    const [method = '', target = ''] = line.split(' ');
    const request = requestOf(method, target, sent);
    const caller = { networkAddress: sent.from };
    const { exchange } = await recorded(request, (own) => server.fetch(own, caller));
    test.equal(findAnswerFault(exchange), undefined, `${line} is answered as it should be`);
    const { status, responseHeaders: headers, responseBody } = exchange;
    return { status, headers, body: JSON.parse(responseBody) as Record<string, unknown> };
  };
  const session: World['session'] = ({ account }) => {
    const id = hex(32);
    store.addSession(sha256(id), account.id);
    return { account, session: id };
  };
  const person: World['person'] = async (name, members) => {
    const account = fakeAccount(name, members);
    test.equal((await call('POST /auth/signup', { body: account })).status, 200);
    store.setVerified(account.id);
    return session({ account, session: '' });
  };
  return { profile, store, mails, errors, fetch: server.fetch, call, person, session };
}

function requestOf(method: string, target: string, { by, body, headers = {} }: Sent): Request {
  const raw = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return new Request(new URL(target, 'https://sync.example'), {
    method,
    headers: {
      ...(by !== undefined && { 'x-session-id': by.session }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: raw as string }),
  });
}

export const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An AES message that nothing opens. */
export const fakeMessage = (): string => JSON.stringify({ iv: hex(12), t: hex(16), d: hex(32), ad: '' });

/** A link, or a verifier in its range: 256 bytes, the first of them 0. */
export const fakeElement = (): string => `00${hex(255)}`;

/** A public key of the right form. */
export function fakePublicKey(): string {
  const modulus = randomBytes(256);
  modulus[0] = 0xff;
  modulus[255] = 0x01;
  const n = modulus.toString('base64url');
  return JSON.stringify({ alg: 'RSA-OAEP-256', e: 'AQAB', ext: true, key_ops: ['encrypt'], kty: 'RSA', n });
}

export const fakeAccount = (name: string, members: Partial<SignupRequest> = {}): SignupRequest => ({
  id: `act_${hex(32)}`,
  email: `${name.toLowerCase()}@example.com`,
  firstName: name,
  lastName: '',
  saltKey: hex(32),
  saltAuth: hex(32),
  saltEnc: hex(32),
  verifier: fakeElement(),
  publicKey: fakePublicKey(),
  encPrivateKey: fakeMessage(),
  encSymmetricKey: fakeMessage(),
  ...members,
});

/** Asks for a refusal, and that it is the one of 10.2. */
export async function refused(
  test: Tap,
  answer: Promise<Answer>,
  status: number,
  error: string,
  field?: string,
): Promise<void> {
  const { status: actual, body } = await answer;
  test.equal(actual, status, `${status} ${error}`);
  test.equal(body['error'], error);
  if (field !== undefined) test.equal(body['field'], field);
}

/** Asks for success and hands the answer's body on. */
export async function accepted(
  test: Tap,
  answer: Promise<Answer>,
): Promise<Readonly<Record<string, unknown>>> {
  const { status, body } = await answer;
  test.equal(status, 200, JSON.stringify(body).slice(0, 200));
  return body;
}

/** The newest mail to somebody. */
export const mailTo = ({ mails }: World, email: string): string =>
  mails.findLast(({ to }) => to === email)?.text ?? '';
