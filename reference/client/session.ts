/**
 * A session: the one place in which the secrets of a logged-in account live, until logout drops them (7.5), and
 * everything that its user can do.
 */
import { ProtocolError } from '../errors.ts';
import type { RsaPrivateJwk, RsaPublicJwk } from '../primitives/primitives.ts';
import type { Team, TeamsResponse, WhoamiResponse } from '../wire.ts';
import { changePassphrase, type Change } from './change.ts';
import type { ClientContext } from './client.ts';
import { newDevice, type Device } from './device.ts';
import { fixDuplicates } from './duplicates.ts';
import { edit, type Edit } from './edit.ts';
import { createHoldings, type Holdings } from './holdings.ts';
import { createGroup, readGroup, type Group, type NewGroup } from './groups.ts';
import { pull, type PullOptions, type PullResult } from './pull.ts';
import { push, type PushResult } from './push.ts';
import { deleteAccount, reset, type Consent } from './reset.ts';
import { share, unshare, type ShareTarget, type SharedWith } from './share.ts';
import { createTeam, type NewTeam } from './teams.ts';

/** The keys of an account, opened. */
export interface AccountKeys {
  /** 32 bytes. */
  readonly SYM_Account: Uint8Array;
  readonly PRV_Account: RsaPrivateJwk;
  readonly PUB_Account: RsaPublicJwk;
}

/** Everything secret that a session holds. */
export interface SessionSecrets {
  /** K as 64 hex digits: a bearer token. */
  readonly sessionId: string;
  readonly keys: AccountKeys;
  /** SYM_ResourceGroup, 32 bytes, by group id. */
  readonly groupKeys: Map<string, Uint8Array>;
}

/** What login hands over. */
export interface Opened {
  /** K as 64 hex digits. */
  readonly sessionId: string;
  readonly accountId: string;
  /** Normalised. */
  readonly email: string;
  readonly keys: AccountKeys;
  /** What an earlier session on this device left behind. */
  readonly device: Device | undefined;
}

/** What the flows of a session share: what never changes, what does, and the secrets behind a door. */
export interface SessionContext extends ClientContext {
  readonly accountId: string;
  /** Normalised; another one after a change of address. */
  email: string;
  /** Documents, groups and seen keys; no key. */
  readonly device: Holdings;
  /** @throws ProtocolError `state/logged-out` */
  secrets(): SessionSecrets;
  /** Forgets every secret. */
  drop(): void;
}

