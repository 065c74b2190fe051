/** `e2ee-sync serve`: the reference server on a port, until it is told to stop. */
import { isIP } from 'node:net';
import {
  createMemoryStore,
  createServer,
  listen,
  printingMailer,
  smtpMailer,
  type Answered,
  type Mailer,
  type ProfileName,
  type Store,
} from '../../reference/index.ts';
import { createSqliteStore, StoreError } from '../../reference/sqlite.ts';
import { EXIT, type ExitStatus } from '../verdict.ts';
import { toldToStop } from './stop.ts';

export interface ServeOptions {
  readonly port: number;
  readonly profile: ProfileName;
  readonly publicUrl?: string;
  /** The file that state is kept in. */
  readonly data?: string;
  /** The mail server; without one, mail is printed. */
  readonly smtp?: string;
  readonly mailFrom?: string;
  /** Seconds by which its clock is ahead. */
  readonly clockAhead?: number;
  /** Whether every answer is printed. */
  readonly log?: true;
}

/** How long requests that are under way are waited for, in milliseconds. */
const PATIENCE = 10_000;

const say = (text: string): void => void process.stdout.write(text);

export async function serve(options: ServeOptions): Promise<ExitStatus> {
  try {
    const store = options.data === undefined ? createMemoryStore() : createSqliteStore(options.data);
    await serveFrom(store, options);
    return EXIT.conformant;
  } catch (error) {
    const message = error instanceof StoreError ? error.message : whyNoPort(error, options.port);
    if (message === undefined) throw error;
    process.stderr.write(`error: ${message}\n`);
    return EXIT.usage;
  }
}

/** What the user can do about a port that cannot be listened on; undefined for any other error. */
function whyNoPort(error: unknown, port: number): string | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== 'listen') return undefined;
  const instead = 'name another with --port, or 0 for any free one';
  if (code === 'EADDRINUSE') return `port ${port} is in use: end what listens there, or ${instead}`;
  if (code === 'EACCES') return `port ${port} is not open to this user: ${instead}`;
  return undefined;
}

async function serveFrom(store: Store, options: ServeOptions): Promise<void> {
  const { port, profile, log, data = 'memory', clockAhead = 0 } = options;
  const onError = (error: Error): void => void process.stderr.write(`${error.stack ?? error.message}\n`);
  const { url, close } = await listen((request, caller) => server.fetch(request, caller), port).catch(
    (error: unknown) => {
      store.close();
      throw error;
    },
  );
  const publicUrl = options.publicUrl ?? url;
  const mailer = mailerOf(options, publicUrl);
  const onAnswer =
    log &&
    ((answered: Answered) => {
      say(lineOf(answered));
    });
  const now = (): number => Date.now() + 1000 * clockAhead;
  const server = createServer({ profile, publicUrl, mailer, onError, store, onAnswer, now });
  const mail = options.smtp === undefined ? 'printed here' : 'sent';
  const stop = toldToStop();
  say(
    `Reference server, profile ${profile}, listening at ${url}; state is kept in ${data} and mail is ${mail}.\n`,
  );
  await stop;
  await close(PATIENCE);
  store.close();
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
