/** A mailbox over mails that are kept as they come. */
import type { Confirming } from './server-target.ts';

interface KeptMail {
  readonly to: string | readonly string[];
  readonly text: string;
}

/** @param mails - oldest first; may grow */
export const mailboxOver = (mails: readonly KeptMail[]): Confirming => ({
  kind: 'mail',
  mailsTo: (email) =>
    Promise.resolve(
      mails
        .filter(({ to }) => [to].flat().includes(email))
        .map(({ text }) => text)
        .toReversed(),
    ),
  arrived: () => mails.length,
});
