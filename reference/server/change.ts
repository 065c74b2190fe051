/** Change of passphrase, address and names (7.6, 7.7). */
import type { Context } from 'hono';
import { equal, fromHex } from '../bytes.ts';
import type { ChangePasswordRequest } from '../wire.ts';
import { requireCode } from './code.ts';
import { mailConfirmation, tryToMail } from './confirm.ts';
import type { ServerContext } from './context.ts';
import { attempt, changeOf, requireMailLeft } from './limits.ts';
import { Refusal } from './refusal.ts';
import { authorise, parseBody } from './request.ts';
import { requireNormalized, requireVerifier } from './require.ts';
import type { AccountRecord } from './store/records.ts';

/** `POST /auth/change-password` */
export async function changePassword(server: ServerContext, c: Context): Promise<Response> {
  // parse
  const request = (await parseBody(c.req, 'change-password-request')) as ChangePasswordRequest;
  requireMembersOfProfile(server, request);
  requireNormalized(server, request.newEmail, '/newEmail');
  requireVerifier(request.newVerifier, '/newVerifier');

  // authorise: by the session, and by the old passphrase or a mailed code
  const { account, sessionHash } = authorise(c.req, server);
  attempt(server, c, changeOf(account), () => {
    requireProof(server, account, request);
  });
  if (request.newEmail !== account.email) requireMailLeft(server, request.newEmail);

  // act
  const changed = changedBy(request, account);
  const { store } = server;
  store.transaction(() => {
    if (request.encSymmetricKey !== account.encSymmetricKey)
      throw new Refusal('stale', 'the account was changed in between: log in again', '/encSymmetricKey');
    if ((store.accountByEmail(changed.email)?.id ?? account.id) !== account.id)
      throw new Refusal('email-taken', 'there is an account with this address', '/newEmail');
    store.replaceAccount(changed);
    store.dropSessions(account.id, sessionHash);
    store.dropStarters(account.email);
    store.dropCode(account.id);
  });
  if (changed.email !== account.email) await mailMove(server, account, changed);

  // respond
  return c.json({});
}

/** What the profile asks for and what it does not have. @throws Refusal `malformed` */
function requireMembersOfProfile({ steps }: ServerContext, request: ChangePasswordRequest): void {
  const { saltsOnChange, mailedCodes } = steps.profile;
  if (request.code !== undefined && !mailedCodes)
    throw new Refusal('malformed', '/code is not expected here', '/code');
  if (request.newSaltKey === undefined && saltsOnChange === 'fresh')
    throw new Refusal('malformed', '/newSaltKey is missing', '/newSaltKey');
  if (request.newSaltKey !== undefined && saltsOnChange === 'kept')
    throw new Refusal('malformed', '/newSaltKey is not expected here: the salts are kept', '/newSaltKey');
}

/** The old verifier; or a mailed code, which does not move an account away (CODE-06). @throws Refusal */
function requireProof(
  server: ServerContext,
  account: AccountRecord,
  { verifier = '', code, newEmail }: ChangePasswordRequest,
): void {
  if (code !== undefined) {
    requireCode(server, account, code);
    if (newEmail !== account.email)
      throw new Refusal('forbidden', 'a mailed code does not permit a change of address', '/newEmail');
  } else if (!equal(fromHex(verifier, 'verifier'), fromHex(account.verifier, 'verifier')))
    throw new Refusal('wrong-proof', 'the old passphrase is wrong', '/verifier');
}

/** The account after the change; a new address is not confirmed yet. */
const changedBy = (request: ChangePasswordRequest, account: AccountRecord): AccountRecord => ({
  ...account,
  email: request.newEmail,
  isVerified: account.isVerified && request.newEmail === account.email,
  firstName: request.newFirstName ?? account.firstName,
  lastName: request.newLastName ?? account.lastName,
  saltKey: request.newSaltKey ?? account.saltKey,
  saltAuth: request.newSaltAuth ?? account.saltAuth,
  saltEnc: request.newSaltEnc ?? account.saltEnc,
  verifier: request.newVerifier,
  encSymmetricKey: request.newEncSymmetricKey,
});

/** The old address is told, the new one is asked. */
async function mailMove(server: ServerContext, before: AccountRecord, after: AccountRecord): Promise<void> {
  await tryToMail(server, {
    to: before.email,
    subject: 'Your account has another address now',
    text: 'The address of your account was changed, and this one does not belong to it any more.\n',
  });
  await mailConfirmation(server, after);
}
