/** Mail by SMTP (7.2, 7.8). What speaks SMTP is loaded with the first mail: who prints mail needs none of it. */
import type { Transporter } from 'nodemailer';
import type { Mailer } from './mailer.ts';

/** Who the mail is from, and how long it may take. */
export interface SmtpOptions {
  /** The address in `From`, and of the envelope. */
  readonly from: string;
  /** Milliseconds that one mail may take; 20 000 by default. A client waits 60 000 for its answer (HTTP-20). */
  readonly timeout?: number | undefined;
}

const TIMEOUT = 20_000;

/**
 * Hands every mail to a mail server, over a connection of its own.
 *
 * @param url - `smtp://host:port`, which changes to TLS where the server offers it, or `smtps://host:port`, which
 *   begins with it; a user name and password may stand in it, and options of nodemailer in its query
 * @throws TypeError where it is no such URL. Mailing rejects with an error that names the code of nodemailer and the
 *   status of the mail server, and holds nothing of the mail, of the URL, or of what the mail server said.
 *
 * @example
 * const mailer = smtpMailer('smtp://127.0.0.1:2525', { from: 'no-reply@sync.example' });
 */
export function smtpMailer(url: string, { from, timeout = TIMEOUT }: SmtpOptions): Mailer {
  if (!isSmtpUrl(url)) throw new TypeError('a mail server is named by smtp://host:port or smtps://host:port');
  let transporter: Transporter | undefined;
  return async ({ to, subject, text }) => {
    transporter ??= await openTransporter(url, timeout);
    // As objects, so that an address with a comma in it is not read as two.
    const addresses = { from: { name: '', address: from }, to: { name: '', address: to } };
    try {
      await inTime(transporter.sendMail({ ...addresses, subject, text }), timeout);
    } catch (error) {
      throw new Error(`a mail could not be sent: ${reasonOf(error)}`);
    }
  };
}

/** Whether this is the URL of a mail server. */
export function isSmtpUrl(text: string): boolean {
  const { protocol = '', hostname = '' } = URL.canParse(text) ? new URL(text) : {};
  return /^smtps?:$/.test(protocol) && hostname !== '';
}

async function openTransporter(url: string, timeout: number): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  const timeouts = { connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout };
  return createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true });
}

/** Each step has its time, and so have all of them together. */
async function inTime(sending: Promise<unknown>, timeout: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      fail(Object.assign(new Error('too late'), { code: 'ETIMEDOUT' }));
    }, timeout);
  });
  try {
    await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** `EENVELOPE 550`: a mail server may repeat the mail, and the link in it, in what it says. */
function reasonOf(error: unknown): string {
  const { code = 'unknown reason', responseCode } = error as { code?: string; responseCode?: number };
  return responseCode === undefined ? code : `${code} ${responseCode}`;
}
