/** What an account must be at a server: what its owner is told of it (7.3, 7.4). */
import { expectSame, expectThat } from '../../check.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { isSuccess, statusAndBody, type Device, type ServerBench } from '../bench/bench.ts';
import type { OwnAccount } from '../bench/own-account.ts';
import { expectRefusal } from './refusal.ts';

/** What whoami repeats of what the account sent. */
const TOLD = [
  'email',
  'firstName',
  'lastName',
  'publicKey',
  'encPrivateKey',
  'encSymmetricKey',
  'saltEnc',
] as const;

/** Fails unless the answer of whoami repeats what the account sent, byte for byte. */
function expectTold(body: OwnAccount['body'], told: Readonly<Record<string, unknown>>, when: string): void {
  expectSame(`accountId ${when}`, body.id, textOf(told, 'accountId'));
  for (const name of TOLD) expectSame(`${name} ${when}`, body[name], textOf(told, name));
}

/**
 * Asks for everything that a server tells of an account, and fails unless it is this account byte for byte.
 *
 * @param when - for the report: `after a change`
 */
export async function expectAccount(
  { send }: ServerBench,
  { sessionId }: Pick<Device, 'sessionId'>,
  { body }: OwnAccount,
  when: string,
): Promise<void> {
  const whoami = await send('GET', '/auth/whoami', { sessionId });
  expectThat(isSuccess(whoami), `the session does not work ${when}`, {
    expected: 'the answer of whoami',
    actual: statusAndBody(whoami),
  });
  const told = jsonOf(whoami.responseBody);
  expectTold(body, told, when);
  const salts = await send('POST', '/auth/login-s', { body: { email: body.email } });
  for (const name of ['saltKey', 'saltAuth'] as const)
    expectSame(`${name} ${when}`, body[name], textOf(jsonOf(salts.responseBody), name));
}

/** Fails unless a session is over, or never was. */
export async function expectDead({ send }: ServerBench, sessionId: string, what: string): Promise<void> {
  expectRefusal(what, await send('GET', '/auth/whoami', { sessionId }), [401], 'no-session');
}
