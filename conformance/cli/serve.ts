/** `e2ee-sync serve`: the reference server on a port, until it is told to stop. */
import { isIP } from 'node:net';
import {
  createServer,
  listen,
  printingMailer,
  smtpMailer,
  type Answered,
  type Mailer,
  type ProfileName,
} from '../../reference/index.ts';
import { EXIT, type ExitStatus } from '../verdict.ts';

export interface ServeOptions {
  readonly port: number;
  readonly profile: ProfileName;
  readonly publicUrl?: string;
  /** The mail server; without one, mail is printed. */
  readonly smtp?: string;
  readonly mailFrom?: string;
  /** Whether every answer is printed. */
  readonly log?: true;
}

const say = (text: string): void => void process.stdout.write(text);

export async function serve(options: ServeOptions): Promise<ExitStatus> {
  const { port, profile, log } = options;
  const onError = (error: Error): void => void process.stderr.write(`${error.stack ?? error.message}\n`);
  const { url, close } = await listen((request, caller) => server.fetch(request, caller), port);
  const publicUrl = options.publicUrl ?? url;
  const mailer = mailerOf(options, publicUrl);
  const server = createServer({
    profile,
    publicUrl,
    mailer,
    onError,
    onAnswer: log && ((answered) => say(lineOf(answered))),
  });
  const mail = options.smtp === undefined ? 'printed here' : 'sent';
  say(
    `Reference server, profile ${profile}, listening at ${url}; state is kept in memory and mail is ${mail}.\n`,
  );
  await new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'])
      process.once(signal, () => {
        stop();
      });
  });
  await close();
  return EXIT.conformant;
}

function mailerOf({ smtp, mailFrom }: ServeOptions, publicUrl: string): Mailer {
  if (smtp === undefined) return printingMailer(say);
  return smtpMailer(smtp, { from: mailFrom ?? `no-reply@${domainOf(publicUrl)}` });
}

/** The host of a URL, as the part of an address after the @. */
function domainOf(url: string): string {
  const { hostname } = new URL(url);
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? hostname : 'localhost';
}

/** `2026-01-31T12:00:00.000Z POST /auth/login-a 200 4 ms` */
const lineOf = ({ method, path = '(no such call)', status, milliseconds }: Answered): string =>
  `${new Date().toISOString()} ${method} ${path} ${status} ${Math.round(milliseconds)} ms\n`;
