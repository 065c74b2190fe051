/** What a server keeps, row by row; field names as on the wire. Nothing here opens an account: see section 3.5. */
import type { Resource, SignupRequest } from '../../wire.ts';

/** An account as its owner sent it (2.1). */
export interface AccountRecord extends SignupRequest {
  /** Whether the present address is confirmed. */
  readonly isVerified: boolean;
  /** ISO 8601. */
  readonly created: string;
}

/** A login between `login-a` and `login-m1` (7.3). */
export interface Starter {
  /** The normalised address that the login is for; it need not have an account. */
  readonly email: string;
  /** 256 bytes. */
  readonly A: Uint8Array;
  /** 256 bytes. */
  readonly B: Uint8Array;
  /** 32 bytes; secret. */
  readonly b: Uint8Array;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** A confirmation link that was mailed (7.2). */
export interface Confirmation {
  /** The account whose address the link confirms. */
  readonly accountId: string;
  /** The address that the link was mailed to; it confirms no other. */
  readonly email: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** A code that was mailed to an account (7.8). */
export interface MailedCode {
  /** SHA-256 of the code, 64 hex digits. */
  readonly hash: string;
  /** How many wrong codes came since it was mailed. */
  readonly wrong: number;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** A resource group (2.3). */
export interface GroupRecord {
  /** Chosen by the server, never used again. */
  readonly id: string;
  /** The resource that the group is for. */
  readonly parentResourceId: string;
  /** In plain text. */
  readonly name: string;
  /** The account that created it. */
  readonly ownerAccountId: string;
  /** ISO 8601. */
  readonly created: string;
}

/** A link: who has one is a member of the group (2.4). */
export interface LinkRecord {
  /** The member. */
  readonly accountId: string;
  /** The group. */
  readonly resourceGroupId: string;
  /** SYM_Link, 512 hex digits. */
  readonly encSymmetricKey: string;
}

/** A resource with the version that the server gave it (2.2). */
export type ResourceRecord = Resource;

/** A team (2.5). */
export interface TeamRecord {
  /** Chosen by the server, never used again. */
  readonly id: string;
  /** 1 to 200 characters. */
  readonly name: string;
  /** The account that made it; it may be gone. */
  readonly ownerAccountId: string;
  /** The ids of the accounts in it, in the order in which they came. */
  readonly accountIds: readonly string[];
}
