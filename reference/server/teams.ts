/** Teams: named lists of accounts (8.4). */
import type { Context } from 'hono';
import type { Team, TeamRequest, TeamsResponse } from '../wire.ts';
import { freshId, type ServerContext } from './context.ts';
import { Refusal } from './refusal.ts';
import { authorise, parseBody } from './request.ts';
import { requireAllNormalized, requireConfirmed } from './require.ts';
import type { AccountRecord, TeamRecord } from './store/records.ts';

/** `GET /api/teams` */
export function listTeams(server: ServerContext, c: Context): Response {
  // parse: there is nothing to read

  // authorise
  const { account } = authorise(c.req, server);

  // act: nothing changes

  // respond
  const teams = server.store.teamsOf(account.id).map((team) => describe(server, team));
  return c.json(teams satisfies TeamsResponse);
}

/** `POST /api/teams` */
export async function createTeam(server: ServerContext, c: Context): Promise<Response> {
  // parse
  const { name, emails = [] } = (await parseBody(c.req, 'team-request')) as TeamRequest;
  requireAllNormalized(server, emails);

  // authorise
  const { account } = authorise(c.req, server);
  const named = requireConfirmed(server, emails);

  // act
  const team: TeamRecord = {
    id: freshId(server, 'team_'),
    name,
    ownerAccountId: account.id,
    accountIds: [...new Set([account, ...named].map(({ id }) => id))],
  };
  server.store.addTeam(team);

  // respond
  return c.json(describe(server, team));
}

/** A team that the account is in; any other is none. @throws Refusal `not-found` */
export function requireTeam({ store }: ServerContext, account: AccountRecord, teamId: string): TeamRecord {
  const team = store.team(teamId);
  if (team?.accountIds.includes(account.id) !== true)
    throw new Refusal('not-found', 'there is no such team for this account', '/teamId');
  return team;
}

/** The accounts in a team. */
export const membersOf = ({ store }: ServerContext, { accountIds }: TeamRecord): AccountRecord[] =>
  accountIds.flatMap((id) => store.accountById(id) ?? []);

const describe = (server: ServerContext, team: TeamRecord): Team => ({
  id: team.id,
  name: team.name,
  ownerAccountId: team.ownerAccountId,
  accounts: membersOf(server, team).map(({ id, email, firstName, lastName }) => ({
    id,
    email,
    firstName,
    lastName,
    isAdmin: id === team.ownerAccountId,
  })),
});
