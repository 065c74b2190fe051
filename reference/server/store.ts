/** What a server keeps, and the storage in memory. Nothing here opens an account: see chapter 3.5. */
import type { SignupRequest } from '../wire.ts';

/** An account as its owner sent it, field names as on the wire. */
export interface AccountRecord extends SignupRequest {
  /** Whether the address is confirmed. */
  readonly isVerified: boolean;
  /** ISO 8601. */
  readonly created: string;
}

/** A login between `login-a` and `login-m1`. */
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

/** A confirmation link that was mailed. */
export interface Confirmation {
  /** The account whose address the link confirms. */
  readonly accountId: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** The storage of a server. Session ids and codes are kept as SHA-256 only. */
export interface Store {
  /** The account with this normalised address. */
  accountByEmail(email: string): AccountRecord | undefined;
  /** The account with this id. */
  accountById(id: string): AccountRecord | undefined;
  /** Adds the account, or changes nothing and says what is taken. */
  addAccount(account: AccountRecord): 'added' | 'id-taken' | 'email-taken';
  /** Marks the address of an account as confirmed. */
  setVerified(accountId: string): void;
  /** Keeps a login that was begun. */
  addStarter(id: string, starter: Starter): void;
  /** Hands out a starter and forgets it in one step. */
  takeStarter(id: string): Starter | undefined;
  /** Starts a session. */
  addSession(hash: string, accountId: string): void;
  /** The id of the account whose session it is. */
  sessionAccount(hash: string): string | undefined;
  /** Ends a session. */
  dropSession(hash: string): void;
  /** Keeps a link that was mailed. */
  addConfirmation(hash: string, confirmation: Confirmation): void;
  /** Hands out a link and forgets it in one step. */
  takeConfirmation(hash: string): Confirmation | undefined;
  /** Forgets every starter and confirmation that has expired. */
  dropExpired(now: number): void;
}

/** A storage that lives as long as the process. */
export function createMemoryStore(): Store {
  const accounts = new Map<string, AccountRecord>();
  const idByEmail = new Map<string, string>();
  const starters = new Map<string, Starter>();
  const sessions = new Map<string, string>();
  const confirmations = new Map<string, Confirmation>();
  const accountById = (id: string) => accounts.get(id);
  return {
    accountById,
    accountByEmail: (email) => accountById(idByEmail.get(email) ?? ''),
    addAccount(account) {
      if (idByEmail.has(account.email)) return 'email-taken';
      if (accounts.has(account.id)) return 'id-taken';
      accounts.set(account.id, account);
      idByEmail.set(account.email, account.id);
      return 'added';
    },
    setVerified(accountId) {
      const account = accounts.get(accountId);
      if (account !== undefined) accounts.set(accountId, { ...account, isVerified: true });
    },
    addStarter: (id, starter) => void starters.set(id, starter),
    takeStarter: (id) => take(starters, id),
    addSession: (hash, accountId) => void sessions.set(hash, accountId),
    sessionAccount: (hash) => sessions.get(hash),
    dropSession: (hash) => void sessions.delete(hash),
    addConfirmation: (hash, confirmation) => void confirmations.set(hash, confirmation),
    takeConfirmation: (hash) => take(confirmations, hash),
    dropExpired(now) {
      for (const map of [starters, confirmations])
        for (const [key, { expires }] of map) if (expires <= now) map.delete(key);
    },
  };
}

function take<T>(map: Map<string, T>, key: string): T | undefined {
  const found = map.get(key);
  map.delete(key);
  return found;
}
