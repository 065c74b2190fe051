/** Resource groups and the links of their members (8.1). */
import type { Context } from 'hono';
import type { ResourceGroup, ResourceGroupRequest } from '../wire.ts';
import { freshId, timestamp, type ServerContext } from './context.ts';
import { Refusal } from './refusal.ts';
import { authorise, parseBody } from './request.ts';
import type { AccountRecord, GroupRecord, LinkRecord } from './store/records.ts';

/** `POST /api/resource_groups` */
export async function createGroup(server: ServerContext, c: Context): Promise<Response> {
  // parse
  const request = (await parseBody(c.req, 'resource-group-request')) as ResourceGroupRequest;
  const { encSymmetricKey, ...named } = request;

  // authorise
  const { account } = authorise(c.req, server);

  // act: the owner's link comes into being with the group
  const group: GroupRecord = {
    id: freshId(server, 'rg_'),
    ...named,
    ownerAccountId: account.id,
    created: timestamp(server),
  };
  const link: LinkRecord = { accountId: account.id, resourceGroupId: group.id, encSymmetricKey };
  server.store.transaction(() => {
    server.store.addGroup(group);
    server.store.putLink(link);
  });

  // respond
  return c.json(describe(group, link));
}

/** `GET /api/resource_groups/:id` */
export function getGroup(server: ServerContext, c: Context): Response {
  // parse
  const id = c.req.param('id') ?? '';

  // authorise
  const { account } = authorise(c.req, server);
  const { group, link } = requireMember(server, account, id);

  // act: nothing changes

  // respond
  return c.json(describe(group, link));
}

/** A group as one of its members sees it. */
const describe = (
  { id, parentResourceId, name }: GroupRecord,
  { encSymmetricKey }: LinkRecord,
): ResourceGroup => ({ id, parentResourceId, name, encSymmetricKey });

/** A group and the account's link to it. Without a link there is no group (MODEL-02). @throws Refusal `not-found` */
export function requireMember(
  { store }: ServerContext,
  account: AccountRecord,
  groupId: string,
): { group: GroupRecord; link: LinkRecord } {
  const group = store.group(groupId);
  const link = store.link(groupId, account.id);
  if (group === undefined || link === undefined)
    throw new Refusal('not-found', 'there is no such group for this account');
  return { group, link };
}

/** A group that the account owns. @throws Refusal `not-found`, `forbidden` */
export function requireOwner(
  server: ServerContext,
  account: AccountRecord,
  groupId: string,
): { group: GroupRecord; link: LinkRecord } {
  const member = requireMember(server, account, groupId);
  if (member.group.ownerAccountId !== account.id)
    throw new Refusal('forbidden', 'only the owner of the group may do this');
  return member;
}
