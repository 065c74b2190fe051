/** Everything that a client is judged by: the client, the suite's server, and what crossed the wire between them. */
import { createSteps, type ProfileName, type Steps } from '../../reference/index.ts';
import { Blocked } from '../check.ts';
import { typedAccount, type TypedAccount } from '../inputs.ts';
import type { Explained, Oracle } from '../oracle.ts';
import { LOGIN_M1, WHOAMI } from '../peer/calls.ts';
import { callOf, jsonOf, textOf, type Exchange } from '../peer/exchange.ts';
import { startServerPeer, type ServerPeer } from '../peer/server-peer.ts';
import { VerbError, type ClientTarget } from '../target/client-target.ts';
import type { Params, Result, Verb } from '../target/verbs.ts';
import { keepSecrets, type RunRecord } from './record.ts';
import { createStopwatch } from './time-spent.ts';

/** What a client did to sign up. */
export interface Signup {
  readonly typed: TypedAccount;
  readonly exchange: Exchange;
  /** Body of the request. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a client did when it was told to sign up. */
export interface SignupAttempt {
  readonly typed: TypedAccount;
  readonly exchange: Exchange | undefined;
  readonly result: Result<'signup'> | VerbError;
}

/** What a client did when it was called: its answer, and everything it sent. */
export interface Act<T> {
  readonly exchanges: readonly Exchange[];
  /** Its answer, or the error it reported. */
  readonly result: T | VerbError;
}

/** What a client did to log in. */
export type Login = Act<Result<'login'>>;

export interface ClientBench {
  readonly profile: ProfileName;
  /** The steps of the protocol in this profile. */
  readonly steps: Steps;
  /** It is called by `call` alone, which takes an error that it reports for an answer. */
  readonly target: Pick<ClientTarget, 'restart' | 'stderr'>;
  /** What the client declares that it can do. */
  readonly capabilities: readonly string[];
  readonly peer: ServerPeer;
  readonly oracle: Oracle;
  /** What happened in the run so far, here and on the other benches. */
  readonly record: RunRecord;
  readonly seed: number;
  /** How many cases a check over random inputs tries. */
  readonly runs: number;
  /** Leads to one of these cases. */
  readonly path: string | undefined;
  /** What the client sent and answered when told to sign Jane up, whatever came of it. */
  janeAttempt(): Promise<SignupAttempt>;
  /** Two accounts that the client created, the same for every check. @throws Blocked */
  jane(): Promise<Signup>;
  bob(): Promise<Signup>;
  /**
   * One more account that the client created, for a check that changes it. What is typed follows from the seed and this
   * name, which is used once.
   *
   * @throws Blocked
   */
  someone(name: string): Promise<Signup>;
  /** A name that nothing else at this bench has, of what it names and a number. */
  fresh(what: string): string;
  /** Calls the client, whatever comes of it. */
  call<V extends Verb>(verb: V, params: Params<V>): Promise<Act<Result<V>>>;
  /** Lets the client sign up, and confirms the address. @throws Blocked where no account came of it */
  signup(typed: TypedAccount): Promise<Signup>;
  /** Lets the client log in, whatever comes of it. */
  login(typed: Pick<TypedAccount, 'email' | 'passphrase'>, patience?: number): Promise<Login>;
  /**
   * Lets the client log in.
   *
   * @param patience - milliseconds without a byte after which it is to give up a call of the session
   * @throws Blocked unless it did, by sending M1 and then the session id
   */
  loginHonestly(signup: Signup, patience?: number): Promise<Login & { readonly result: Result<'login'> }>;
  /** The first login of Jane, whatever came of it. @throws Blocked where she has no account */
  janeAttemptsLogin(): Promise<Login>;
  /** The honest login of Jane that every check may look at. @throws Blocked */
  janeLogin(): Promise<Login & { readonly result: Result<'login'> }>;
  /** An honest login of Bob, so that there are answers to another account. @throws Blocked */
  bobLogin(): Promise<Login>;
  /** Runs a check or its twin, and times it. */
  during<T>(part: () => Promise<T>): Promise<T>;
  /** The values that follow from what an account typed and the salts it sent. */
  expected(signup: Signup): Explained;
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly target: ClientTarget;
  readonly capabilities: readonly string[];
  readonly profile: ProfileName;
  /** Those that the benches of a run share. */
  readonly oracle: Oracle;
  readonly record: RunRecord;
  readonly seed: number;
  readonly runs: number;
  readonly path: string | undefined;
}

export async function openClientBench({
  target,
  capabilities,
  profile,
  oracle,
  record,
  seed,
  runs,
  path,
}: BenchOptions): Promise<ClientBench> {
  const stopwatch = createStopwatch();
  const peer = await startServerPeer(profile, stopwatch);

  const call: ClientBench['call'] = async (verb, params) => {
    const before = peer.exchanges.length;
    keepSecrets(record, verb, params);
    const result = await stopwatch
      .call(() => target.call(verb, params))
      .catch((error: unknown) => {
        if (error instanceof VerbError) return error;
        throw error;
      });
    return { result, exchanges: peer.exchanges.slice(before) };
  };

  const attempt = async (account: TypedAccount): Promise<SignupAttempt> => {
    const params = { server: peer.url, profile, ...account };
    const { result, exchanges } = await call('signup', params);
    return {
      typed: account,
      result,
      exchange: exchanges.find((item) => callOf(item) === 'POST /auth/signup'),
    };
  };

  const confirmed = async ({ typed: account, exchange, result }: SignupAttempt): Promise<Signup> => {
    if (exchange === undefined) throw new Blocked(`signup sent no POST /auth/signup${because(result)}`);
    if (exchange.status !== 200) throw new Blocked(`the server refused the signup: ${exchange.responseBody}`);
    if (result instanceof VerbError) throw new Blocked(`the account was created${because(result)}`);
    const body = jsonOf(exchange.requestBody);
    await peer.confirm(textOf(body, 'email'));
    const signup = { typed: account, exchange, body };
    record.signups.push({ bench, signup });
    oracle.foresee(known(signup));
    return signup;
  };

  const login: ClientBench['login'] = async ({ email, passphrase }, patience) => {
    const waiting = patience === undefined ? {} : { patience };
    return await call('login', { server: peer.url, profile, email, passphrase, ...waiting });
  };

  const loginHonestly: ClientBench['loginHonestly'] = async ({ typed: account }, patience) =>
    succeeded(await login(account, patience));

  const named = new Map<string, number>();
  const fresh: ClientBench['fresh'] = (what) => {
    const number = named.get(what) ?? 0;
    named.set(what, number + 1);
    return `${what}-${String(number)}`;
  };

  const janeAttempt = once(() => attempt(typedAccount(seed, 'jane')));
  const jane = once(async () => await confirmed(await janeAttempt()));
  const signup = async (account: TypedAccount) => await confirmed(await attempt(account));
  const bob = once(() => signup(typedAccount(seed, 'bob')));
  const janeAttemptsLogin = once(async () => await login((await jane()).typed));
  const bench: ClientBench = {
    profile,
    steps: createSteps(profile),
    target,
    capabilities,
    peer,
    oracle,
    record,
    seed,
    runs,
    path,
    janeAttempt,
    jane,
    signup,
    login,
    loginHonestly,
    bob,
    someone: (name) => signup(typedAccount(seed, name)),
    fresh,
    call,
    during: stopwatch.check,
    bobLogin: once(async () => await loginHonestly(await bob())),
    janeAttemptsLogin,
    janeLogin: once(async () => succeeded(await janeAttemptsLogin())),
    expected: (account) => oracle.account(known(account)),
    async close() {
      record.times.push(stopwatch.spent());
      await peer.close();
    },
  };
  record.benches.push(bench);
  return bench;
}

/** A login that reached its end. @throws Blocked unless M1 and then the session id were taken by the server */
function succeeded({ result, exchanges }: Login): Login & { readonly result: Result<'login'> } {
  if (result instanceof VerbError) throw new Blocked(`the client did not log in${because(result)}`);
  for (const call of [LOGIN_M1, WHOAMI]) {
    const made = exchanges.find((exchange) => callOf(exchange) === call);
    if (made === undefined) throw new Blocked(`the client reported a login without ${call}`);
    if (made.status !== 200)
      throw new Blocked(`the client reported a login, and ${call} was refused: ${made.responseBody}`);
  }
  return { result, exchanges };
}

/** What the oracle needs of an account, from what was typed and what was sent. */
export function known({ typed, body }: Pick<Signup, 'typed' | 'body'>) {
  return {
    email: typed.email,
    passphrase: typed.passphrase,
    saltKey: textOf(body, 'saltKey'),
    saltAuth: textOf(body, 'saltAuth'),
    saltEnc: textOf(body, 'saltEnc'),
  };
}

/** The one exchange of a call. @throws Blocked where it was not made */
export function exchangeOf(exchanges: readonly Exchange[], call: string): Exchange {
  const found = exchanges.find((exchange) => callOf(exchange) === call);
  if (found === undefined) throw new Blocked(`the client made no ${call}`);
  return found;
}

/** The calls of an exchange list, for a report. */
export const callsOf = (exchanges: readonly Exchange[]): string =>
  exchanges.length === 0 ? 'nothing' : exchanges.map(callOf).join(', ');

export const because = (result: unknown): string =>
  result instanceof VerbError
    ? `: it reported «${result.message}» at stage ${result.stage ?? 'unknown'}`
    : '';

/** What several checks look at, made once for a bench: the first outcome, success or failure, for every check. */
export function shared<T>(make: (bench: ClientBench) => Promise<T>): (bench: ClientBench) => Promise<T> {
  const made = new WeakMap<ClientBench, () => Promise<T>>();
  return async (bench) => {
    const first = made.get(bench) ?? once(() => make(bench));
    made.set(bench, first);
    return await first();
  };
}

/** The first outcome, success or failure, for every caller. */
function once<T>(act: () => Promise<T>): () => Promise<T> {
  let outcome: Promise<T> | undefined;
  return () => (outcome ??= act());
}
