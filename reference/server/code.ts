/** Mailed codes, in place of an old passphrase (7.8); only in `deployed`. */
import type { Context } from 'hono';
import { equal, toHex, utf8 } from '../bytes.ts';
import type { ServerContext } from './context.ts';
import { requireMailLeft } from './limits.ts';
import { Refusal } from './refusal.ts';
import { authorise, hashOf, parseOptionalBody } from './request.ts';
import type { AccountRecord } from './store/records.ts';

const CODE_BYTES = 8;
const WRONG_CODES = 5;

/** `POST /auth/send-password-code` */
export async function sendPasswordCode(server: ServerContext, c: Context): Promise<Response> {
  // parse
  await parseOptionalBody(c.req, 'send-password-code-request');

  // authorise
  const { account } = authorise(c.req, server);
  requireMailLeft(server, account.email);

  // act; the mail is all that the call is for, so it fails where the mail cannot be sent
  const code = toHex(server.random(CODE_BYTES));
  const expires = server.now() + server.lifetimes.code;
  server.store.addCode(account.id, { hash: hashOf(server, code), wrong: 0, expires });
  server.counters.mail.count(account.email);
  await server.mailer({
    to: account.email,
    subject: 'Your code for a new passphrase',
    text: `Enter this code where you set the new passphrase:\n\n${code}\n`,
  });

  // respond
  return c.json({});
}

/**
 * The code that was mailed last to this account. It stays usable: whoever accepts the change drops it.
 *
 * @throws Refusal `wrong-code`, also after five wrong codes
 */
export function requireCode(server: ServerContext, { id }: AccountRecord, code: string): void {
  const mailed = server.store.code(id);
  const hash = hashOf(server, code);
  const live = mailed !== undefined && mailed.wrong < WRONG_CODES && mailed.expires > server.now();
  if (live && equal(utf8(mailed.hash), utf8(hash))) return;
  server.store.countWrongCode(id);
  throw new Refusal('wrong-code', 'the code is wrong, used or expired', '/code');
}
