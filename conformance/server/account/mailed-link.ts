/** Links that must come, and what comes of them (7.2). */
import { Blocked, expectSame, expectThat } from '../../check.ts';
import type { Device, ServerBench } from '../bench/bench.ts';
import type { OwnAccount } from '../bench/own-account.ts';

/** The link that was mailed at the signup. @throws Blocked */
export async function mailedLink(bench: ServerBench, account: OwnAccount): Promise<string> {
  const link = await bench.confirmationLink(account);
  if (link === undefined) throw new Blocked('no mail with a confirmation link came');
  return link;
}

/** Fails unless a link came. */
export function expectMailed(what: string, link: string | undefined, sent: string, email: string): void {
  expectThat(link !== undefined, `no ${what} was mailed`, {
    sent,
    expected: `a mail with a ${what} to ${email}`,
    actual: 'no such mail within some seconds',
  });
}

/** Fails unless whoami says so of the address. */
export async function expectVerified(device: Device, expected: boolean, when: string): Promise<void> {
  const { isVerified } = await device.done('GET', '/auth/whoami');
  expectSame(`isVerified ${when}`, String(expected), String(isVerified));
}
