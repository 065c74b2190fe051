/** Sharing a group, and withdrawing it (8.2, 8.3). */
import { parseJson } from '../profile.ts';
import type { RsaPublicJwk } from '../primitives/primitives.ts';
import type { ShareARequest, ShareAResponse } from '../wire.ts';
import type { SeenKey } from './device.ts';
import { dropKey, openLink } from './link.ts';
import type { SessionContext } from './session.ts';
import { membersOf, normalised } from './teams.ts';

/** Persons, by their addresses as typed, or a team. */
export type ShareTarget =
  | {
      /** As typed; one or more. */
      readonly emails: readonly string[];
    }
  | {
      /** Given by the server. */
      readonly teamId: string;
    };

/** An account that was given a link. */
export interface SharedWith {
  /** `act_` and 64 hex digits. */
  readonly accountId: string;
  /** RFC 7638 thumbprint of its public key, to be compared by another channel (12.4). */
  readonly thumbprint: string;
}

export async function share(
  session: SessionContext,
  groupId: string,
  given: ShareTarget,
): Promise<readonly SharedWith[]> {
  const { calls, steps } = session;
  const { sessionId } = session.secrets();

  // 1. Names a team or persons
  const target = 'teamId' in given ? given : { emails: normalised(session, given.emails) };
  const members = 'teamId' in target ? await membersOf(session, target.teamId) : undefined;

  // 2. The caller's own link, and a public key for every account asked for
  const answer = await calls.shareA(sessionId, groupId, target);

  // 3. The accounts asked for and no others; their keys; the caller's own link
  requireAskedFor(session, target, members, answer);
  const publicKeys = readPublicKeys(session, answer);
  const seen = requireSameKeys(session, publicKeys);
  session.device.putSeenKeys(seen);
  const SYM_ResourceGroup = openLink(session, { id: groupId, encSymmetricKey: answer.encSymmetricKey });

  // 4. One link for each account
  const links = publicKeys.map(([accountId, publicKey]) => [
    accountId,
    steps.wrap.sealLink(publicKey, SYM_ResourceGroup),
  ]);
  const keys = Object.fromEntries(links) as Record<string, string>;
  await calls.shareB(sessionId, groupId, { ...target, keys });
  return seen;
}

/** Without persons the links of everybody but the owner go; a member's own address gives up the member's own link. */
export async function unshare(
  session: SessionContext,
  groupId: string,
  emails?: readonly string[],
): Promise<void> {
  const named = emails && normalised(session, emails);
  await session.calls.unshare(session.secrets().sessionId, groupId, named && { emails: named });
  if (named?.includes(session.email) === true) dropKey(session, groupId);
}

/** SHARE-04, TEAM-04: every account of the answer is one that the user named, or in the team as the server lists it. */
function requireAskedFor(
  { steps, email }: SessionContext,
  target: ShareARequest,
  members: readonly string[] | undefined,
  { keys, accounts = {} }: ShareAResponse,
): void {
  const accountIds = Object.keys(keys);
  if (members !== undefined) steps.accept.accounts(members, accountIds);
  if (!('emails' in target)) return;
  const others = target.emails.filter((address) => address !== email);
  steps.accept.accounts(others, Object.values(accounts));
  steps.accept.accounts(Object.keys(accounts), accountIds);
}

/** SHARE-05: one key that fails its checks ends the whole share. */
const readPublicKeys = (
  { steps }: SessionContext,
  { keys }: ShareAResponse,
): readonly (readonly [accountId: string, publicKey: RsaPublicJwk])[] =>
  Object.entries(keys).map(([accountId, jwk]) => [accountId, steps.accept.publicKey(parseJson(jwk))]);

/** SHARE-10: an account that was shared with before has the key that it had then. */
function requireSameKeys(
  { steps, device }: SessionContext,
  publicKeys: readonly (readonly [accountId: string, publicKey: RsaPublicJwk])[],
): readonly SeenKey[] {
  return publicKeys.map(([accountId, publicKey]) => {
    const thumbprint = steps.thumbprint(publicKey);
    steps.accept.thumbprint(device.seenThumbprint(accountId), thumbprint);
    return { accountId, thumbprint };
  });
}
