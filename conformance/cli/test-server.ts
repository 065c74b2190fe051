/** `e2ee-sync test server [URL] [options]` */
import { judgeServer, type JudgeOptions } from '../judge.ts';
import { serverCapabilities } from '../server/capabilities.ts';
import { EXIT, type CheckResult, type ExitStatus } from '../verdict.ts';
import { attach, type AttachOptions } from './attach.ts';
import { PROFILES } from './options.ts';
import { runSuite } from './session.ts';
import { shellWord } from './shell.ts';

export async function testServer(url: string | undefined, options: AttachOptions): Promise<ExitStatus> {
  const profile = options.profile ?? PROFILES[0] ?? 'documented';
  const wrong = faultIn(url, options, serverCapabilities(profile));
  if (wrong !== undefined) {
    process.stderr.write(`error: ${wrong}\n`);
    return EXIT.usage;
  }
  async function* judge(judgeOptions: JudgeOptions): AsyncGenerator<CheckResult, void, void> {
    const { target, close } = await attach(url, profile, options);
    try {
      yield* judgeServer(target, { ...judgeOptions, addressDomain: options.addressDomain });
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

/** What is wrong with a command line as a whole. */
function faultIn(
  url: string | undefined,
  { start, capabilities = [], mail, mailCommand }: AttachOptions,
  known: readonly string[],
): string | undefined {
  if ((url === undefined) === (start === undefined))
    return 'say either the URL of a server that runs, or --start COMMAND';
  if (mail !== undefined && mailCommand !== undefined) return 'mail comes by --mail or by --mail-command';
  const unknown = capabilities.filter((name) => !known.includes(name));
  if (unknown.length === 0) return undefined;
  return `no server of this profile can ${unknown.join(', ')}; the capabilities are ${known.join(', ')}`;
}

/** The options by which a replay attaches the server in the same way. */
function attachedBy(options: AttachOptions): string {
  const { start, mail, mailCommand, confirm, capabilities, teamCommand, addressDomain } = options;
  const values: readonly (readonly [option: string, value: string | undefined])[] = [
    ['start', start],
    ['mail', mail],
    ['mail-command', mailCommand],
    ['capabilities', capabilities?.join(',')],
    ['team-command', teamCommand],
    ['address-domain', addressDomain],
  ];
  const words = values.flatMap(([option, value]) =>
    value === undefined ? [] : [` --${option} ${shellWord(value)}`],
  );
  return words.join('') + (confirm ? '' : ' --no-confirm');
}
