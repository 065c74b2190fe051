/** Two accounts on the server of the suite, and what a client has told of them: what the story of the doctor is played on. */
import { createSteps, type ProfileName } from '../../reference/index.ts';
import { MalformedResult, TargetGone } from '../check.ts';
import { LOGIN_M1 } from '../peer/calls.ts';
import { callOf, jsonOf, textOf, type Exchange } from '../peer/exchange.ts';
import type { ServerPeer } from '../peer/server-peer.ts';
import { VerbError, type ClientTarget } from '../target/client-target.ts';
import type { Params, Result, Verb } from '../target/verbs.ts';
import { expectTrue, Untried, Untrue } from './complaint.ts';

/** Somebody whose account the client makes. */
export interface Person {
  email: string;
  passphrase: string;
  readonly firstName: string;
  readonly lastName: string;
  /** As it was sent at the signup; undefined before. */
  accountId: string | undefined;
  /** The session that is in use; undefined where there is none. */
  session: string | undefined;
}

/** What the story has made so far. */
export interface Made {
  groupId?: string;
  /** Whether a document was pushed into the group. */
  pushed?: boolean;
  teamId?: string;
}

export interface World {
  readonly profile: ProfileName;
  readonly peer: ServerPeer;
  readonly jane: Person;
  readonly bob: Person;
  readonly made: Made;
  /** Uses of verbs that did not work when their turn came: nothing that builds on them is tried. */
  readonly failed: Set<string>;
  /**
   * Calls the client.
   *
   * @param call - the call to the server that the verb cannot do without, such as `POST /auth/signup`; `{id}` stands for any id
   * @throws Untrue where the client answers with a result and the server has not taken that call
   */
  ask<V extends Verb>(verb: V, params: Params<V>, call?: string): Promise<Result<V>>;
  /** Creates an account. */
  signUp(person: Person): Promise<void>;
  /** One more device of a person. */
  logIn(person: Person): Promise<string>;
  /** An account that other verbs build on. @throws Untried */
  accountOf(person: Person): Promise<string>;
  /** A session that other verbs build on. @throws Untried */
  sessionOf(person: Person): Promise<string>;
  /** One more device that holds nothing. @throws Untried */
  freshDevice(person: Person): Promise<string>;
  /** The sessions are gone with the process. */
  forgetSessions(): void;
}

export function createWorld(client: ClientTarget, peer: ServerPeer, profile: ProfileName): World {
  const jane = person('Jane', 'correct horse battery staple');
  const bob = person('Bob', 'another four words here');
  const failed = new Set<string>();

  const ask: World['ask'] = async (verb, params, call) => {
    const before = peer.exchanges.length;
    const result = await client.call(verb, params);
    if (call !== undefined) expectTaken(call, peer.exchanges.slice(before));
    return result;
  };

  const signUp = async (someone: Person): Promise<void> => {
    const before = peer.exchanges.length;
    const { email, passphrase, firstName, lastName } = someone;
    const params = { server: peer.url, profile, email, passphrase, firstName, lastName };
    const signup = ask('signup', params, SIGNUP).finally(async () => {
      // Whatever it answers: where there is an account, the other verbs can be tried.
      someone.accountId = sentId(peer.exchanges.slice(before));
      await peer.confirm(createSteps(profile).email(email));
    });
    const { accountId } = await signup;
    expectTrue(accountId === someone.accountId, 'accountId is not the id that was sent to the server');
  };

  const logIn: World['logIn'] = async (someone) => {
    const { email, passphrase, accountId: known } = someone;
    const params = { server: peer.url, profile, email, passphrase };
    const { session, accountId } = await ask('login', params, LOGIN_M1);
    someone.session ??= session;
    expectTrue(known === undefined || accountId === known, 'accountId is not that of the account');
    return session;
  };

  const accountOf: World['accountOf'] = async (someone) => {
    if (someone.accountId === undefined) await orUntried(failed, 'signup', () => signUp(someone));
    return someone.accountId ?? untried('signup');
  };

  const freshDevice: World['freshDevice'] = async (someone) => {
    await accountOf(someone);
    return await orUntried(failed, 'login', () => logIn(someone));
  };

  return {
    ...{ profile, peer, jane, bob, made: {}, failed, ask, signUp, logIn, accountOf, freshDevice },
    sessionOf: async (someone) => someone.session ?? (await freshDevice(someone)),
    forgetSessions() {
      jane.session = bob.session = undefined;
    },
  };
}

const SIGNUP = 'POST /auth/signup';

const person = (firstName: string, passphrase: string): Person => ({
  ...{ email: `${firstName}@Example.com`, passphrase, firstName, lastName: 'Doe' },
  ...{ accountId: undefined, session: undefined },
});

/** The id under which an account was made. */
function sentId(exchanges: readonly Exchange[]): string | undefined {
  const made = exchanges.find((exchange) => callOf(exchange) === SIGNUP && exchange.status === 200);
  return made && textOf(jsonOf(made.requestBody), 'id');
}

/** @throws Untrue unless the server has taken the call */
function expectTaken(call: string, exchanges: readonly Exchange[]): void {
  const pattern = new RegExp(`^${call.split('{id}').join('[^/]+')}$`);
  const made = exchanges.filter((exchange) => pattern.test(callOf(exchange)));
  expectTrue(made.length > 0, `a result, and the server has seen no ${call}`);
  const taken = made.some(({ status }) => status === 200);
  expectTrue(taken, `a result, though the server refused ${call} with ${made[0]?.status ?? ''}`);
}

/** @throws Untried where what comes first does not work */
async function orUntried<T>(failed: Set<string>, verb: Verb, act: () => Promise<T>): Promise<T> {
  if (failed.has(verb)) return untried(verb);
  try {
    return await act();
  } catch (error) {
    const gone = error instanceof TargetGone && !(error instanceof MalformedResult);
    if (gone || !(error instanceof VerbError || error instanceof Untrue || error instanceof MalformedResult))
      throw error;
    return untried(verb);
  }
}

/** What comes first does not work. */
export function untried(use: string): never {
  throw new Untried(`needs ${use}, which does not work`);
}
