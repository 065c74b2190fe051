/** The messages of the HTTP binding as types; their schemas are in `spec/schemas` (chapter 9). */

/** The body of `POST /auth/signup`. */
export interface SignupRequest {
  /** `act_` and 64 hex digits. */
  readonly id: string;
  /** Normalised. */
  readonly email: string;
  /** As given. */
  readonly firstName: string;
  /** As given. */
  readonly lastName: string;
  /** SLT_Auth_1, 64 hex digits. */
  readonly saltKey: string;
  /** SLT_Auth_2, 64 hex digits. */
  readonly saltAuth: string;
  /** SLT_Enc, 64 hex digits. */
  readonly saltEnc: string;
  /** SRP_Verifier, 512 hex digits. */
  readonly verifier: string;
  /** PUB_Account: the JSON text of the JWK. */
  readonly publicKey: string;
  /** PRV_Account under SYM_Account: the JSON text of an AES message. */
  readonly encPrivateKey: string;
  /** SYM_Account under SEC_PWD_Enc: the JSON text of an AES message. */
  readonly encSymmetricKey: string;
}

/** The answer of `POST /auth/signup`; a server may add members. */
export interface Account {
  /** `act_` and 64 hex digits. */
  readonly id: string;
  /** Normalised. */
  readonly email: string;
  /** As given. */
  readonly firstName?: string;
  /** As given. */
  readonly lastName?: string;
}

/** The answer of `GET /auth/whoami`. */
export interface WhoamiResponse {
  /** `act_` and 64 hex digits. */
  readonly accountId: string;
  /** Normalised. */
  readonly email: string;
  /** As given at signup. */
  readonly firstName: string;
  /** As given at signup. */
  readonly lastName: string;
  /** PUB_Account: the JSON text of the JWK. */
  readonly publicKey: string;
  /** PRV_Account under SYM_Account: the JSON text of an AES message. */
  readonly encPrivateKey: string;
  /** SYM_Account under SEC_PWD_Enc: the JSON text of an AES message. */
  readonly encSymmetricKey: string;
  /** SLT_Enc, 64 hex digits. */
  readonly saltEnc: string;
  /** Whether the address is confirmed. */
  readonly isVerified: boolean;
  /** ISO 8601; a `deployed` server may give something else. */
  readonly created: string | number;
  /** Seconds since the login. */
  readonly sessionAge?: number;
  /** Seconds until the session ends. */
  readonly sessionExpiry?: number;
}

/** The body of `POST /auth/login-s`. */
export interface LoginSRequest {
  /** Normalised. */
  readonly email: string;
}

/** Answer of `POST /auth/login-s`: SLT_Auth_1 and SLT_Auth_2, 64 hex digits each. */
export interface LoginSResponse {
  /** SLT_Auth_1. */
  readonly saltKey: string;
  /** SLT_Auth_2. */
  readonly saltAuth: string;
}

/** The body of `POST /auth/login-a`: A as 512 hex digits. */
export interface LoginARequest {
  /** Normalised. */
  readonly email: string;
  /** A. */
  readonly srpA: string;
}

/** Answer of `POST /auth/login-a`: B as 512 hex digits. */
export interface LoginAResponse {
  /** Names the login in `login-m1`; single use. */
  readonly sessionStarterId: string;
  /** B. */
  readonly srpB: string;
}

/** The body of `POST /auth/login-m1`: M1 as 64 hex digits. */
export interface LoginM1Request {
  /** From the answer of `POST /auth/login-a`. */
  readonly sessionStarterId: string;
  /** M1. */
  readonly srpM1: string;
}

/** Answer of `POST /auth/login-m1`: M2 as 64 hex digits. */
export interface LoginM1Response {
  /** M2. */
  readonly srpM2: string;
}

/** The body of `POST /auth/change-password`: `verifier` or `code`, one of them. */
export interface ChangePasswordRequest {
  /** The old SRP_Verifier, 512 hex digits. */
  readonly verifier?: string;
  /** The mailed code; `deployed` only. */
  readonly code?: string;
  /** Normalised; the present address where it stays. */
  readonly newEmail: string;
  /** The present one, exactly as `whoami` gave it: a compare and swap. */
  readonly encSymmetricKey: string;
  /** The new SRP_Verifier, 512 hex digits. */
  readonly newVerifier: string;
  /** SYM_Account under the new SEC_PWD_Enc: the JSON text of an AES message. */
  readonly newEncSymmetricKey: string;
  /** The new SLT_Auth_1, 64 hex digits; `documented` only, like the other two. */
  readonly newSaltKey?: string;
  /** The new SLT_Auth_2, 64 hex digits. */
  readonly newSaltAuth?: string;
  /** The new SLT_Enc, 64 hex digits. */
  readonly newSaltEnc?: string;
  /** Absent where it stays. */
  readonly newFirstName?: string;
  /** Absent where it stays. */
  readonly newLastName?: string;
}

/** The body of `POST /api/resource_groups`. */
export interface ResourceGroupRequest {
  /** The resource that the group is for. */
  readonly parentResourceId: string;
  /** In plain text. */
  readonly name: string;
  /** SYM_Link for the caller, 512 hex digits. */
  readonly encSymmetricKey: string;
}

/** The answer of `POST /api/resource_groups` and `GET /api/resource_groups/:id`. */
export interface ResourceGroup {
  /** Chosen by the server. */
  readonly id: string;
  /** The resource that the group is for. */
  readonly parentResourceId?: string;
  /** In plain text. */
  readonly name?: string;
  /** SYM_Link for the caller, 512 hex digits. */
  readonly encSymmetricKey: string;
}

