/** What the suite may ask of a client, one type for each schema `spec/schemas/adapter-*.schema.json`. */
import type { ProfileName, Winner } from '../../reference/index.ts';

/** What a client says about itself. */
export interface Description {
  /** Its name. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
  /** The profiles that it speaks. */
  readonly profiles: readonly ProfileName[];
  /** What it can do, as `adapter-describe.schema.json` lists it; `account` (signup, login, whoami, logout) is always among them. */
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

/** Where and how to log in, and how long to wait. */
export interface LoginVerbParams extends LoginParams {
  /** Milliseconds without a byte after which a call of the session is given up; sent to who declares `patience`. */
  readonly patience?: number;
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

/** What is new, and what permits it: the present passphrase, or the code from a mail. */
export interface ChangePasswordParams extends SessionParams {
  /** As typed; absent where a code takes its place. */
  readonly oldPassphrase?: string;
  /** As in the mail; absent where the present passphrase is given. */
  readonly code?: string;
  /** As typed; the present one where it stays. */
  readonly newPassphrase: string;
  /** As typed; absent where the address stays. */
  readonly newEmail?: string;
  /** Absent where the name stays. */
  readonly newFirstName?: string;
  /** Absent where the name stays. */
  readonly newLastName?: string;
}

/** A group to be made. */
export interface CreateGroupParams extends SessionParams {
  /** The resource that the group is for. */
  readonly parentResourceId: string;
  /** In plain text. */
  readonly name: string;
}

/** What `createGroup` answers. */
export interface CreateGroupResult {
  /** Given by the server. */
  readonly groupId: string;
}

/** A group of before. */
export interface GroupParams extends SessionParams, CreateGroupResult {}

/** Which resource. */
export interface ResourceAddress {
  /** Its group. */
  readonly groupId: string;
  /** Given by a client. */
  readonly id: string;
}

/** A resource as its user sees it. */
export interface HeldResource extends ResourceAddress {
  /** In plain text. */
  readonly name: string;
  /** The kind of document. */
  readonly type: string;
  /** Any JSON value. */
  readonly document: unknown;
}

/** A resource as its user has just left it. */
export interface ResourceEdit extends HeldResource {
  /** Whether the user has removed it. */
  readonly removed: boolean;
}

/** A conflict, and whose edit won it. */
export interface ResourceConflict extends ResourceAddress {
  /** `client` for the edit of this client. */
  readonly winner: Winner;
}

/** What to push. */
export interface PushParams extends SessionParams {
  /** Made at this moment; edits of before that wait are pushed too. */
  readonly edits: readonly ResourceEdit[];
}

/** What `push` answers. */
export interface PushVerbResult {
  /** What the server took. */
  readonly pushed: readonly ResourceAddress[];
  /** What the server had another version of. */
  readonly conflicts: readonly ResourceConflict[];
}

/** What to pull. */
export interface PullParams extends SessionParams {
  /** Groups to leave out. */
  readonly blacklist?: readonly string[];
}

/** What `pull` answers. */
export interface PullVerbResult {
  /** Everything that the client holds now and that is not removed. */
  readonly resources: readonly HeldResource[];
  /** What came and could not be opened. */
  readonly failed: readonly ResourceAddress[];
  /** What the client had edited and not yet pushed. */
  readonly conflicts: readonly ResourceConflict[];
}

/** With whom to share: persons or a team. */
export interface ShareParams extends GroupParams {
  /** As typed. */
  readonly emails?: readonly string[];
  /** Given by the server. */
  readonly teamId?: string;
}

/** What `share` answers. */
export interface ShareResult {
  /** Who was given a link. */
  readonly accountIds: readonly string[];
}

/** Whose links are withdrawn. */
export interface UnshareParams extends GroupParams {
  /** As typed; absent for everybody but the owner. */
  readonly emails?: readonly string[];
}

/** A team to be made. */
export interface CreateTeamParams extends SessionParams {
  /** In plain text. */
  readonly name: string;
  /** Who is in it besides the caller, as typed; may be empty. */
  readonly emails: readonly string[];
}

/** What `createTeam` answers. */
export interface CreateTeamResult {
  /** Given by the server. */
  readonly teamId: string;
}

/** A team that the caller is in. */
export interface ListedTeam extends CreateTeamResult {
  /** In plain text. */
  readonly name: string;
  /** Everybody in it. */
  readonly accountIds: readonly string[];
}

/** What `teams` answers. */
export interface TeamsResult {
  /** Every team that the caller is in. */
  readonly teams: readonly ListedTeam[];
}

/** Something was done; there is nothing more to say. */
export type Done = object;

/** What to compute from. */
export interface DeriveParams {
  /** The profile to compute. */
  readonly profile: ProfileName;
  /** Inputs, and values that take the place of their own computation: hex for bytes, strings for text, JSON for JSON. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** What to take, or to refuse. */
export interface AcceptParams extends DeriveParams {
  /** The step of a vector, for example `open-link`. */
  readonly step: string;
}

/** What `accept` answers. */
export interface AcceptResult {
  /** What was taken or opened, by name, as lower-case hex. */
  readonly values: Readonly<Record<string, string>>;
}

/** What `derive` answers. */
export interface DeriveResult extends AcceptResult {
  /** The profile that was computed. */
  readonly profile: ProfileName;
}

/** The parameters of each verb and what it answers; their schemas are `spec/schemas/adapter-*.schema.json`. */
export interface Verbs {
  /** Says what the client is. */
  describe: [params: Record<string, never>, result: Description];
  /** Creates an account. */
  signup: [params: SignupParams, result: SignupResult];
  /** Logs in and unlocks the keys of the account; the session is a device of its own that holds nothing yet. */
  login: [params: LoginVerbParams, result: LoginResult];
  /** Asks the server for the account. */
  whoami: [params: SessionParams, result: WhoamiResult];
  /** Ends the session, on the server and in the client. */
  logout: [params: SessionParams, result: Done];
  /** Changes passphrase, address or names. */
  changePassword: [params: ChangePasswordParams, result: Done];
  /** Has a code mailed that permits a change of passphrase. */
  sendCode: [params: SessionParams, result: Done];
  /** Empties the account. */
  reset: [params: SessionParams, result: Done];
  /** Deletes the account. */
  deleteAccount: [params: SessionParams, result: Done];
  /** Makes a group with a key of its own. */
  createGroup: [params: CreateGroupParams, result: CreateGroupResult];
  /** Edits resources and pushes every edit that waits. */
  push: [params: PushParams, result: PushVerbResult];
  /** Fetches what the client lacks and tells what it holds. */
  pull: [params: PullParams, result: PullVerbResult];
  /** Shares a group. */
  share: [params: ShareParams, result: ShareResult];
  /** Withdraws links. */
  unshare: [params: UnshareParams, result: Done];
  /** Makes a team. */
  createTeam: [params: CreateTeamParams, result: CreateTeamResult];
  /** Lists the teams that the caller is in. */
  teams: [params: SessionParams, result: TeamsResult];
  /** Computes what follows from given values. */
  derive: [params: DeriveParams, result: DeriveResult];
  /** Takes one value as it was received, or refuses it. */
  accept: [params: AcceptParams, result: AcceptResult];
}

/** The name of a verb. */
export type Verb = keyof Verbs;
/** What a verb is called with. */
export type Params<V extends Verb> = Verbs[V][0];
/** What a verb answers. */
export type Result<V extends Verb> = Verbs[V][1];
