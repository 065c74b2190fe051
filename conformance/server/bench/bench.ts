/** Everything that a server is judged by: its answers to requests that the suite makes by hand. */
import { randomBytes } from 'node:crypto';
import { createSteps, findFault, toHex, type ProfileName, type Steps } from '../../../reference/index.ts';
import type { Pbkdf2Cache } from '../../../spec/index.ts';
import { Blocked, shorten } from '../../check.ts';
import { typedAccount } from '../../inputs.ts';
import { createOracle, type Explained, type Oracle } from '../../oracle.ts';
import { describeRequest, jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import type { ServerTarget } from '../../target/server-target.ts';
import { ADDRESS_PREFIX, isOwnAddress } from './address.ts';
import { linksIn, mailedUrl, pathOf } from './mail.ts';
import { signupBody, type OwnAccount } from './own-account.ts';
import { createKept } from './kept.ts';
import type { Made } from './made.ts';
import { createStretching } from './stretching.ts';
import { createVisit, type Visit, type VisitOptions } from './visit.ts';
import type { Send } from './wire.ts';

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

/** An account of the suite on a device. */
export interface Device {
  readonly account: OwnAccount;
  /** K as 64 hex digits. */
  readonly sessionId: string;
  /** Makes a call with the session, whatever comes of it. */
  call(method: string, path: string, body?: unknown): Promise<Exchange>;
  /** Makes a call that must succeed for a check to say anything. @throws Blocked where it is refused */
  done(method: string, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>>;
}

export interface ServerBench {
  readonly profile: ProfileName;
  /** The steps of the protocol in this profile. */
  readonly steps: Steps;
  readonly target: ServerTarget;
  /** What the server can do. */
  readonly capabilities: readonly string[];
  readonly seed: number;
  /** How many cases a check over random inputs tries. */
  readonly runs: number;
  /** Leads to one of these cases. */
  readonly path: string | undefined;
  readonly oracle: Oracle;
  readonly send: Send;
  /** Sends a request that may be wrong in any way, on a connection of its own. */
  readonly sendDraft: Visit['sendDraft'];
  /** The accounts that are at the server. */
  readonly made: Made;
  /** The calls that were answered with 429 in the end, and how often. */
  readonly limited: Visit['limited'];
  /** Whether the server is one that others use. */
  readonly isPolite: boolean;
  /** Whether an address is one that the suite may name: with its prefix, at its domain. */
  isOwnAddress(email: string): boolean;
  /** Ends the run: no check makes a call any more. @returns the way for those that clear up */
  readonly end: Visit['end'];
  /** What crossed the wire, oldest first; everything, unless that is more than is kept. */
  readonly exchanges: readonly Exchange[];
  /** A new account as a client would send it; nothing is sent yet. What is typed follows from the seed and the name. */
  prepare(name?: string): Promise<OwnAccount>;
  /** Two accounts that the server took and whose address is confirmed. @throws Blocked */
  jane(): Promise<OwnAccount>;
  bob(): Promise<OwnAccount>;
  /**
   * One more account that the server took and whose address is confirmed, for a check that changes it.
   *
   * @param name - used once; what is typed follows from it and the seed
   * @throws Blocked
   */
  someone(name: string): Promise<OwnAccount>;
  /** A new session of an account. @throws Blocked */
  device(account: OwnAccount): Promise<Device>;
  /** Confirms an address by the link in the mail. @throws Blocked where there is no way */
  confirm(account: OwnAccount): Promise<void>;
  /** The newest link that was mailed to an account, as a path with query; undefined where none came. */
  confirmationLink(account: OwnAccount): Promise<string | undefined>;
  /** The whole of the newest link that was mailed to an account. */
  confirmationUrl(account: OwnAccount): Promise<URL | undefined>;
  /** The same as a path for an address; with an earlier link, the newest one if it is another. */
  linkMailedTo(email: string, earlier?: string): Promise<string | undefined>;
  /** Whether a link, as a path, has come to an address by now. */
  wasMailed(link: string, email: string): Promise<boolean>;
  /**
   * login-s and login-a.
   *
   * @param a - the secret ephemeral, 32 bytes; random by default
   * @throws Blocked where the answers cannot be used
   */
  open(account: OwnAccount, passphrase?: string, a?: Uint8Array): Promise<OpenLogin>;
  /** login-m1 with a proof (hex). */
  prove(login: OpenLogin, srpM1: string): Promise<Exchange>;
  /** A whole login. @throws Blocked unless M2 is right and the session works */
  login(account: OwnAccount): Promise<LiveSession>;
}

export interface ServerBenchOptions extends VisitOptions {
  readonly capabilities: readonly string[];
  readonly profile: ProfileName;
  readonly seed: number;
  readonly runs: number;
  readonly path: string | undefined;
  /** The domain of the addresses; `example.com` where absent. */
  readonly addressDomain?: string | undefined;
  /** Results of PBKDF2, where they are to be kept from run to run. */
  readonly pbkdf2?: Pbkdf2Cache | undefined;
  /** Whether failures say which known mistake explains them; true by default. */
  readonly explains?: boolean | undefined;
}

/** Whose passphrases are stretched in full: of those whom most checks look at. */
const IN_FULL = ['jane', 'bob'];

export function openServerBench({
  target,
  capabilities,
  profile,
  seed,
  runs,
  path,
  addressDomain,
  timeout,
  pace,
  signal,
  pbkdf2,
  explains,
}: ServerBenchOptions): ServerBench {
  const { exchanges, keep } = createKept();
  const visit = createVisit({ target, timeout, pace, signal }, keep);
  const { send, sendDraft, made } = visit;
  const { steps, cache, inFull } = createStretching(createSteps(profile), pbkdf2);
  const oracle = createOracle(profile, cache, explains);
  // Addresses are new in every run: the server may remember those of the last one.
  const nonce = `.${randomBytes(5).readUIntBE(0, 5).toString(36).padStart(8, '0')}`;
  const typedAs = (name: string) =>
    typedAccount(seed, name, {
      ...{ prefix: ADDRESS_PREFIX, nonce, domain: addressDomain },
      isPlain: pace !== undefined, // whoever carries the mail of a server that others use may take nothing else
    });
  // Before anybody signs up: another account may have the same passphrase.
  for (const name of IN_FULL) inFull(typedAs(name).passphrase);
  let prepared = 0;

  const prepare: ServerBench['prepare'] = async (name) => {
    const number = prepared++;
    const typed = typedAs(name ?? String(number));
    const body = await signupBody(steps, typed, number);
    const known = { ...typed, saltKey: body.saltKey, saltAuth: body.saltAuth };
    made.opens(body.verifier, () => toHex(oracle.account(known)('srp.x')));
    return { typed, body };
  };

  const ownPath = (link: string): string => {
    const base = new URL(target.url).pathname.replace(/\/$/, '');
    return link.startsWith(base) ? link.slice(base.length) : link;
  };
  const mailedLink = async (
    email: string,
    isWanted: (link: string) => boolean,
  ): Promise<string | undefined> => {
    if (target.mailbox.kind !== 'mail') return undefined;
    const url = await mailedUrl(target.mailbox, email, (link) => isWanted(ownPath(link)));
    return url && ownPath(pathOf(url));
  };
  const linkMailedTo: ServerBench['linkMailedTo'] = (email, earlier) =>
    mailedLink(email, (link) => link !== earlier);
  const wasMailed: ServerBench['wasMailed'] = async (link, email) => {
    const mails = target.mailbox.kind === 'mail' ? await target.mailbox.mailsTo(email) : [];
    return linksIn(mails).some((url) => ownPath(pathOf(url)) === link);
  };
  /** Links that were opened: an address that is confirmed again has an older one in its mailbox. */
  const opened = new Set<string>();

  const confirmationLink: ServerBench['confirmationLink'] = ({ body }) => linkMailedTo(body.email);

  const confirmationUrl: ServerBench['confirmationUrl'] = async ({ body }) =>
    target.mailbox.kind === 'mail' ? await mailedUrl(target.mailbox, body.email) : undefined;

  const confirm = async (account: OwnAccount): Promise<void> => {
    if (target.mailbox.kind === 'no-confirm') return;
    if (target.mailbox.kind === 'none') {
      if (profile === 'deployed') return;
      throw new Blocked(
        'the address cannot be confirmed: say --mail URL, --mail-command COMMAND or --no-confirm',
      );
    }
    const link = await mailedLink(account.body.email, (found) => !opened.has(found));
    if (link === undefined)
      throw new Blocked(`no mail with a confirmation link came for ${account.body.email}`);
    opened.add(link);
    const answer = await send('GET', link);
    if (answer.status !== 200)
      throw new Blocked(`the confirmation link was refused: ${statusAndBody(answer)}`);
  };

  const someone: ServerBench['someone'] = async (name) => {
    const account = await prepare(name);
    const answer = await send('POST', '/auth/signup', { body: account.body });
    if (!isSuccess(answer)) throw new Blocked(`the server refused a signup: ${statusAndBody(answer)}`);
    await confirm(account);
    return account;
  };

  const open: ServerBench['open'] = async (
    { typed: { email, passphrase }, body },
    otherPassphrase = passphrase,
    a = Uint8Array.from(randomBytes(32)),
  ) => {
    const salts = await answerOf(send, '/auth/login-s', { email: body.email }, 'login-s-response');
    const { saltKey, saltAuth } = saltsOf(salts);
    const known = { email, passphrase: otherPassphrase, saltKey, saltAuth };
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
      throw new Blocked(
        `an honest login was not answered with the right M2: ${statusAndBody(proved)}${confirmationHint(target, proved)}`,
      );
    const sessionId = toHex(opened.expected('session.id'));
    const whoami = await send('GET', '/auth/whoami', { sessionId });
    if (!isSuccess(whoami) || textOf(jsonOf(whoami.responseBody), 'accountId') !== account.body.id)
      throw new Blocked(`the session of an honest login does not work: ${statusAndBody(whoami)}`);
    return { sessionId, whoami, login: opened };
  };

  const device: ServerBench['device'] = async (account) => {
    const { sessionId } = await login(account);
    const call: Device['call'] = (method, path, body) => send(method, path, { body, sessionId });
    const done: Device['done'] = async (method, path, body) => {
      const answer = await call(method, path, body);
      if (!isSuccess(answer)) throw new Blocked(`${method} ${path} was refused: ${statusAndBody(answer)}`);
      return jsonOf(answer.responseBody);
    };
    return { account, sessionId, call, done };
  };

  return {
    profile,
    steps,
    target,
    capabilities,
    seed,
    runs,
    path,
    oracle,
    send,
    sendDraft,
    made,
    limited: visit.limited,
    isPolite: pace !== undefined,
    isOwnAddress: (email) => isOwnAddress(email, addressDomain),
    end: visit.end,
    exchanges,
    prepare,
    confirm,
    confirmationLink,
    confirmationUrl,
    linkMailedTo,
    wasMailed,
    open,
    prove,
    login,
    someone,
    device,
    jane: once(() => someone('jane')),
    bob: once(() => someone('bob')),
  };
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

export const isSuccess = ({ status }: Exchange): boolean => status >= 200 && status < 300;

/** For a report. */
export const statusAndBody = ({ status, responseBody }: Exchange): string =>
  `${String(status)} ${shorten(responseBody)}`.trim();

/** What to do where a server asks for what it was said not to: the end of a sentence, empty elsewhere. */
export const confirmationHint = ({ mailbox }: ServerTarget, { responseBody }: Exchange): string =>
  mailbox.kind === 'no-confirm' && textOf(jsonOf(responseBody), 'error') === 'not-confirmed'
    ? '; this server asks for confirmation: drop --no-confirm, and say --mail or --mail-command'
    : '';

export const requestLine = (exchange: Exchange): string => shorten(describeRequest(exchange), 400);

/** The first outcome, success or failure, for every caller. */
function once<T>(act: () => Promise<T>): () => Promise<T> {
  let outcome: Promise<T> | undefined;
  return () => (outcome ??= act());
}
