/** What a server must know of a story: accounts with their sessions, groups with their links and resources (chapters 7 and 8). */
import type { Credential } from '../bench/credential.ts';

export interface AccountState {
  /** Who has it. */
  readonly name: string;
  readonly email: string;
  readonly credential: Credential;
  /** The ids of the sessions that are live. */
  readonly live: readonly string[];
}

export interface ResourceState {
  readonly version: string;
  readonly removed: boolean;
  readonly encContent: string;
  /** Every version that it ever had. */
  readonly versions: readonly string[];
}

export interface GroupState {
  /** The id of the account that made it. */
  readonly owner: string;
  /** By account id. */
  readonly links: Readonly<Record<string, string>>;
  /** By id, the removed ones too. */
  readonly resources: Readonly<Record<string, ResourceState>>;
}

/** Plain data: two states are the same when their JSON is. */
export interface State {
  /** By account id. */
  readonly accounts: Readonly<Record<string, AccountState>>;
  /** By group id. */
  readonly groups: Readonly<Record<string, GroupState>>;
}

export const NOTHING: State = { accounts: {}, groups: {} };

/** The account of a live session. */
export const accountOf = ({ accounts }: State, session: string): string | undefined =>
  Object.keys(accounts).find((id) => accounts[id]?.live.includes(session) === true);

/** The account with an address. */
export const accountAt = ({ accounts }: State, email: string): string | undefined =>
  Object.keys(accounts).find((id) => accounts[id]?.email === email);

/** An account changed; where there is none, nothing is. */
export function withAccount(state: State, id: string, change: Partial<AccountState>): State {
  const account = state.accounts[id];
  if (account === undefined) return state;
  return { ...state, accounts: { ...state.accounts, [id]: { ...account, ...change } } };
}

/** A group changed; where there is none, nothing is. */
export function withGroup(
  state: State,
  id: string,
  change: (group: GroupState) => Partial<GroupState>,
): State {
  const group = state.groups[id];
  if (group === undefined) return state;
  return { ...state, groups: { ...state.groups, [id]: { ...group, ...change(group) } } };
}

/** A record without some of its members. */
export const without = <T>(
  record: Readonly<Record<string, T>>,
  names: readonly string[],
): Record<string, T> => Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));

/** A group as it is when an account is emptied: gone where it is the account's own, without its link where it is not (7.9). */
export function leftBy(state: State, account: string, groupId: string): State {
  if (state.groups[groupId]?.owner === account) return { ...state, groups: without(state.groups, [groupId]) };
  return withGroup(state, groupId, ({ links }) => ({ links: without(links, [account]) }));
}
