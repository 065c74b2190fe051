/** A mail server that keeps what it is given, on a port of this machine. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { arrayBuffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { readMail, type ReadMail } from './mail-text.ts';

/** A mail as it came. */
export interface SunkMail extends ReadMail {
  /** The recipients of the envelope. */
  readonly to: readonly string[];
  readonly from: string;
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

/** How a host that is listened at is written in a URL; one that stands for every address of this machine is reached at its own. */
function reachable(host: string): string {
  const own = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return own.includes(':') ? `[${own}]` : own;
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
    disableReverseLookup: true, // where no name server answers it would take a second and a half
    onData(stream, { envelope }, done) {
      const keep = async (): Promise<void> => {
        const to = envelope.rcptTo.map(({ address }) => address);
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        mails.push({ to, from, ...(await readMail(new Uint8Array(await arrayBuffer(stream)))) });
      };
      void keep().then(() => {
        done();
      }, done);
    },
    ...options,
  });
  server.on('error', () => undefined); // a client that goes away
  const listening = server.listen(port, host);
  await once(listening, 'listening');
  const bound = (listening.address() as AddressInfo).port;
  return {
    url: `smtp://${reachable(host)}:${String(bound)}`,
    port: bound,
    mails,
    textTo: (email) => mails.findLast(({ to }) => to.includes(email))?.text ?? '',
    close: () =>
      new Promise((closed) => {
        server.close(closed);
      }),
  };
}
