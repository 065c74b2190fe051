/** Mailed codes in place of an old passphrase, as the user reads them (7.8). */
import type { ChangePasswordRequest } from '../../../reference/index.ts';
import { Blocked } from '../../check.ts';
import type { Device, ServerBench } from '../bench/bench.ts';
import { pauses } from '../bench/mail.ts';

/** Words that stand alone on a line, and are no links. */
const wordsIn = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^[^\s:]{6,200}$/.test(line));

/**
 * The word of the new mails that can be their code: the only one; or of several, such as a greeting, the only one with a
 * digit, or else the only one that the mails before did not have. Undefined where none is.
 */
export function codeIn(text: string, before = ''): string | undefined {
  const [words, known] = [wordsIn(text), wordsIn(before)];
  const choices = [
    words,
    words.filter((word) => /\d/.test(word)),
    words.filter((word) => !known.includes(word)),
  ];
  return choices.find(({ length }) => length === 1)?.[0];
}

/** @internal The mails that have come since: one with the words of an earlier one is another one. */
export function moreThan(before: readonly string[], now: readonly string[]): readonly string[] {
  const known = [...before];
  return now.filter((text) => {
    const at = known.indexOf(text);
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  });
}

/** Asks for a code and reads it from the mail. @throws Blocked where none comes, or none can be found in it */
export async function mailedCode({ target: { mailbox } }: ServerBench, device: Device): Promise<string> {
  if (mailbox.kind !== 'mail') throw new Blocked('mail does not reach the suite');
  const { email } = device.account.body;
  const before = await mailbox.mailsTo(email);
  await device.done('POST', '/auth/send-password-code');
  for (const pause of pauses(mailbox)) {
    await new Promise((done) => setTimeout(done, pause));
    const come = moreThan(before, await mailbox.mailsTo(email));
    const code = codeIn(come.join('\n'), before.join('\n'));
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
