/** Account creation and confirmation (7.1, 7.2). */
import type { Context } from 'hono';
import { toHex, toInteger } from '../bytes.ts';
import { KEY_BYTES, N } from '../constants.ts';
import { ProtocolError } from '../errors.ts';
import { parseJson } from '../profile.ts';
import { readGroupElement } from '../srp.ts';
import type { SignupRequest } from '../wire.ts';
import type { ServerContext } from './context.ts';
import { Refusal, type RefusalCode } from './refusal.ts';
import { hashOf, parseBody, requireNormalized } from './request.ts';
import type { AccountRecord } from './store.ts';

/** `POST /auth/signup` */
export async function signup(server: ServerContext, c: Context): Promise<Response> {
  // parse
  const request = (await parseBody(c.req, 'signup-request')) as SignupRequest;
  requireNormalized(server, request.email);
  requireVerifier(request.verifier);
  requirePublicKey(server, request.publicKey);

  // authorise: anybody may sign up

  // act
  const account: AccountRecord = {
    ...request,
    isVerified: false,
    created: new Date(server.now()).toISOString(),
  };
  const outcome = server.store.addAccount(account);
  if (outcome !== 'added') throw new Refusal(outcome, 'there is an account with this address or id');
  await mailConfirmation(server, account);

  // respond
  const { id, email, firstName, lastName, isVerified, created } = account;
  return c.json({ id, email, firstName, lastName, isVerified, created });
}

/** `GET /auth/confirm?code=…`, the link in the mail */
export function confirm(server: ServerContext, c: Context): Response {
  // parse; a HEAD request is somebody's preview, not a person who opens the link
  if (c.req.method === 'HEAD') return c.body(null);
  const hash = hashOf(server, c.req.query('code') ?? '');

  // authorise: whoever has the link has read the mail
  const confirmation = server.store.takeConfirmation(hash);
  if (confirmation === undefined || confirmation.expires <= server.now())
    throw new Refusal('not-found', 'this link was used, has expired, or never was');

  // act
  server.store.setVerified(confirmation.accountId);

  // respond
  return c.json({});
}

/**
 * Mails a link that confirms the address, once. A mail that cannot be sent fails nothing: the account is there,
 * and a login before confirmation mails another link.
 */
export async function mailConfirmation(server: ServerContext, account: AccountRecord): Promise<void> {
  const code = toHex(server.random(KEY_BYTES));
  const expires = server.now() + server.lifetimes.confirmation;
  server.store.addConfirmation(hashOf(server, code), { accountId: account.id, expires });
  const link = `${server.publicUrl.replace(/\/$/, '')}/auth/confirm?code=${code}`;
  try {
    await server.mailer({
      to: account.email,
      subject: 'Confirm your email address',
      text: `Open this link to confirm your address:\n\n${link}\n`,
    });
  } catch (error) {
    server.onError(error as Error);
  }
}

/** A verifier of 0, 1 or N - 1 would let anybody log in (5.2). */
function requireVerifier(hex: string): void {
  const v = refusing('group-element', '/verifier', () => toInteger(readGroupElement(hex, 'SRP_Verifier')));
  if (v === 1n || v === N - 1n)
    throw new Refusal('group-element', '/verifier stands for no passphrase', '/verifier');
}

function requirePublicKey({ steps }: ServerContext, jwk: string): void {
  refusing('malformed', '/publicKey', () => steps.accept.publicKey(parseJson(jwk)));
}

function refusing<T>(code: RefusalCode, field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProtocolError) throw new Refusal(code, `${field}: ${error.message}`, field);
    throw error;
  }
}
