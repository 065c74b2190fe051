/** What a client may declare, and which verbs that stands for: the adapter contract (`conformance/ADAPTER.md`) as data. */
import type { ProfileName } from '../../reference/index.ts';
import type { Verb } from '../target/verbs.ts';

/** A verb, and the parameter with which it belongs to a capability where it belongs to several. */
export interface Use {
  readonly verb: Verb;
  readonly with?: string;
}

/** A capability, as `adapter-describe.schema.json` lists it. */
export interface Capability {
  readonly name: string;
  /** Empty where a client shows it without being asked. */
  readonly uses: readonly Use[];
  /** What the client can do, with the section. */
  readonly can: string;
  /** Capabilities without which it says nothing. */
  readonly needs?: readonly string[];
  /** The profile that has it, where it is only one. */
  readonly profile?: ProfileName;
}

export const capabilities: readonly Capability[] = [
  {
    name: 'account',
    uses: [{ verb: 'signup' }, { verb: 'login' }, { verb: 'whoami' }, { verb: 'logout' }],
    can: 'always there (7.1 to 7.5)',
  },
  {
    name: 'change-password',
    uses: [{ verb: 'changePassword', with: 'oldPassphrase' }],
    can: 'change the passphrase with the old one (7.6)',
  },
  {
    name: 'change-email',
    uses: [{ verb: 'changePassword', with: 'newEmail' }],
    can: 'change the address (7.7)',
  },
  {
    name: 'change-with-code',
    uses: [{ verb: 'sendCode' }, { verb: 'changePassword', with: 'code' }],
    can: 'change the passphrase with a mailed code (7.8)',
    profile: 'deployed',
  },
  { name: 'reset', uses: [{ verb: 'reset' }], can: 'empty the account (7.9)' },
  { name: 'delete-account', uses: [{ verb: 'deleteAccount' }], can: 'delete the account (7.10)' },
  { name: 'groups', uses: [{ verb: 'createGroup' }], can: 'make groups (8.1)' },
  {
    name: 'share-email',
    uses: [{ verb: 'share', with: 'emails' }],
    can: 'share a group with persons (8.2)',
    needs: ['groups'],
  },
  {
    name: 'share-team',
    uses: [{ verb: 'share', with: 'teamId' }],
    can: 'share a group with a team (8.2)',
    needs: ['groups'],
  },
  { name: 'unshare', uses: [{ verb: 'unshare' }], can: 'withdraw links (8.3)', needs: ['groups'] },
  { name: 'teams', uses: [{ verb: 'createTeam' }, { verb: 'teams' }], can: 'make and list teams (8.4)' },
  {
    name: 'sync',
    uses: [{ verb: 'push' }, { verb: 'pull' }],
    can: 'edit, remove and push resources, and pull (8.5 to 8.9)',
    needs: ['groups'],
  },
  {
    name: 'fix-dupes',
    uses: [],
    can: 'have duplicate groups merged before a pull, without being asked (8.10)',
    needs: ['groups', 'sync'],
  },
  {
    name: 'derive',
    uses: [{ verb: 'derive' }],
    can: 'compute named values from given ones, for `vectors verify`',
  },
  {
    name: 'accept',
    uses: [{ verb: 'accept' }],
    can: 'take or open one value as received, for `vectors verify`',
  },
  {
    name: 'ill-formed-text',
    uses: [],
    can: 'take text with half of a surrogate pair, which some languages do not have',
  },
  {
    name: 'patience',
    uses: [{ verb: 'login', with: 'patience' }],
    can: 'be told how many milliseconds without a byte end a call (9.8)',
  },
];

/** `changePassword with newEmail`, or the verb alone. */
export const nameOf = (use: Use): string =>
  use.with === undefined ? use.verb : `${use.verb} with ${use.with}`;
