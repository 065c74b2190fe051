/** A client under test: coarse verbs, whether they are answered by a process or by an object in this one. */
import type { ProfileName } from '../../reference/index.ts';

/** What a client says about itself. */
export interface Description {
  readonly name: string;
  readonly version: string;
  readonly profiles: readonly ProfileName[];
  /** `account` (signup, login, whoami, logout) is always among them. */
  readonly capabilities: readonly string[];
}

/** The parameters of each verb and what it answers; their schemas are `spec/schemas/adapter-*.schema.json`. */
export interface Verbs {
  describe: [params: Record<string, never>, result: Description];
  signup: [
    params: {
      readonly server: string;
      readonly profile: ProfileName;
      readonly email: string;
      readonly passphrase: string;
      readonly firstName: string;
      readonly lastName: string;
    },
    result: { readonly accountId: string },
  ];
  login: [
    params: {
      readonly server: string;
      readonly profile: ProfileName;
      readonly email: string;
      readonly passphrase: string;
    },
    result: { readonly session: string; readonly accountId: string },
  ];
  whoami: [
    params: { readonly session: string },
    result: {
      readonly accountId: string;
      readonly email: string;
      readonly firstName: string;
      readonly lastName: string;
    },
  ];
  logout: [params: { readonly session: string }, result: object];
}

export type Verb = keyof Verbs;
export type Params<V extends Verb> = Verbs[V][0];
export type Result<V extends Verb> = Verbs[V][1];

/** The stage at which a client says that an error arose. */
export const STAGES = ['encoding', 'schema', 'auth', 'decrypt', 'state', 'network'] as const;

/** The client answered with an error, as a client may. */
export class VerbError extends Error {
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
  close(): Promise<void>;
}
