/** `e2ee-sync test server URL [options]` */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TargetGone } from '../check.ts';
import { judgeServer } from '../judge.ts';
import type { Mailbox } from '../target/server-target.ts';
import type { ExitStatus } from '../verdict.ts';
import { PROFILES } from './options.ts';
import { shellWord } from './shell.ts';
import { runSuite, type TestOptions } from './session.ts';

export interface ServerTestOptions extends TestOptions {
  /** Prints the newest mail to the address that is appended to it. */
  readonly mailCommand?: string;
  /** False where accounts need no confirmation. */
  readonly confirm: boolean;
}

export async function testServer(url: string, options: ServerTestOptions): Promise<ExitStatus> {
  const mailbox = mailboxOf(options);
  const asked = options.mailCommand === undefined ? '' : ` --mail-command ${shellWord(options.mailCommand)}`;
  return await runSuite(
    {
      target: { kind: 'server', name: url, url },
      profiles: options.profile === undefined ? PROFILES.slice(0, 1) : [options.profile],
      command: [`e2ee-sync test server ${url}`, `${asked}${options.confirm ? '' : ' --no-confirm'}`],
      judge: (judgeOptions) => judgeServer({ label: url, url, mailbox }, judgeOptions),
    },
    options,
  );
}

function mailboxOf({ mailCommand, confirm }: ServerTestOptions): Mailbox {
  if (!confirm) return { kind: 'no-confirm' };
  if (mailCommand === undefined) return { kind: 'none' };
  return { kind: 'mail', newest: (email) => runMailCommand(mailCommand, email) };
}

/** The address goes in as the last argument, never into the text of the command. */
async function runMailCommand(command: string, email: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('sh', ['-c', `${command} "$1"`, 'mail-command', email], {
      timeout: 10_000,
    });
    return stdout.trim() === '' ? undefined : stdout;
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 1) return undefined; // as grep says that it found nothing
    throw new TargetGone(`the mail command failed with ${String(code)}: ${stderr.trim()}`);
  }
}
