/** Account creation (7.1). */
import type { Context } from 'hono';
import type { SignupRequest } from '../wire.ts';
import { mailConfirmation } from './confirm.ts';
import { timestamp, type ServerContext } from './context.ts';
import { requireMailLeft } from './limits.ts';
import { Refusal } from './refusal.ts';
import { parseBody } from './request.ts';
import { requireNormalized, requirePublicKey, requireVerifier } from './require.ts';
import type { AccountRecord } from './store/records.ts';

/** `POST /auth/signup` */
export async function signup(server: ServerContext, c: Context): Promise<Response> {
  // parse
  const request = (await parseBody(c.req, 'signup-request')) as SignupRequest;
  requireNormalized(server, request.email);
  requireVerifier(request.verifier);
  requirePublicKey(server, request.publicKey);

  // authorise: anybody may sign up, and nobody has one address mailed to without end
  requireMailLeft(server, request.email);

  // act
  const account: AccountRecord = { ...request, isVerified: false, created: timestamp(server) };
  const outcome = server.store.addAccount(account);
  if (outcome !== 'added') throw new Refusal(outcome, 'there is an account with this address or id');
  await mailConfirmation(server, account);

  // respond
  const { id, email, firstName, lastName, isVerified, created } = account;
  return c.json({ id, email, firstName, lastName, isVerified, created });
}
