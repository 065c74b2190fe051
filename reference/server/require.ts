/** What a schema cannot say of a member, and who a caller names. Each hands back what was accepted, or throws. */
import { toInteger } from '../bytes.ts';
import { N } from '../constants.ts';
import { ProtocolError } from '../errors.ts';
import { parseJson } from '../profile.ts';
import { readGroupElement } from '../srp.ts';
import type { ServerContext } from './context.ts';
import { Refusal, type RefusalCode } from './refusal.ts';
import type { AccountRecord } from './store/records.ts';

/** The client has normalised the address (4.1). @throws Refusal `not-normalized` */
export function requireNormalized({ steps }: ServerContext, email: string, field = '/email'): void {
  if (!email.isWellFormed() || steps.email(email) !== email)
    throw new Refusal('not-normalized', `${field} must be trimmed and lower-cased by the client`, field);
}

/** @throws Refusal `not-normalized` for the first that is not */
export function requireAllNormalized(server: ServerContext, emails: readonly string[] = []): void {
  for (const [i, email] of emails.entries()) requireNormalized(server, email, `/emails/${i}`);
}

/** A verifier of 0, 1 or N - 1 would let anybody log in (5.2). @throws Refusal `group-element` */
export function requireVerifier(hex: string, field = '/verifier'): void {
  const v = refusing('group-element', field, () => toInteger(readGroupElement(hex, 'SRP_Verifier')));
  if (v === 1n || v === N - 1n)
    throw new Refusal('group-element', `${field} stands for no passphrase`, field);
}

/** A public key, and nothing of a private one (6.6). @throws Refusal `malformed` */
export function requirePublicKey({ steps }: ServerContext, jwk: string): void {
  refusing('malformed', '/publicKey', () => steps.accept.publicKey(parseJson(jwk)));
}

/**
 * The accounts with these addresses. One that its account has not confirmed counts as one without an account:
 * otherwise whoever signs up with somebody else's address would be given that person's keys (8.2).
 *
 * @throws Refusal `unknown-account`
 */
export function requireConfirmed({ store }: ServerContext, emails: readonly string[]): AccountRecord[] {
  return emails.map((email, i) => {
    const account = store.accountByEmail(email);
    if (account?.isVerified !== true)
      throw new Refusal('unknown-account', `${email} has no confirmed account`, `/emails/${i}`);
    return account;
  });
}

function refusing<T>(code: RefusalCode, field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProtocolError) throw new Refusal(code, `${field}: ${error.message}`, field);
    throw error;
  }
}
