/** Teams in a SQLite file: one row for a team, one for everybody in it. */
import type { TeamRecord } from '../records.ts';
import type { TeamStore } from '../store.ts';
import type { Database } from './database.ts';
import { rowsOf } from './rows.ts';

export function teamStore(db: Database): TeamStore {
  const teams = rowsOf<Omit<TeamRecord, 'accountIds'>>(db, {
    name: 'teams',
    columns: { id: 'value', name: 'value', ownerAccountId: 'value' },
    key: ['id'],
  });
  const members = rowsOf<{ readonly teamId: string; readonly accountId: string }>(db, {
    name: 'team_members',
    columns: { teamId: 'value', accountId: 'value' },
    key: ['teamId', 'accountId'],
  });
  const row = teams.one('id = ?');
  const membersOf = members.all('teamId = ?');
  const membershipsOf = members.all('accountId = ?');
  const dropMemberships = members.drop('accountId = ?');
  const dropEmpty = teams.drop('id = ? AND id NOT IN (SELECT teamId FROM team_members)');
  const team = (id: string): TeamRecord | undefined => {
    const found = row(id);
    return found && { ...found, accountIds: membersOf(id).map(({ accountId }) => accountId) };
  };
  return {
    addTeam: ({ accountIds, ...added }) =>
      db.transaction(() => {
        teams.put(added);
        for (const accountId of accountIds) members.put({ teamId: added.id, accountId });
      }),
    team,
    teamsOf: (accountId) => membershipsOf(accountId).flatMap(({ teamId }) => team(teamId) ?? []),
    leaveTeams: (accountId) =>
      db.transaction(() => {
        const left = membershipsOf(accountId);
        dropMemberships(accountId);
        for (const { teamId } of left) dropEmpty(teamId);
      }),
  };
}