/** A logged-in account on a device. Every call throws ProtocolError `state/logged-out` after logout. */
export interface Session {
  /** `act_` and 64 hex digits. */
  readonly accountId: string;
  /** RFC 7638 thumbprint of the account's own public key, for others to compare (12.4); 43 characters. */
  readonly thumbprint: string;
  /**
   * The account as the server has it; its `publicKey` is not compared with that of the login, which `thumbprint` is of.
   *
   * @throws ProtocolError `auth/refused`, `state/not-allowed` for another account
   */
  whoami(): Promise<WhoamiResponse>;
  /** Has the confirmation link mailed again (7.2). */
  verify(): Promise<void>;
  /**
   * Changes the passphrase, the address or the names (7.6, 7.7). With `code` in place of `oldPassphrase` only in
   * `deployed` (7.8).
   *
   * @throws ProtocolError `decrypt/tag` for a wrong old passphrase, with nothing sent; `auth/refused` for a wrong code,
   * `state/conflict` where the address is taken or the account was changed in between
   * @example
   * await session.changePassphrase({ oldPassphrase: 'correct horse', newPassphrase: 'battery staple' });
   */
  changePassphrase(change: Change): Promise<void>;
  /** Has a code mailed that permits a change of passphrase (7.8). @throws ProtocolError `state/not-found` in `documented` */
  sendCode(): Promise<void>;
  /** Empties the account, and this device with it (7.9); the user has confirmed that everything is lost. */
  reset(consent: Consent): Promise<void>;
  /** Deletes the account and ends the session (7.10). */
  deleteAccount(): Promise<void>;
  /** Makes a group with a fresh key of its own (8.1). */
  createGroup(group: NewGroup): Promise<Group>;
  /** Asks for a group and opens its link. @throws ProtocolError `state/not-found`, from then on it is not synced */
  group(groupId: string): Promise<Group>;
  /**
   * Shares a group with persons or a team (8.2). The accounts of the answer have been compared with those asked for.
   *
   * @returns the accounts that were given a link, with the thumbprints of their keys
   * @throws ProtocolError `state/not-asked-for`, `state/key-changed`, `schema/jwk`; `state/not-found` for a stranger
   * @example
   * const [bob] = await session.share(group.id, { emails: ['bob@example.com'] });
   */
  share(groupId: string, target: ShareTarget): Promise<readonly SharedWith[]>;
  /** Withdraws the links of persons, or without persons those of everybody but the owner (8.3). */
  unshare(groupId: string, emails?: readonly string[]): Promise<void>;
  /** The teams that the account is in (8.4). */
  teams(): Promise<TeamsResponse>;
  /** Makes a team; `emails` as typed. @throws ProtocolError `state/not-found` for an address without an account */
  createTeam(team: NewTeam): Promise<Team>;
  /**
   * Leaves a resource as its user has it now: new, changed, or removed (8.8). Nothing is sent before the next push.
   *
   * @throws ProtocolError `schema/message` for what cannot be pushed, `state/not-found` where the group is gone
   * @example
   * session.edit({ groupId: group.id, id: 'req_1', name: 'Beds', type: 'Request', document: { rows: 4 } });
   */
  edit(edit: Edit): void;
  /** Pushes every edit that waits (8.5), and settles conflicts by the later edit (8.7). */
  push(): Promise<PushResult>;
  /** Fetches what the device lacks (8.6). @throws ProtocolError `schema/message` for an answer that holds a resource twice */
  pull(options?: PullOptions): Promise<PullResult>;
  /** Has groups that hold the same resources merged (8.10); every pull begins with it. @returns the groups that went */
  fixDuplicates(): Promise<readonly string[]>;
  /** What the device holds, as plain JSON without any key; also after logout. For the next `login` on this device. */
  exportDevice(): Device;
  /** Ends the session on the server and drops every secret here, also when the server cannot be reached. */
  logout(): Promise<void>;
}

export function createSession(context: ClientContext, opened: Opened): Session {
  const session = createContext(context, opened);
  const { calls, steps } = context;
  const sessionId = (): string => session.secrets().sessionId;
  return {
    accountId: session.accountId,
    thumbprint: steps.thumbprint(opened.keys.PUB_Account),
    whoami: async () => steps.accept.account(session, await calls.whoami(sessionId())),
    verify: async () => await calls.verify(sessionId()),
    changePassphrase: (change) => changePassphrase(session, change),
    sendCode: async () => await calls.sendPasswordCode(sessionId()),
    reset: (consent) => reset(session, consent),
    deleteAccount: () => deleteAccount(session),
    createGroup: (group) => createGroup(session, group),
    group: (groupId) => readGroup(session, groupId),
    share: (groupId, target) => share(session, groupId, target),
    unshare: (groupId, emails) => unshare(session, groupId, emails),
    teams: async () => await calls.teams(sessionId()),
    createTeam: (team) => createTeam(session, team),
    edit: (given) => {
      edit(session, given);
    },
    push: () => push(session),
    pull: (options) => pull(session, options),
    fixDuplicates: () => fixDuplicates(session),
    exportDevice: () => session.device.toDevice(),
    async logout() {
      const ending = sessionId();
      session.drop();
      await calls.logout(ending);
    },
  };
}

function createContext(
  context: ClientContext,
  { sessionId, accountId, email, keys, device = newDevice(accountId) }: Opened,
): SessionContext {
  if (device.accountId !== accountId)
    throw new ProtocolError('state/not-allowed', 'this device holds the documents of another account');
  let live: SessionSecrets | undefined = { sessionId, keys, groupKeys: new Map() };
  return {
    ...context,
    accountId,
    email,
    device: createHoldings(device),
    secrets() {
      if (live === undefined) throw new ProtocolError('state/logged-out', 'this session was logged out');
      return live;
    },
    drop() {
      live?.groupKeys.clear();
      live = undefined;
    },
  };
}