/** Whom a group is shared with: everybody in a team. */
export interface TeamTarget {
  /** The id of the team. */
  readonly teamId: string;
}

/** Whom a group is shared with: persons; `documented`. */
export interface PersonsTarget {
  /** Normalised addresses, at least one, each once. */
  readonly emails: readonly string[];
}

/** The body of `POST /api/resource_groups/:id/share-a`. */
export type ShareARequest = TeamTarget | PersonsTarget;

/** The answer of `POST /api/resource_groups/:id/share-a`. */
export interface ShareAResponse {
  /** SYM_Link for the caller, 512 hex digits. */
  readonly encSymmetricKey: string;
  /** PUB_Account of each account asked for but the caller, by account id: the JSON text of the JWK. */
  readonly keys: Readonly<Record<string, string>>;
  /** The address of each account in `keys`, by account id; where persons were asked for. */
  readonly accounts?: Readonly<Record<string, string>>;
}

/** The links of a share, by account id. */
export interface ShareKeys {
  /** SYM_Link for each account, 512 hex digits, by account id. */
  readonly keys: Readonly<Record<string, string>>;
}

/** The body of `POST /api/resource_groups/:id/share-b`. */
export type ShareBRequest = ShareARequest & ShareKeys;

/** The body of `PUT /api/resource_groups/:id/unshare`; without `emails` everybody but the owner. */
export interface UnshareRequest {
  /** Normalised addresses, at least one, each once; `documented`. */
  readonly emails?: readonly string[];
}

/** The body of `POST /api/teams`. */
export interface TeamRequest {
  /** 1 to 200 characters. */
  readonly name: string;
  /** Normalised addresses of further accounts; `documented`. */
  readonly emails?: readonly string[];
}

/** An account in a team. */
export interface TeamAccount {
  /** `act_` and 64 hex digits. */
  readonly id: string;
  /** Normalised. */
  readonly email: string;
  /** As given. */
  readonly firstName: string;
  /** As given. */
  readonly lastName: string;
  /** Whether the account may change the team. */
  readonly isAdmin: boolean;
}

/** A team; the answer of `POST /api/teams`. */
export interface Team {
  /** Chosen by the server. */
  readonly id: string;
  /** 1 to 200 characters. */
  readonly name: string;
  /** The account that made the team. */
  readonly ownerAccountId: string;
  /** Everybody who is in it. */
  readonly accounts: readonly TeamAccount[];
}

/** The answer of `GET /api/teams`. */
export type TeamsResponse = readonly Team[];

/** M_Resource: the envelope in plain text, the document encrypted (2.2, 8.5). */
export interface Resource {
  /** Chosen by a client; one id in two groups stands for two resources. */
  readonly id: string;
  /** In plain text. */
  readonly name: string;
  /** The group that the resource belongs to. */
  readonly resourceGroupId: string;
  /** The last one from the server, or `__NO_VERSION__`. */
  readonly version: string;
  /** The kind of document. */
  readonly type: string;
  /** The account that created it. */
  readonly createdBy: string;
  /** Milliseconds since 1970, by the clock of the editing device. */
  readonly lastEdited: number;
  /** The account that edited it last. */
  readonly lastEditedBy: string;
  /** Whether it is removed. */
  readonly removed: boolean;
  /** The document under SYM_ResourceGroup: the JSON text of an AES message. */
  readonly encContent: string;
}

/** A resource as it is pushed; published clients add two members that a server ignores. */
export interface PushedResource extends Resource {
  /** Ignored. */
  readonly _id?: string;
  /** Ignored. */
  readonly dirty?: boolean;
}

/** The body of `POST /sync/push`: each id once. */
export type PushRequest = readonly PushedResource[];

/** A resource and its new version. */
export interface PushedVersion {
  /** The id of the resource. */
  readonly id: string;
  /** Never `__NO_VERSION__`. */
  readonly version: string;
}

/** The answer of `POST /sync/push`. */
export interface PushResponse {
  /** Replaced. */
  readonly updated: readonly PushedVersion[];
  /** Stored for the first time. */
  readonly created: readonly PushedVersion[];
  /** Stored as removed. */
  readonly removed: readonly PushedVersion[];
  /** Not changed: what the server stores. */
  readonly conflicts: readonly Resource[];
}

/** What a device knows of a resource. */
export interface KnownResource {
  /** The id of the resource. */
  readonly id: string;
  /** Its group. */
  readonly resourceGroupId: string;
  /** The last one from the server, or `__NO_VERSION__`. */
  readonly version: string;
  /** Whether the device has removed it. */
  readonly removed: boolean;
}

/** The body of `POST /sync/pull`. */
export interface PullRequest {
  /** What the device knows, each id once. */
  readonly resources: readonly KnownResource[];
  /** Ids of groups that the answer leaves out. */
  readonly blacklist: readonly string[];
}

/** The answer of `POST /sync/pull`. */
export interface PullResponse {
  /** Stored in another version than the device knows. */
  readonly updatedResources: readonly Resource[];
  /** Not known to the device. */
  readonly createdResources: readonly Resource[];
  /** Ids of resources that the server lacks. */
  readonly idsToPush: readonly string[];
  /** Ids of resources that were removed. */
  readonly idsToRemove: readonly string[];
}

/** The body of `POST /sync/fix-dupes`. */
export interface FixDupesRequest {
  /** Ids of groups. */
  readonly ids: readonly string[];
}

/** The answer of `POST /sync/fix-dupes`. */
export interface FixDupesResponse {
  /** Ids of the groups that the server deleted. */
  readonly deleteResourceGroupIds: readonly string[];
}
