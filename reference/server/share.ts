/** Sharing a group, in two calls (8.2), and withdrawing links (8.3). */
import type { Context } from 'hono';
import type { ShareARequest, ShareAResponse, ShareBRequest, UnshareRequest } from '../wire.ts';
import type { ServerContext } from './context.ts';
import { requireMember, requireOwner } from './groups.ts';
import { Refusal } from './refusal.ts';
import { authorise, parseBody, parseOptionalBody } from './request.ts';
import { requireAllNormalized, requireConfirmed } from './require.ts';
import type { AccountRecord, GroupRecord } from './store/records.ts';
import { membersOf, requireTeam } from './teams.ts';

/** `POST /api/resource_groups/:id/share-a`: whom to share with, for their public keys. */
export async function shareA(server: ServerContext, c: Context): Promise<Response> {
  // parse
  const request = (await parseBody(c.req, 'share-a-request')) as ShareARequest;
  if ('emails' in request) requireAllNormalized(server, request.emails);

  // authorise
  const { account } = authorise(c.req, server);
  const { link } = requireOwner(server, account, c.req.param('id') ?? '');
  const others = askedFor(server, account, request).filter(({ id }) => id !== account.id);

  // act: nothing changes

  // respond
  const answer: ShareAResponse = {
    encSymmetricKey: link.encSymmetricKey,
    keys: Object.fromEntries(others.map(({ id, publicKey }) => [id, publicKey])),
  };
  if (!('emails' in request)) return c.json(answer);
  const accounts = Object.fromEntries(others.map(({ id, email }) => [id, email]));
  return c.json({ ...answer, accounts } satisfies ShareAResponse);
}

/** `POST /api/resource_groups/:id/share-b`: the links. */
export async function shareB(server: ServerContext, c: Context): Promise<Response> {
  // parse
  const request = (await parseBody(c.req, 'share-b-request')) as ShareBRequest;
  if ('emails' in request) requireAllNormalized(server, request.emails);

  // authorise
  const { account } = authorise(c.req, server);
  const { group } = requireOwner(server, account, c.req.param('id') ?? '');
  const others = askedFor(server, account, request).filter(({ id }) => id !== account.id);
  const asked = new Set(others.map(({ id }) => id));
  const strange = Object.keys(request.keys).find((id) => !asked.has(id));
  if (strange !== undefined)
    throw new Refusal(
      'forbidden',
      'a link is for an account that was not named, or for the caller',
      `/keys/${strange}`,
    );

  // act
  server.store.transaction(() => {
    for (const [accountId, encSymmetricKey] of Object.entries(request.keys))
      server.store.putLink({ accountId, resourceGroupId: group.id, encSymmetricKey });
  });

  // respond
  return c.json({});
}

/** `PUT /api/resource_groups/:id/unshare` */
export async function unshare(server: ServerContext, c: Context): Promise<Response> {
  // parse
  const { emails } = (await parseOptionalBody(c.req, 'unshare-request')) as UnshareRequest;
  requireAllNormalized(server, emails);

  // authorise
  const { account } = authorise(c.req, server);
  const { group } = requireMember(server, account, c.req.param('id') ?? '');
  const leaving = whoLeaves(server, account, group, emails);

  // act
  server.store.transaction(() => {
    for (const accountId of leaving) server.store.dropLink(group.id, accountId);
  });

  // respond
  return c.json({});
}

/** @throws Refusal `not-found` for a team, `unknown-account` for a person */
const askedFor = (server: ServerContext, account: AccountRecord, request: ShareARequest): AccountRecord[] =>
  'teamId' in request
    ? membersOf(server, requireTeam(server, account, request.teamId))
    : requireConfirmed(server, request.emails);

/** Whose links go: the owner names anybody but themselves, or nobody for all; others name themselves. @throws Refusal */
function whoLeaves(
  { store }: ServerContext,
  account: AccountRecord,
  group: GroupRecord,
  emails: readonly string[] | undefined,
): readonly string[] {
  const isOwner = account.id === group.ownerAccountId;
  if (!isOwner && (emails === undefined || emails.some((email) => email !== account.email)))
    throw new Refusal('forbidden', 'who does not own the group gives up their own link only');
  if (isOwner && emails?.includes(account.email) === true)
    throw new Refusal('forbidden', 'the owner of a group keeps the link to it');
  const members = store.linksOfGroup(group.id).map(({ accountId }) => accountId);
  if (emails === undefined) return members.filter((id) => id !== account.id);
  return emails.map((email, i) => {
    const id = store.accountByEmail(email)?.id;
    if (id === undefined || !members.includes(id))
      throw new Refusal('not-found', `${email} has no link to the group`, `/emails/${i}`);
    return id;
  });
}
