/** The reference client: what a user does, in the order in which the specification tells it. */
import type { Primitives, Random } from '../primitives/primitives.ts';
import { createStepsOver, type Steps } from '../steps.ts';
import type { ProfileName } from '../profile.ts';
import { createCalls, type Calls } from './calls.ts';
import type { Device } from './device.ts';
import type { CallOptions } from './http.ts';
import { login, type Credentials } from './login.ts';
import { signup, type NewAccount } from './signup.ts';
import type { Session } from './session.ts';

/** Which server a client talks to, in which profile, and with which steps and randomness. */
export interface ClientOptions extends CallOptions {
  /** The profile that the server speaks; a client never changes it by what a server says. */
  readonly profile: ProfileName;
  /** Every derivation and wrapping step; by default those of the profile, over the primitives of the entry point. */
  readonly steps?: Steps | undefined;
  /** Source of every salt, key, IV and ephemeral; that of the primitives by default. */
  readonly random?: Random | undefined;
  /** Milliseconds since 1970: when a resource was edited; the clock of the machine by default. */
  readonly now?: (() => number) | undefined;
}

/** What the flows of a client need. */
export interface ClientContext {
  readonly steps: Steps;
  readonly calls: Calls;
  readonly random: Random;
  readonly now: () => number;
}

/** A client of one server. */
export interface Client {
  /** Creates an account (7.1). @returns its id. @throws ProtocolError `state/conflict` where the address is taken */
  signup(account: NewAccount): Promise<string>;
  /**
   * Logs in and unlocks the keys of the account (7.3).
   *
   * @param device - what `exportDevice` of an earlier session gave; a new device without it
   * @throws ProtocolError `auth/refused` for a wrong passphrase, `state/not-allowed` for an address that has to be
   * confirmed first
   */
  login(credentials: Credentials, device?: Device): Promise<Session>;
}

/** A client whose steps are those of the profile over a provider of primitives, unless others are given. */
export function createClientOver(primitives: Primitives, options: ClientOptions): Client {
  const steps = options.steps ?? createStepsOver(primitives, options.profile);
  const { random = steps.primitives.random, now = Date.now } = options;
  const context = { steps, calls: createCalls(options), random, now };
  return {
    signup: (account) => signup(context, account),
    login: (credentials, device) => login(context, credentials, device),
  };
}
