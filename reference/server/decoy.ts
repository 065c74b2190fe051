/** Accounts that do not exist answer like those that do: stable salts, and a verifier nobody knows x of (7.3). */
import { pad, toHex, toInteger, utf8 } from '../bytes.ts';
import { GROUP_BYTES, N, SALT_BYTES } from '../constants.ts';
import type { ServerContext } from './context.ts';
import type { AccountRecord } from './store/records.ts';

/** What a login needs of an account. */
export type LoginRecord = Pick<AccountRecord, 'saltKey' | 'saltAuth' | 'verifier'>;

/** The account with this email, or one made from the email and a secret of the server, the same every time. */
export function accountOrDecoy(server: ServerContext, email: string): LoginRecord {
  const decoy = {
    saltKey: toHex(derive(server, email, 'saltKey', SALT_BYTES)),
    saltAuth: toHex(derive(server, email, 'saltAuth', SALT_BYTES)),
    // Eight bytes more than the modulus, so that the remainder is even.
    verifier: toHex(pad(toInteger(derive(server, email, 'verifier', GROUP_BYTES + 8)) % N, GROUP_BYTES)),
  };
  return server.store.accountByEmail(email) ?? decoy;
}

const derive = (
  { steps, decoySecret }: ServerContext,
  email: string,
  use: string,
  length: number,
): Uint8Array =>
  steps.primitives.hkdfSha256({ salt: decoySecret, ikm: utf8(email), info: utf8(use), length });
