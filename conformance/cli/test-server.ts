/** `e2ee-sync test server [URL] [options]` */
import type { ProfileName } from '../../reference/index.ts';
import { NOBODYS_DOMAIN } from '../inputs.ts';
import { judgeServer, type JudgeOptions } from '../judge.ts';
import { capabilitiesOf, faultInCapabilities } from '../server/capabilities.ts';
import { whyNotCleared } from '../server/bench/clearing.ts';
import { EXIT, type CheckResult, type ExitStatus } from '../verdict.ts';
import { attach, mailboxKind, type AttachOptions } from './attach.ts';
import { SERVER_PROFILE } from './options.ts';
import { runSuite } from './session.ts';
import { shellWord } from './shell.ts';
import { toldToStop } from './stop.ts';

export async function testServer(url: string | undefined, options: AttachOptions): Promise<ExitStatus> {
  const profile = options.profile ?? SERVER_PROFILE;
  const wrong = faultIn(url, options, profile);
  if (wrong !== undefined) {
    process.stderr.write(`error: ${wrong}\n`);
    return EXIT.usage;
  }
  async function* judge(judgeOptions: JudgeOptions): AsyncGenerator<CheckResult, void, void> {
    const { target, close } = await attach(url, profile, options);
    const { addressDomain, polite = false, callsPerSecond, leaveAccounts } = options;
    try {
      yield* judgeServer(target, {
        ...{ ...judgeOptions, addressDomain },
        ...(polite && { polite: { callsPerSecond, leaveAccounts }, signal: signalToStop() }),
      });
    } finally {
      await close();
    }
  }
  const { start } = options;
  return await runSuite(
    {
      target: {
        kind: 'server',
        name: url ?? start ?? '',
        ...(url !== undefined && { url }),
        ...(start !== undefined && { command: [start] }),
      },
      profiles: [profile],
      command: [`e2ee-sync test server${url === undefined ? '' : ` ${url}`}`, attachedBy(options)],
      judge,
    },
    options,
  );
}

/** What was made is deleted before the end, unless one is told twice. */
function signalToStop(): AbortSignal {
  const stopping = new AbortController();
  void toldToStop().then(() => {
    process.stderr.write('Stopping: what was made is deleted first; the next signal ends at once\n');
    stopping.abort();
  });
  return stopping.signal;
}

/** What is wrong with a command line as a whole. */
function faultIn(url: string | undefined, options: AttachOptions, profile: ProfileName): string | undefined {
  const { start, capabilities = [], mail, mailCommand } = options;
  if ((url === undefined) === (start === undefined))
    return 'say either the URL of a server that runs, or --start COMMAND';
  if (options.clock === true && start === undefined)
    return '--clock is for a server that is started here, with --start COMMAND';
  if (mail !== undefined && mailCommand !== undefined) return 'mail comes by --mail or by --mail-command';
  return faultInCapabilities(capabilities, profile) ?? faultInPoliteness(options, profile);
}

/** A polite run leaves nothing behind, or was permitted to. */
function faultInPoliteness(options: AttachOptions, profile: ProfileName): string | undefined {
  const { polite = false, callsPerSecond, leaveAccounts = false, confirm, addressDomain } = options;
  if (!polite)
    return callsPerSecond !== undefined || leaveAccounts
      ? '--calls-per-second and --leave-accounts are for a run with --polite'
      : undefined;
  if (confirm && addressDomain === undefined)
    return `${NOBODYS_DOMAIN} takes no mail, and a server that others use would send it many: say --address-domain with a domain whose mail arrives, or --no-confirm where nothing is mailed`;
  const target = { label: '', url: '', mailbox: mailboxKind(options), capabilities: options.capabilities };
  const why = whyNotCleared({ target, profile, capabilities: capabilitiesOf(target, profile) });
  if (why === undefined || leaveAccounts) return undefined;
  return `a polite run deletes every account that it makes, and here it could not: ${why}; --leave-accounts permits that they stay`;
}

/** The options by which a replay attaches the server in the same way. */
function attachedBy(options: AttachOptions): string {
  const { start, mail, mailCommand, confirm, capabilities, teamCommand, addressDomain } = options;
  const { clock = false, polite = false, callsPerSecond, leaveAccounts = false } = options;
  const values: readonly (readonly [option: string, value: string | undefined])[] = [
    ['start', start],
    ['mail', mail],
    ['mail-command', mailCommand],
    ['capabilities', capabilities?.join(',')],
    ['team-command', teamCommand],
    ['address-domain', addressDomain],
    ['calls-per-second', callsPerSecond?.toString()],
  ];
  const words = values.flatMap(([option, value]) =>
    value === undefined ? [] : [` --${option} ${shellWord(value)}`],
  );
  const flags = [
    ...(clock ? [' --clock'] : []),
    ...(confirm ? [] : [' --no-confirm']),
    ...(polite ? [' --polite'] : []),
    ...(leaveAccounts ? [' --leave-accounts'] : []),
  ];
  return [...words, ...flags].join('');
}
