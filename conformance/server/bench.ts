/** Everything that a server is judged by: its answers to requests that the suite makes by hand. */
import { randomBytes } from 'node:crypto';
import {
  createClient,
  createSteps,
  findFault,
  toHex,
  type ProfileName,
  type SignupRequest,
  type Steps,
} from '../../reference/index.ts';
import { Blocked, shorten } from '../check.ts';
import { typedAccount, type TypedAccount } from '../inputs.ts';
import { createOracle, type Explained, type Oracle } from '../oracle.ts';
import { describeRequest, jsonOf, textOf, type Exchange } from '../peer/exchange.ts';
import type { Mailbox, ServerTarget } from '../target/server-target.ts';
import { createSend, type Send } from './wire.ts';

/** An account of the suite: what was typed, and what was sent. */
export interface OwnAccount {
  readonly typed: TypedAccount;
  readonly body: SignupRequest;
}

/** A login by hand, from login-s to before the proof. */
export interface OpenLogin {
  readonly sessionStarterId: string;
  /** The values of the login by symbol, as the specification gives them. */
  readonly expected: Explained;
  readonly salts: Exchange;
  readonly ephemeral: Exchange;
}

/** A login whose M2 was right and whose session the server took. */
export interface LiveSession {
  readonly sessionId: string;
  readonly whoami: Exchange;
  readonly login: OpenLogin;
}

export interface ServerBench {
  readonly profile: ProfileName;
  readonly oracle: Oracle;
  readonly send: Send;
  /** Everything that crossed the wire, oldest first. */
  readonly exchanges: readonly Exchange[];
  /** A new account as a client would send it; nothing is sent yet. */
  prepare(): Promise<OwnAccount>;
  /** Two accounts that the server took and whose address is confirmed. @throws Blocked */
  jane(): Promise<OwnAccount>;
  bob(): Promise<OwnAccount>;
  /** Confirms an address by the link in the mail. @throws Blocked where there is no way */
  confirm(account: OwnAccount): Promise<void>;
  /** The newest link that was mailed to an account, as a path with query; undefined where none came. */
  confirmationLink(account: OwnAccount): Promise<string | undefined>;
  /** login-s and login-a. @throws Blocked where the answers cannot be used */
  open(account: OwnAccount, passphrase?: string): Promise<OpenLogin>;
  /** login-m1 with a proof (hex). */
  prove(login: OpenLogin, srpM1: string): Promise<Exchange>;
  /** A whole login. @throws Blocked unless M2 is right and the session works */
  login(account: OwnAccount): Promise<LiveSession>;
}

export interface ServerBenchOptions {
  readonly target: ServerTarget;
  readonly profile: ProfileName;
  readonly seed: number;
  /** Milliseconds that one answer may take. */
  readonly timeout: number;
}

