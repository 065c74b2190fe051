/** Mailed codes in place of an old passphrase, as the user reads them (7.8). */
import type { ChangePasswordRequest } from '../../reference/index.ts';
import { Blocked } from '../check.ts';
import type { Device, ServerBench } from './bench.ts';

/** Mail takes its time. */
const PAUSES = [0, 50, 200, 1000, 3000];

/** The one word that stands alone on a line, and is no link; undefined where there is none, or several. */
function codeIn(text: string): string | undefined {
  const alone = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^[^\s:]{6,200}$/.test(line));
  return alone.length === 1 ? alone[0] : undefined;
}

/** Asks for a code and reads it from the mail. @throws Blocked where none comes, or none can be found in it */
export async function mailedCode({ target: { mailbox } }: ServerBench, device: Device): Promise<string> {
  if (mailbox.kind !== 'mail') throw new Blocked('mail does not reach the suite');
  const { email } = device.account.body;
  const before = await mailbox.newest(email);
  await device.done('POST', '/auth/send-password-code');
  for (const pause of PAUSES) {
    await new Promise((done) => setTimeout(done, pause));
    const text = await mailbox.newest(email);
    const code = text === undefined || text === before ? undefined : codeIn(text);
    if (code !== undefined) return code;
  }
  throw new Blocked(`no new mail to ${email} has a code alone on a line`);
}

/** The same change, permitted by a code. */
export const withCode = (body: ChangePasswordRequest, code: string): object => ({
  ...{ ...body, verifier: undefined },
  code,
});

/** The same code with another last character. */
export const wrongCode = (code: string): string => code.slice(0, -1) + (code.endsWith('1') ? '2' : '1');
