/** The storage in memory: for tests and for trying things out, it forgets everything at once (9.5). */
import type {
  AccountRecord,
  Confirmation,
  GroupRecord,
  LinkRecord,
  MailedCode,
  ResourceRecord,
  TeamRecord,
} from './records.ts';
import { createStarters } from './starters.ts';
import type { AccountStore, GroupStore, MailedStore, SessionStore, Store, TeamStore } from './store.ts';
import {
  createIndex,
  createJournal,
  createTable,
  dropFront,
  dropWhere,
  take,
  type Journal,
  type Table,
} from './table.ts';

/** A storage that lives as long as the process. */
export function createMemoryStore(): Store {
  const journal = createJournal();
  const { dropExpired: dropOldStarters, ...starters } = createStarters(journal);
  const confirmations = createTable<Confirmation>(journal);
  const codes = createTable<MailedCode>(journal);
  let secret: Uint8Array | undefined;
  return {
    ...accountStore(journal),
    ...starters,
    ...sessionStore(journal),
    ...mailedStore(confirmations, codes),
    ...groupStore(journal),
    ...teamStore(journal),
    transaction: journal.transaction,
    secret: (fresh) => (secret ??= fresh),
    dropExpired(now) {
      dropOldStarters(now);
      dropFront(confirmations, now);
      dropFront(codes, now);
    },
    close: () => undefined,
  };
}

function accountStore(journal: Journal): AccountStore {
  const accounts = createTable<AccountRecord>(journal);
  const idByEmail = createTable<string>(journal);
  const accountById = (id: string) => accounts.get(id);
  const put = (account: AccountRecord): void => {
    accounts.set(account.id, account);
    idByEmail.set(account.email, account.id);
  };
  return {
    accountById,
    accountByEmail: (email) => accountById(idByEmail.get(email) ?? ''),
    addAccount(account) {
      if (idByEmail.get(account.email) !== undefined) return 'email-taken';
      if (accountById(account.id) !== undefined) return 'id-taken';
      put(account);
      return 'added';
    },
    replaceAccount(account) {
      idByEmail.delete(accountById(account.id)?.email ?? '');
      put(account);
    },
    setVerified(id) {
      const account = accountById(id);
      if (account !== undefined) put({ ...account, isVerified: true });
    },
    dropAccount(id) {
      idByEmail.delete(accountById(id)?.email ?? '');
      accounts.delete(id);
    },
  };
}

function sessionStore(journal: Journal): Omit<SessionStore, 'addStarter' | 'takeStarter' | 'dropStarters'> {
  const sessions = createTable<string>(journal);
  const byAccount = createIndex<true>(journal);
  const dropSession = (hash: string): void => {
    byAccount.delete(sessions.get(hash) ?? '', hash);
    sessions.delete(hash);
  };
  return {
    addSession(hash, accountId) {
      sessions.set(hash, accountId);
      byAccount.set(accountId, hash, true);
    },
    sessionAccount: (hash) => sessions.get(hash),
    dropSession,
    dropSessions(accountId, but) {
      for (const [hash] of byAccount.of(accountId)) if (hash !== but) dropSession(hash);
    },
  };
}

function mailedStore(confirmations: Table<Confirmation>, codes: Table<MailedCode>): MailedStore {
  return {
    addConfirmation: confirmations.set,
    takeConfirmation: (hash) => take(confirmations, hash),
    dropConfirmations(accountId) {
      dropWhere(confirmations, (confirmation) => confirmation.accountId === accountId);
    },
    addCode(accountId, code) {
      codes.delete(accountId); // so that it goes to the end, where the youngest are
      codes.set(accountId, code);
    },
    code: (accountId) => codes.get(accountId),
    countWrongCode(accountId) {
      const code = codes.get(accountId);
      if (code !== undefined) codes.set(accountId, { ...code, wrong: code.wrong + 1 });
    },
    dropCode: codes.delete,
  };
}

function groupStore(journal: Journal): GroupStore {
  const groups = createTable<{ readonly group: GroupRecord; readonly number: number }>(journal);
  const linksByGroup = createIndex<LinkRecord>(journal);
  const linksByAccount = createIndex<LinkRecord>(journal);
  const resources = createIndex<ResourceRecord>(journal);
  let number = 0;
  const rows = <V>(entries: readonly (readonly [string, V])[]): readonly V[] => entries.map(([, row]) => row);
  const dropLink = (groupId: string, accountId: string): void => {
    linksByGroup.delete(groupId, accountId);
    linksByAccount.delete(accountId, groupId);
  };
  return {
    addGroup: (group) => groups.set(group.id, { group, number: number++ }),
    group: (id) => groups.get(id)?.group,
    groupsByAge: (ids) =>
      [...new Set(ids)]
        .flatMap((id) => groups.get(id) ?? [])
        .sort((one, other) => one.number - other.number)
        .map(({ group }) => group),
    dropGroup(id) {
      for (const [accountId] of linksByGroup.of(id)) dropLink(id, accountId);
      for (const [resourceId] of resources.of(id)) resources.delete(id, resourceId);
      groups.delete(id);
    },
    putLink(link) {
      linksByGroup.set(link.resourceGroupId, link.accountId, link);
      linksByAccount.set(link.accountId, link.resourceGroupId, link);
    },
    link: (groupId, accountId) => linksByGroup.get(groupId, accountId),
    linksOfGroup: (groupId) => rows(linksByGroup.of(groupId)),
    linksOfAccount: (accountId) => rows(linksByAccount.of(accountId)),
    dropLink,
    putResource: (resource) => resources.set(resource.resourceGroupId, resource.id, resource),
    resource: (groupId, id) => resources.get(groupId, id),
    resourcesOf: (groupId) => rows(resources.of(groupId)),
  };
}

function teamStore(journal: Journal): TeamStore {
  const teams = createTable<TeamRecord>(journal);
  const byAccount = createIndex<true>(journal);
  const teamsOf = (accountId: string): readonly TeamRecord[] =>
    byAccount.of(accountId).flatMap(([teamId]) => teams.get(teamId) ?? []);
  return {
    addTeam(team) {
      teams.set(team.id, team);
      for (const accountId of team.accountIds) byAccount.set(accountId, team.id, true);
    },
    team: (id) => teams.get(id),
    teamsOf,
    leaveTeams(accountId) {
      for (const team of teamsOf(accountId)) {
        const accountIds = team.accountIds.filter((id) => id !== accountId);
        if (accountIds.length === 0) teams.delete(team.id);
        else teams.set(team.id, { ...team, accountIds });
        byAccount.delete(accountId, team.id);
      }
    },
  };
}
