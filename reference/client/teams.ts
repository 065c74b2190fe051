/** Teams: named lists of accounts (8.4). */
import { ProtocolError } from '../errors.ts';
import type { Team } from '../wire.ts';
import type { SessionContext } from './session.ts';

/** A team to be made. */
export interface NewTeam {
  /** 1 to 200 characters. */
  readonly name: string;
  /** Addresses of further accounts, as typed; `documented`. */
  readonly emails?: readonly string[] | undefined;
}

export async function createTeam(session: SessionContext, { name, emails = [] }: NewTeam): Promise<Team> {
  const further = normalised(session, emails);
  return await session.calls.createTeam(session.secrets().sessionId, {
    name,
    ...(further.length > 0 && { emails: further }),
  });
}

/** The accounts in a team but the caller. @throws ProtocolError `state/not-found` for a team that the caller is not in */
export async function membersOf(session: SessionContext, teamId: string): Promise<readonly string[]> {
  const teams = await session.calls.teams(session.secrets().sessionId);
  const team = teams.find(({ id }) => id === teamId);
  if (team === undefined) throw new ProtocolError('state/not-found', `there is no team ${teamId}`);
  return team.accounts.map(({ id }) => id).filter((id) => id !== session.accountId);
}

/** Addresses as they are sent: normalised, each once. */
export const normalised = ({ steps }: SessionContext, emails: readonly string[]): readonly string[] => [
  ...new Set(emails.map((email) => steps.email(email))),
];
