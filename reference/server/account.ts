/** What a logged-in account asks about itself (7.4, 7.5). */
import type { Context } from 'hono';
import type { WhoamiResponse } from '../wire.ts';
import type { ServerContext } from './context.ts';
import { authorise, parseEmptyBody } from './request.ts';
import { mailConfirmation } from './signup.ts';

/** `GET /auth/whoami` */
export function whoami(server: ServerContext, c: Context): Response {
  const { account } = authorise(c.req, server);
  const {
    id,
    email,
    firstName,
    lastName,
    publicKey,
    encPrivateKey,
    encSymmetricKey,
    saltEnc,
    isVerified,
    created,
  } = account;
  const names = { accountId: id, email, firstName, lastName };
  return c.json({
    ...names,
    publicKey,
    encPrivateKey,
    encSymmetricKey,
    saltEnc,
    isVerified,
    created,
  } satisfies WhoamiResponse);
}

/** `POST /auth/logout` */
export async function logout(server: ServerContext, c: Context): Promise<Response> {
  await parseEmptyBody(c.req);
  const { sessionHash } = authorise(c.req, server);
  server.store.dropSession(sessionHash);
  return c.json({});
}

/** `POST /auth/verify`: sends the confirmation mail again. */
export async function verify(server: ServerContext, c: Context): Promise<Response> {
  await parseEmptyBody(c.req);
  const { account } = authorise(c.req, server);
  if (!account.isVerified) await mailConfirmation(server, account);
  return c.json({});
}
