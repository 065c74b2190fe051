/** What a server can do: what it declares, and what follows from how it is attached. */
import type { ProfileName } from '../../reference/index.ts';
import { capabilities as ofClients } from '../contract/capabilities.ts';
import type { ServerTarget } from '../target/server-target.ts';

/** Those of `ADAPTER.md` that say something of a client alone. */
const OF_CLIENTS_ALONE = ['derive', 'accept', 'ill-formed-text', 'patience'];

/** Everything that a server of a profile may declare, under the names that clients have for the same flows. */
export const serverCapabilities = (profile: ProfileName): readonly string[] =>
  ofClients
    .filter((capability) => (capability.profile ?? profile) === profile)
    .map(({ name }) => name)
    .filter((name) => !OF_CLIENTS_ALONE.includes(name));

/** Those that every server has, whether or not it says so (7.1 to 7.5). */
const ALWAYS = ['account'];

/** What is wrong with what a server declares, in a sentence; undefined where nothing is. */
export function faultInCapabilities(declared: readonly string[], profile: ProfileName): string | undefined {
  const known = serverCapabilities(profile);
  const unknown = declared.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    return `no server of this profile can ${unknown.join(', ')}; the capabilities are ${known.join(', ')}`;
  for (const { name, needs = [] } of ofClients.filter((one) => declared.includes(one.name))) {
    const missing = needs.filter((one) => !declared.includes(one)).join(' and ');
    if (missing !== '')
      return `--capabilities names ${name} without ${missing}, which it needs: add ${missing}, or leave ${name} out`;
  }
  return undefined;
}

/**
 * What checks may ask for: `account` and the declared ones, `mail` where mail reaches the suite, `restart` where the suite can
 * end its process and start it again, `clock` where it can set its clock ahead, `team-members` where a team of
 * several can be made, and `sharing` where a group can be shared one way or the other.
 */
export function capabilitiesOf(
  { capabilities, mailbox, makeTeam, restart, advance }: ServerTarget,
  profile: ProfileName,
): readonly string[] {
  const declared = [...new Set([...ALWAYS, ...(capabilities ?? serverCapabilities(profile))])];
  const has = (name: string): boolean => declared.includes(name);
  const teamMembers = has('share-team') && (makeTeam !== undefined || has('teams'));
  return [
    ...declared,
    ...(mailbox.kind === 'mail' ? ['mail'] : []),
    ...(restart === undefined ? [] : ['restart']),
    ...(advance === undefined ? [] : ['clock']),
    ...(teamMembers ? ['team-members'] : []),
    ...(has('groups') && (has('share-email') || teamMembers) ? ['sharing'] : []),
  ];
}

/** How what is asked for is had, where it follows from how the server is attached and not from what it declares. */
export const HOW_TO_HAVE: Readonly<Record<string, string>> = {
  clock:
    'expiry is judged with --start COMMAND --clock, where COMMAND sets the clock of the server ahead by CLOCK_AHEAD seconds',
};

/** What a server must declare to have a call, by its id in `spec/calls.json`; what is not here every server has. */
export const NEEDED_FOR_CALLS: Readonly<Record<string, string>> = {
  changePassword: 'change-password',
  sendPasswordCode: 'change-with-code',
  reset: 'reset',
  deleteAccount: 'delete-account',
  listTeams: 'teams',
  createTeam: 'teams',
  createResourceGroup: 'groups',
  getResourceGroup: 'groups',
  shareA: 'sharing',
  shareB: 'sharing',
  unshare: 'unshare',
  push: 'sync',
  pull: 'sync',
  fixDupes: 'fix-dupes',
};
