/** How a server is attached from the command line: at a URL or started here, with its mail and its teams. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ProfileName } from '../../reference/index.ts';
import { TargetGone } from '../check.ts';
import { LIMITS } from '../target/limits.ts';
import { readMail } from '../target/mail-text.ts';
import { startServerProcess } from '../target/server-process.ts';
import type { Mailbox, ServerTarget } from '../target/server-target.ts';
import { startSmtpSink, type SmtpSink } from '../target/smtp-sink.ts';
import { mailboxOver } from '../target/mailbox.ts';
import type { TestOptions } from './session.ts';

export interface AttachOptions extends TestOptions {
  /** Starts the server, in place of a URL. */
  readonly start?: string;
  /** Whether the command that starts the server sets its clock ahead by `CLOCK_AHEAD`. */
  readonly clock?: boolean;
  /** Where the suite listens for mail. */
  readonly mail?: string;
  /** Prints the newest mail to the address that is appended to it. */
  readonly mailCommand?: string;
  /** False where accounts need no confirmation. */
  readonly confirm: boolean;
  /** What the server can do. */
  readonly capabilities?: readonly string[];
  /** The domain of the addresses that sign up. */
  readonly addressDomain?: string;
  /** The server is one that others use. */
  readonly polite?: boolean;
  /** Of a polite run. */
  readonly callsPerSecond?: number;
  /** Permits a polite run to leave what it cannot delete. */
  readonly leaveAccounts?: boolean;
  /** Makes a team of the addresses that are appended to it, and prints its id. */
  readonly teamCommand?: string;
}

/** A server to be judged, until it is closed. */
export interface Attached {
  readonly target: ServerTarget;
  close(): Promise<void>;
}

/** @throws TargetGone where the server or the mail server of the suite cannot be started */
export async function attach(
  url: string | undefined,
  profile: ProfileName,
  options: AttachOptions,
): Promise<Attached> {
  const sink = await sinkOf(options);
  const rest = {
    mailbox: mailboxOf(options, sink),
    capabilities: options.capabilities,
    makeTeam: teamMaker(options),
  };
  const { start: command = '', timeout = LIMITS.timeout.value } = options;
  try {
    if (url !== undefined)
      return { target: { label: url, url, ...rest }, close: async () => await sink?.close() };
    const started = await startServerProcess({ command, profile, smtpUrl: sink?.url, timeout });
    const { restart, whyGone } = started;
    const advance = options.clock === true ? started.advance : undefined;
    const close = async (): Promise<void> => {
      await started.close();
      await sink?.close();
    };
    const { url: publicUrl } = started;
    const reached = { label: command, url: publicUrl, publicUrl, restart, advance, whyGone };
    return { target: { ...reached, ...rest }, close };
  } catch (error) {
    await sink?.close();
    throw error;
  }
}

/** A server that is started here gets a mail server, unless its mail comes otherwise. */
async function sinkOf({ start, mail, mailCommand, confirm }: AttachOptions): Promise<SmtpSink | undefined> {
  if (mail === undefined)
    return start !== undefined && mailCommand === undefined && confirm ? await startSmtpSink() : undefined;
  const { hostname, port } = new URL(mail);
  try {
    return await startSmtpSink(Number(port), {}, hostname.replace(/^\[(.*)\]$/, '$1'));
  } catch (error) {
    throw new TargetGone(`the suite cannot listen for mail at ${mail}: ${(error as Error).message}`);
  }
}

/** How mail will reach the suite, before anything is started. */
export function mailboxKind({ start, mail, mailCommand, confirm }: AttachOptions): Mailbox {
  if (!confirm) return { kind: 'no-confirm' };
  const comes = start !== undefined || mail !== undefined || mailCommand !== undefined;
  return comes ? mailboxOver([]) : { kind: 'none' };
}

function mailboxOf({ mailCommand, confirm, timeout }: AttachOptions, sink: SmtpSink | undefined): Mailbox {
  if (!confirm) return { kind: 'no-confirm' };
  if (mailCommand !== undefined)
    return { kind: 'mail', mailsTo: (email) => mailBy(mailCommand, email, timeout) };
  if (sink === undefined) return { kind: 'none' };
  return mailboxOver(sink.mails);
}

/** An exit status of 1 says that there is none, as grep does. */
async function mailBy(command: string, email: string, timeout?: number): Promise<readonly string[]> {
  const printed = await output('mail', command, [email], timeout);
  return printed === '' ? [] : [(await readMail(printed)).text];
}

function teamMaker({ teamCommand, timeout }: AttachOptions): ServerTarget['makeTeam'] {
  if (teamCommand === undefined) return undefined;
  return async (emails) => {
    const id = (await output('team', teamCommand, emails, timeout)).trim();
    if (id === '') throw new TargetGone('the team command printed no id of a team');
    return id;
  };
}

/** What a command prints; the arguments go in as such, never into its text. */
async function output(
  kind: string,
  command: string,
  args: readonly string[],
  timeout: number = LIMITS.timeout.value,
): Promise<string> {
  const words = ['-c', `${command} "$@"`, `${kind}-command`, ...args];
  try {
    const { stdout } = await promisify(execFile)('sh', words, { timeout });
    return stdout;
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 1) return '';
    throw new TargetGone(`the ${kind} command failed with ${String(code)}: ${stderr.trim()}`);
  }
}