export function openServerBench({ target, profile, seed, timeout }: ServerBenchOptions): ServerBench {
  const exchanges: Exchange[] = [];
  const send = createSend(target.url, timeout, (exchange) => exchanges.push(exchange));
  const oracle = createOracle(profile);
  // Addresses are new in every run: the server may remember those of the last one.
  const nonce = `.${randomBytes(4).toString('hex')}`;
  let prepared = 0;

  const steps = createSteps(profile);
  // A server cannot tell whether key pairs are new; one for all accounts saves most of the time of a run.
  const keyPair = once(steps.keyPair);
  const prepare = async (): Promise<OwnAccount> => {
    const account = typedAccount(seed, String(prepared++), nonce);
    return { typed: account, body: await signupBody({ ...steps, keyPair }, account) };
  };

  const confirmationLink = async ({ body }: OwnAccount): Promise<string | undefined> => {
    if (target.mailbox.kind !== 'mail') return undefined;
    const link = linkIn(await newestMail(target.mailbox, body.email));
    const base = new URL(target.url).pathname.replace(/\/$/, '');
    return link?.startsWith(base) === true ? link.slice(base.length) : link;
  };

  const confirm = async (account: OwnAccount): Promise<void> => {
    if (target.mailbox.kind === 'no-confirm') return;
    if (target.mailbox.kind === 'none') {
      if (profile === 'deployed') return;
      throw new Blocked('the address cannot be confirmed: say --mail-command COMMAND, or --no-confirm');
    }
    const link = await confirmationLink(account);
    if (link === undefined)
      throw new Blocked(`no mail with a confirmation link came for ${account.body.email}`);
    const answer = await send('GET', link);
    if (answer.status !== 200)
      throw new Blocked(`the confirmation link was refused: ${statusAndBody(answer)}`);
  };

  const signedUp = async (): Promise<OwnAccount> => {
    const account = await prepare();
    const answer = await send('POST', '/auth/signup', { body: account.body });
    if (!isSuccess(answer)) throw new Blocked(`the server refused a signup: ${statusAndBody(answer)}`);
    await confirm(account);
    return account;
  };

  const open: ServerBench['open'] = async (
    { typed: { email, passphrase }, body },
    otherPassphrase = passphrase,
  ) => {
    const salts = await answerOf(send, '/auth/login-s', { email: body.email }, 'login-s-response');
    const { saltKey, saltAuth } = saltsOf(salts);
    const known = { email, passphrase: otherPassphrase, saltKey, saltAuth };
    const a = Uint8Array.from(randomBytes(32));
    const srpA = toHex(oracle.loginAtClient(known, { a })('srp.A'));
    const ephemeral = await answerOf(send, '/auth/login-a', { email: body.email, srpA }, 'login-a-response');
    const answer = jsonOf(ephemeral.responseBody);
    const B = Uint8Array.from(Buffer.from(textOf(answer, 'srpB'), 'hex'));
    const sessionStarterId = textOf(answer, 'sessionStarterId');
    return { sessionStarterId, salts, ephemeral, expected: oracle.loginAtClient(known, { a, B }) };
  };

  const prove: ServerBench['prove'] = async ({ sessionStarterId }, srpM1) =>
    await send('POST', '/auth/login-m1', { body: { sessionStarterId, srpM1 } });

  const login: ServerBench['login'] = async (account) => {
    const opened = await open(account);
    const proved = await prove(opened, toHex(opened.expected('srp.M1')));
    const srpM2 = textOf(jsonOf(proved.responseBody), 'srpM2');
    if (!isSuccess(proved) || srpM2 !== toHex(opened.expected('srp.M2')))
      throw new Blocked(`an honest login was not answered with the right M2: ${statusAndBody(proved)}`);
    const sessionId = toHex(opened.expected('session.id'));
    const whoami = await send('GET', '/auth/whoami', { sessionId });
    if (!isSuccess(whoami) || textOf(jsonOf(whoami.responseBody), 'accountId') !== account.body.id)
      throw new Blocked(`the session of an honest login does not work: ${statusAndBody(whoami)}`);
    return { sessionId, whoami, login: opened };
  };

  return {
    profile,
    oracle,
    send,
    exchanges,
    prepare,
    confirm,
    confirmationLink,
    open,
    prove,
    login,
    jane: once(signedUp),
    bob: once(signedUp),
  };
}

/** What the reference client would send; it is kept, not sent. */
async function signupBody(steps: Steps, account: TypedAccount): Promise<SignupRequest> {
  let body: SignupRequest | undefined;
  const client = createClient({
    profile: steps.profile.name,
    steps,
    server: 'https://nowhere.example',
    fetch: async (request) => {
      body = (await request.json()) as SignupRequest;
      return Response.json({ ...body, isVerified: false, created: new Date(0).toISOString() });
    },
  });
  await client.signup(account);
  if (body === undefined) throw new Error('the reference client sent no signup');
  return body;
}

async function answerOf(send: Send, path: string, body: unknown, schema: string): Promise<Exchange> {
  const exchange = await send('POST', path, { body });
  if (!isSuccess(exchange)) throw new Blocked(`${path} was refused: ${statusAndBody(exchange)}`);
  const fault = findFault(schema, jsonOf(exchange.responseBody));
  if (fault !== undefined)
    throw new Blocked(
      `${path}: ${fault.pointer || 'the answer'} ${fault.reason}: ${statusAndBody(exchange)}`,
    );
  return exchange;
}

function saltsOf({ responseBody }: Exchange): { saltKey: string; saltAuth: string } {
  const answer = jsonOf(responseBody);
  return { saltKey: textOf(answer, 'saltKey'), saltAuth: textOf(answer, 'saltAuth') };
}

/** Mail takes its time: asked for a few times, with growing pauses. */
async function newestMail(mailbox: Mailbox & { kind: 'mail' }, email: string): Promise<string> {
  for (const pause of [0, 50, 200, 1000, 3000]) {
    await new Promise((done) => setTimeout(done, pause));
    const text = await mailbox.newest(email);
    if (text !== undefined && linkIn(text) !== undefined) return text;
  }
  return '';
}

/** The path and query of the first link, whatever host it names: the server's own idea of its URL may differ. */
function linkIn(text: string): string | undefined {
  const url = /https?:\/\/[^\s<>"]+/.exec(text)?.[0];
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { pathname, search } = new URL(url);
  return pathname.replace(/^\/+/, '/') + search; // two slashes would name a host
}

export const isSuccess = ({ status }: Exchange): boolean => status >= 200 && status < 300;

/** For a report. */
export const statusAndBody = ({ status, responseBody }: Exchange): string =>
  `${String(status)} ${shorten(responseBody)}`.trim();

export const requestLine = (exchange: Exchange): string => shorten(describeRequest(exchange), 400);

/** The first outcome, success or failure, for every caller. */
function once<T>(act: () => Promise<T>): () => Promise<T> {
  let outcome: Promise<T> | undefined;
  return () => (outcome ??= act());
}
