/** A client under test: coarse verbs, whether they are answered by a process or by an object in this one. */
import type { ProfileName } from '../../reference/index.ts';

/** What a client says about itself. */
export interface Description {
  /** Its name. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
  /** The profiles that it speaks. */
  readonly profiles: readonly ProfileName[];
  /** `account` (signup, login, whoami, logout) is always among them. */
  readonly capabilities: readonly string[];
}

/** Where and how to log in; email and passphrase as a user types them. */
export interface LoginParams {
  /** Base URL of the server. */
  readonly server: string;
  /** The profile to speak. */
  readonly profile: ProfileName;
  /** Not normalised. */
  readonly email: string;
  /** Not normalised. */
  readonly passphrase: string;
}

/** Where and how to sign up. */
export interface SignupParams extends LoginParams {
  /** To be sent as it is. */
  readonly firstName: string;
  /** To be sent as it is. */
  readonly lastName: string;
}

/** A session of before. */
export interface SessionParams {
  /** The handle that `login` answered. */
  readonly session: string;
}

/** What `signup` answers. */
export interface SignupResult {
  /** `act_` and 64 hex digits. */
  readonly accountId: string;
}

/** What `login` answers. */
export interface LoginResult extends SignupResult {
  /** A handle for the session, any text; not the session id. */
  readonly session: string;
}

/** What `whoami` answers. */
export interface WhoamiResult extends SignupResult {
  /** Normalised. */
  readonly email: string;
  /** As given at signup. */
  readonly firstName: string;
  /** As given at signup. */
  readonly lastName: string;
}

/** The parameters of each verb and what it answers; their schemas are `spec/schemas/adapter-*.schema.json`. */
export interface Verbs {
  /** Says what the client is. */
  describe: [params: Record<string, never>, result: Description];
  /** Creates an account. */
  signup: [params: SignupParams, result: SignupResult];
  /** Logs in and unlocks the keys of the account. */
  login: [params: LoginParams, result: LoginResult];
  /** Asks the server for the account. */
  whoami: [params: SessionParams, result: WhoamiResult];
  /** Ends the session, on the server and in the client. */
  logout: [params: SessionParams, result: object];
}

/** The name of a verb. */
export type Verb = keyof Verbs;
/** What a verb is called with. */
export type Params<V extends Verb> = Verbs[V][0];
/** What a verb answers. */
export type Result<V extends Verb> = Verbs[V][1];

/** The stage at which a client says that an error arose. */
export const STAGES = ['encoding', 'schema', 'auth', 'decrypt', 'state', 'network'] as const;

/** The client answered with an error, as a client may. */
export class VerbError extends Error {
  /** Where the client says that it arose. */
  readonly stage: string | undefined;
  constructor(message: string, stage: string | undefined) {
    super(message);
    this.name = 'VerbError';
    this.stage = stage;
  }
}

/** A client that can be called. */
export interface ClientTarget {
  /** What it is, for the report: the command, or a name. */
  readonly label: string;
  /**
   * @throws VerbError where the client answers with an error
   * @throws TargetGone where it cannot be run, or does not keep to the adapter protocol
   */
  call<V extends Verb>(verb: V, params: Params<V>): Promise<Result<V>>;
  /** Ends the client. */
  close(): Promise<void>;
}
