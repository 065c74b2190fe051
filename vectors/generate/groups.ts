/** The messages of chapter 8 that carry links and documents. */
import type { ProfileName } from '../../spec/index.ts';
import { call, members, type Account } from './calls.ts';
import type { Call } from './vector.ts';

export const GROUP = 'rg_7Jx2';
export const TEAM = 'team_Q4';

/** A group that the caller creates, with the link to itself. */
export function createGroupCall(session: string, link: string): Call {
  const group = { parentResourceId: 'wrk_1', name: 'Garden', encSymmetricKey: link };
  return call(session, 'POST', '/api/resource_groups', group, { id: GROUP, ...group });
}

/** A group as the caller sees it. */
export const getGroupCall = (session: string, link: string): Call =>
  call(session, 'GET', `/api/resource_groups/${GROUP}`, undefined, {
    ...{ id: GROUP, parentResourceId: 'wrk_1', name: 'Garden' },
    encSymmetricKey: link,
  });

/** Both calls of sharing: persons in `documented`, a team in `deployed` (8.2). */
export function shareCalls(
  profile: ProfileName,
  session: string,
  ownLink: string,
  links: readonly (readonly [member: Account, link: string])[],
): Call[] {
  const path = `/api/resource_groups/${GROUP}`;
  const email = (of: Account) => members(profile, of.inputs)['email'] ?? '';
  const whom = profile === 'documented' ? { emails: links.map(([of]) => email(of)) } : { teamId: TEAM };
  const byId = <T>(value: (of: Account, link: string) => T) =>
    Object.fromEntries(links.map(([of, link]) => [of.id, value(of, link)]));
  const keys = byId((of) => JSON.stringify(of.inputs['PUB_Account']));
  const accounts = profile === 'documented' && { accounts: byId(email) };
  return [
    call(session, 'POST', `${path}/share-a`, whom, { encSymmetricKey: ownLink, keys, ...accounts }),
    call(session, 'POST', `${path}/share-b`, { ...whom, keys: byId((_, link) => link) }, {}),
  ];
}

/** The teams of the caller. */
export function teamsCall(
  profile: ProfileName,
  session: string,
  [owner, ...others]: readonly [Account, ...Account[]],
): Call {
  const member = (of: Account, isAdmin: boolean) => ({
    ...{
      id: of.id,
      email: members(profile, of.inputs)['email'],
      firstName: of.firstName,
      lastName: of.lastName,
    },
    isAdmin,
  });
  const accounts = [member(owner, true), ...others.map((of) => member(of, false))];
  const team = { id: TEAM, name: 'Gardeners', ownerAccountId: owner.id, accounts };
  return call(session, 'GET', '/api/teams', undefined, [team]);
}

/** A resource as it is pushed and pulled. */
export const resource = (of: Account, version: string, encContent: string) => ({
  ...{ id: 'req_1', name: 'Träffpunkt', resourceGroupId: GROUP, version, type: 'Request' },
  ...{ createdBy: of.id, lastEdited: 1735689600000, lastEditedBy: of.id, removed: false },
  encContent,
});

/** A push of one new resource. */
export const pushCall = (session: string, of: Account, encContent: string): Call =>
  call(session, 'POST', '/sync/push', [resource(of, '__NO_VERSION__', encContent)], {
    ...{ updated: [], created: [{ id: 'req_1', version: 'v1' }], removed: [], conflicts: [] },
  });

/** A pull of a device that has nothing. */
export const pullCall = (session: string, of: Account, encContent: string): Call =>
  call(
    session,
    'POST',
    '/sync/pull',
    { resources: [], blacklist: [] },
    {
      ...{ updatedResources: [], createdResources: [resource(of, 'v1', encContent)] },
      ...{ idsToPush: [], idsToRemove: [] },
    },
  );
