/** A mail server that keeps what it is given, on a port of this machine. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it came. */
export interface SunkMail {
  /** The recipients of the envelope. */
  readonly to: readonly string[];
  readonly from: string;
  /** Every header, each in one line. */
  readonly headers: readonly string[];
  /** The text, decoded. */
  readonly text: string;
}

/** A mail server that runs. */
export interface SmtpSink {
  readonly url: string;
  readonly port: number;
  /** Oldest first. */
  readonly mails: readonly SunkMail[];
  /** The newest text to an address; empty where there is none. */
  textTo(email: string): string;
  close(): Promise<void>;
}

/**
 * @param port - 0 for any
 * @throws Error of the system where it cannot listen there
 */
export async function startSmtpSink(
  port = 0,
  options: SMTPServerOptions = {},
  host = '127.0.0.1',
): Promise<SmtpSink> {
  const mails: SunkMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, { envelope }, done) {
      void text(stream).then((raw) => {
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push({
          to,
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          ...parsed(raw),
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined); // a client that goes away
  const listening = server.listen(port, host);
  await once(listening, 'listening');
  const bound = (listening.address() as AddressInfo).port;
  return {
    url: `smtp://127.0.0.1:${String(bound)}`,
    port: bound,
    mails,
    textTo: (email) => mails.findLast(({ to }) => to.includes(email))?.text ?? '',
    close: () =>
      new Promise((closed) => {
        server.close(closed);
      }),
  };
}

/** A message of one part, as plain text (RFC 5322, RFC 2045). */
function parsed(raw: string): Pick<SunkMail, 'headers' | 'text'> {
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const body = raw.slice(end + 4);
  const quoted = headers.some((header) => /^content-transfer-encoding: quoted-printable$/i.test(header));
  return { headers, text: (quoted ? unquoted(body) : body).replaceAll('\r\n', '\n') };
}

/** Quoted-printable (RFC 2045, section 6.7) as the text that it stands for. */
function unquoted(body: string): string {
  const hex = (_: string, digits: string): string => String.fromCharCode(Number.parseInt(digits, 16));
  const bytes = body.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, hex);
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
