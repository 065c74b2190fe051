/**
 * The storage of a server as one interface. A store serves one process and answers at once, so that nothing comes
 * between two calls that no `await` separates; `reference/test/store-contract.ts` says the rest.
 */
import type {
  AccountRecord,
  Confirmation,
  GroupRecord,
  LinkRecord,
  MailedCode,
  ResourceRecord,
  Starter,
  TeamRecord,
} from './records.ts';

/** Accounts, each with an address and an id of its own. */
export interface AccountStore {
  /** The account with this normalised address. */
  accountByEmail(email: string): AccountRecord | undefined;
  /** The account with this id. */
  accountById(id: string): AccountRecord | undefined;
  /** Adds the account, or changes nothing and says what is taken. */
  addAccount(account: AccountRecord): 'added' | 'id-taken' | 'email-taken';
  /** Replaces the account with the same id, its address included. */
  replaceAccount(account: AccountRecord): void;
  /** Marks the address of an account as confirmed. */
  setVerified(accountId: string): void;
  /** Forgets the account; what belongs to it is dropped before. */
  dropAccount(accountId: string): void;
}

/** Logins that were begun, and sessions. Session ids are kept as SHA-256 only. */
export interface SessionStore {
  /** Keeps a login that was begun. */
  addStarter(id: string, starter: Starter): void;
  /** Hands out a starter and forgets it in one step. */
  takeStarter(id: string): Starter | undefined;
  /** Forgets every starter for an address. */
  dropStarters(email: string): void;
  /** Starts a session. */
  addSession(hash: string, accountId: string): void;
  /** The id of the account whose session it is. */
  sessionAccount(hash: string): string | undefined;
  /** Ends a session. */
  dropSession(hash: string): void;
  /** Ends every session of an account, or every one but this. */
  dropSessions(accountId: string, but?: string): void;
}

/** What was mailed: confirmation links, and one code for an account at most. Both are kept as SHA-256 only. */
export interface MailedStore {
  /** Keeps a link that was mailed. */
  addConfirmation(hash: string, confirmation: Confirmation): void;
  /** Hands out a link and forgets it in one step. */
  takeConfirmation(hash: string): Confirmation | undefined;
  /** Forgets every link that was mailed for an account. */
  dropConfirmations(accountId: string): void;
  /** Keeps a code that was mailed, in place of the account's earlier one. */
  addCode(accountId: string, code: MailedCode): void;
  /** The code that was mailed last. */
  code(accountId: string): MailedCode | undefined;
  /** Counts one more wrong code. */
  countWrongCode(accountId: string): void;
  /** Forgets the code. */
  dropCode(accountId: string): void;
}

/** Groups with their links and resources. */
export interface GroupStore {
  /** Adds a group; its owner's link is put beside it. */
  addGroup(group: GroupRecord): void;
  /** The group with this id. */
  group(id: string): GroupRecord | undefined;
  /** Those of the groups that there are, each once, the oldest first. */
  groupsByAge(ids: readonly string[]): readonly GroupRecord[];
  /** Forgets the group with all its links and resources. */
  dropGroup(id: string): void;
  /** Stores a link in place of the account's earlier one to the group. */
  putLink(link: LinkRecord): void;
  /** The link of one account to one group. */
  link(groupId: string, accountId: string): LinkRecord | undefined;
  /** Every link to a group. */
  linksOfGroup(groupId: string): readonly LinkRecord[];
  /** Every link of an account. */
  linksOfAccount(accountId: string): readonly LinkRecord[];
  /** Forgets a link. */
  dropLink(groupId: string, accountId: string): void;
  /** Stores a resource in place of the earlier one with the same group and id. */
  putResource(resource: ResourceRecord): void;
  /** The resource with this group and id. */
  resource(groupId: string, id: string): ResourceRecord | undefined;
  /** Every resource of a group, the removed ones too. */
  resourcesOf(groupId: string): readonly ResourceRecord[];
}

/** Teams. */
export interface TeamStore {
  /** Adds a team. */
  addTeam(team: TeamRecord): void;
  /** The team with this id. */
  team(id: string): TeamRecord | undefined;
  /** The teams that an account is in. */
  teamsOf(accountId: string): readonly TeamRecord[];
  /** Takes an account out of every team, and forgets a team that nobody is in any more. */
  leaveTeams(accountId: string): void;
}

/** The storage of a server. */
export interface Store extends AccountStore, SessionStore, MailedStore, GroupStore, TeamStore {
  /** Does everything that `act` does, or, where it throws, nothing of it. It does not wait: `act` is synchronous. */
  transaction<T>(act: () => T): T;
  /** The secret of this server: the one it keeps, or else this fresh one, kept from now on. */
  secret(fresh: Uint8Array): Uint8Array;
  /** Forgets starters, links and codes that have expired; takes no longer than there are such. */
  dropExpired(now: number): void;
  /** Lets go of everything: nothing is called after it but `close` itself. */
  close(): void;
}
