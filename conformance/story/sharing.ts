/** How somebody in a story shares a group with the other one (8.2). */
import type { ClientBench } from '../client/bench.ts';
import { idOf } from '../client/flows.ts';
import type { Params } from '../target/verbs.ts';
import type { Person, World } from './world.ts';

/** The other of two. */
export const otherThan = ({ persons }: World, person: Person): Person =>
  persons.find((one) => one !== person) ?? person;

/** By address where the client can, by a team that somebody made elsewhere where it cannot. */
export function sharedWith(
  { capabilities, peer }: ClientBench,
  person: Person,
  other: Person,
): Pick<Params<'share'>, 'emails' | 'teamId'> {
  if (capabilities.includes('share-email') && capabilities.includes('unshare'))
    return { emails: [other.typed.email] };
  const teamId = `team_of_${idOf(person.signup)}`;
  if (peer.store.team(teamId) === undefined) {
    const accountIds = [person, other].map(({ signup }) => idOf(signup));
    peer.store.addTeam({ id: teamId, name: 'A team', ownerAccountId: idOf(person.signup), accountIds });
  }
  return { teamId };
}
