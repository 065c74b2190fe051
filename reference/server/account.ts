/** What a logged-in account asks about itself, and how it ends (7.4, 7.5, 7.9, 7.10). */
import type { Context } from 'hono';
import type { WhoamiResponse } from '../wire.ts';
import type { ServerContext } from './context.ts';
import { authorise, parseOptionalBody } from './request.ts';
import type { AccountRecord } from './store/records.ts';
import type { Store } from './store/store.ts';

/** `GET /auth/whoami` */
export function whoami(server: ServerContext, c: Context): Response {
  // parse: there is nothing to read

  // authorise
  const { account } = authorise(c.req, server);

  // act: nothing changes

  // respond
  const { id, email, firstName, lastName, isVerified, created } = account;
  const { publicKey, encPrivateKey, encSymmetricKey, saltEnc } = account;
  const names = { accountId: id, email, firstName, lastName };
  const keys = { publicKey, encPrivateKey, encSymmetricKey, saltEnc };
  return c.json({ ...names, ...keys, isVerified, created } satisfies WhoamiResponse);
}

/** `POST /auth/logout` */
export async function logout(server: ServerContext, c: Context): Promise<Response> {
  // parse
  await parseOptionalBody(c.req);

  // authorise
  const { sessionHash } = authorise(c.req, server);

  // act
  server.store.dropSession(sessionHash);

  // respond
  return c.json({});
}

/** `POST /auth/reset`: empties the account and keeps it. */
export async function reset(server: ServerContext, c: Context): Promise<Response> {
  // parse
  await parseOptionalBody(c.req);

  // authorise
  const { account } = authorise(c.req, server);

  // act
  server.store.transaction(() => {
    empty(server.store, account);
  });

  // respond
  return c.json({});
}

/** `DELETE /auth/delete-account` */
export async function deleteAccount(server: ServerContext, c: Context): Promise<Response> {
  // parse
  await parseOptionalBody(c.req);

  // authorise
  const { account } = authorise(c.req, server);

  // act
  const { store } = server;
  store.transaction(() => {
    empty(store, account);
    store.leaveTeams(account.id);
    store.dropSessions(account.id);
    store.dropStarters(account.email);
    store.dropCode(account.id);
    store.dropConfirmations(account.id);
    store.dropAccount(account.id);
  });

  // respond
  return c.json({});
}

/** The groups that the account owns go with everything in them; of the groups of others only its link goes. */
function empty(store: Store, { id }: AccountRecord): void {
  for (const { resourceGroupId } of store.linksOfAccount(id))
    if (store.group(resourceGroupId)?.ownerAccountId === id) store.dropGroup(resourceGroupId);
    else store.dropLink(resourceGroupId, id);
}
