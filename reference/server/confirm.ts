/** Confirmation of an address (7.2). */
import type { Context } from 'hono';
import { toHex } from '../bytes.ts';
import { KEY_BYTES } from '../constants.ts';
import type { ServerContext } from './context.ts';
import { attempt, requireMailLeft } from './limits.ts';
import type { Mail } from './mailer.ts';
import { Refusal } from './refusal.ts';
import { authorise, hashOf, parseOptionalBody } from './request.ts';
import type { AccountRecord } from './store/records.ts';

/** `GET /auth/confirm?code=…`, the link in the mail */
export function confirm(server: ServerContext, c: Context): Response {
  // parse; a HEAD request is somebody's preview, not a person who opens the link
  if (c.req.method === 'HEAD') return c.body(null);
  const [code = '', ...others] = c.req.queries('code') ?? [];
  const hash = hashOf(server, others.length === 0 ? code : '');

  // authorise: whoever has the link has read the mail
  const account = attempt(server, c, undefined, () => requireConfirmation(server, hash));

  // act
  server.store.setVerified(account.id);

  // respond
  return c.json({});
}

/** The account whose address a live link confirms; the link is used up. @throws Refusal `not-found` */
function requireConfirmation({ store, now }: ServerContext, hash: string): AccountRecord {
  const confirmation = store.takeConfirmation(hash);
  const account = store.accountById(confirmation?.accountId ?? '');
  if (confirmation === undefined || confirmation.expires <= now())
    throw new Refusal('not-found', 'this link was used, has expired, or never was');
  if (account?.email !== confirmation.email)
    throw new Refusal('not-found', 'this link was mailed to another address than the account has now');
  return account;
}

/** `POST /auth/verify`: sends the confirmation mail again. */
export async function verify(server: ServerContext, c: Context): Promise<Response> {
  // parse
  await parseOptionalBody(c.req);

  // authorise
  const { account } = authorise(c.req, server);

  // act
  if (!account.isVerified) {
    requireMailLeft(server, account.email);
    await mailConfirmation(server, account);
  }

  // respond
  return c.json({});
}

/**
 * Mails a link that confirms the address, once. A mail that cannot be sent fails nothing: the account is there,
 * and a login before confirmation mails another link.
 */
export async function mailConfirmation(server: ServerContext, { id, email }: AccountRecord): Promise<void> {
  const code = toHex(server.random(KEY_BYTES));
  const expires = server.now() + server.lifetimes.confirmation;
  server.store.addConfirmation(hashOf(server, code), { accountId: id, email, expires });
  server.counters.mail.count(email);
  const link = `${server.publicUrl.replace(/\/$/, '')}/auth/confirm?code=${code}`;
  await tryToMail(server, {
    to: email,
    subject: 'Confirm your email address',
    text: `Open this link to confirm your address:\n\n${link}\n`,
  });
}

/** Sends a mail that can be sent again, or done without. */
export async function tryToMail(server: ServerContext, mail: Mail): Promise<void> {
  try {
    await server.mailer(mail);
  } catch (error) {
    server.onError(error as Error);
  }
}
