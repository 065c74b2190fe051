/** The command line: a thin face on the suite, of which a command loads what it needs. Exit statuses are those of `verdict.ts`. */
import { Command, CommanderError, Option } from 'commander';
import { packageInfo } from '../package-info.ts';
import { LIMITS, POLITENESS } from '../target/limits.ts';
import { EXIT, STORAGES, type ExitStatus } from '../verdict.ts';
import type { AttachOptions } from './attach.ts';
import type { DeriveOptions } from './derive.ts';
import type { DiagnoseOptions } from './diagnose.ts';
import type { DoctorOptions } from './doctor.ts';
import {
  baselineFile,
  defaultJobs,
  domain,
  mailAddress,
  names,
  oneProfile,
  PROFILES,
  SERVER_PROFILE,
  sinkUrl,
  smtpUrl,
  url,
  whole,
  writableFile,
} from './options.ts';
import type { ServeOptions } from './serve.ts';
import type { TestOptions } from './session.ts';
import type { SelfOptions } from './test-self.ts';
import type { VerifyOptions } from './vectors.ts';

/** @param unless - what is taken where it is not said */
const profileOption = (unless?: string) =>
  new Option(
    '--profile <name>',
    `profile of the protocol${unless === undefined ? '' : ` (default: ${unless})`}`,
  )
    .choices(PROFILES)
    .argParser(oneProfile());

const DECLARED = 'each that the client declares';

/** It may hold a password, which a command line shows to everybody on the machine. */
const smtpOption = () =>
  new Option('--smtp <url>', 'mail server, as smtp://host:port or smtps://user:password@host')
    .env('E2EE_SYNC_SMTP')
    .argParser(smtpUrl);

const timeoutOption = () =>
  new Option(
    '--timeout <milliseconds>',
    `how long one call may take (default: ${LIMITS.timeout.value})`,
  ).argParser(whole(1, 3_600_000));

const jobsOption = () =>
  new Option(
    '--jobs <number>',
    `how many of the client run side by side (default here: ${defaultJobs})`,
  ).argParser(whole(1, 64));

/** The options that every kind of test has. */
function testCommand(parent: Command, name: string, profile: string): Command {
  return parent
    .command(name)
    .addOption(profileOption(profile))
    .option('--only <glob>', 'checks to run, separated by commas, * for any characters')
    .option('--seed <number>', 'seed of everything random in the run', whole(0, 2 ** 31 - 1))
    .option('--runs <number>', 'cases of each check over random inputs (default: 3)', whole(1, 100_000))
    .option('--path <path>', 'one case of a check over random inputs (--runs), as a failure prints it')
    .addOption(timeoutOption())
    .option('--baseline <file>', 'failures that are known, with reasons', baselineFile)
    .option('--json <file>', 'write the results to a file', writableFile)
    .option('--bail', 'stop after the first failure');
}

function createProgram(finish: (status: ExitStatus) => void): Command {
  const program = new Command('e2ee-sync')
    .description('Protocol reference and conformance suite for end-to-end encrypted sync')
    .version(packageInfo.version)
    .exitOverride();
  const test = program.command('test').description('judge a client, a server, or the reference itself');
  testCommand(test, 'client', DECLARED)
    .description('judge a client through its adapter: test client [options] -- COMMAND…')
    .argument('<command...>', 'the command that starts the adapter')
    .addOption(jobsOption())
    .action(async (command: string[], options: TestOptions) => {
      const { testClient } = await import('./test-client.ts');
      finish(await testClient(command, options));
    });
  testCommand(test, 'server', SERVER_PROFILE)
    .description('judge a server at a URL, or one that is started here (conformance/SERVER.md)')
    .argument('[url]', 'base URL of the server', url)
    .option(
      '--start <command>',
      'starts the server, in place of a URL; the environment says where it listens',
    )
    .option(
      '--clock',
      'the command of --start sets the clock of the server ahead by CLOCK_AHEAD seconds: judges what expires',
    )
    .option('--mail <url>', 'listen here for the mail of the server, as smtp://127.0.0.1:2525', sinkUrl)
    .option('--mail-command <command>', 'prints the newest mail to the address given as its last argument')
    .option('--no-confirm', 'accounts need no confirmation')
    .addOption(
      new Option(
        '--capabilities <names>',
        'what it can do, separated by commas (default: everything)',
      ).argParser(names),
    )
    .option(
      '--address-domain <domain>',
      'of every address that signs up (default: example.com; to be said with --polite, unless --no-confirm)',
      domain,
    )
    .option(
      '--polite',
      'a server that others use: few calls, no floods, everything made is deleted; with --address-domain',
    )
    .option(
      '--calls-per-second <number>',
      `the most calls of a polite run (default: ${POLITENESS.callsPerSecond})`,
      whole(1, 1000),
    )
    .option('--leave-accounts', 'permit a polite run to leave accounts where they cannot be deleted')
    .option('--team-command <command>', 'makes a team of the addresses given as arguments, prints its id')
    .action(async (server: string | undefined, options: AttachOptions) => {
      const { testServer } = await import('./test-server.ts');
      finish(await testServer(server, options));
    });
  testCommand(test, 'self', 'both')
    .description('the reference client, and the reference server over each storage, every check')
    .addOption(new Option('--storage <name>', 'the server over one storage').choices(STORAGES))
    .option(
      '--jobs <number>',
      `how many parts run side by side, and in that of the client how many of it (default here: ${defaultJobs})`,
      whole(1, 64),
    )
    .action(async (options: SelfOptions) => {
      const { testSelf } = await import('./test-self.ts');
      finish(await testSelf(options));
    });
  program
    .command('doctor')
    .description('try every verb of an adapter once, before it is judged: doctor [options] -- COMMAND…')
    .argument('<command...>', 'the command that starts the adapter')
    .addOption(profileOption(DECLARED))
    .addOption(timeoutOption())
    .action(async (command: string[], options: DoctorOptions) => {
      const { doctor } = await import('./doctor.ts');
      finish(await doctor(command, options));
    });
  program
    .command('derive')
    .description('every derived value that follows from the inputs in a JSON file')
    .argument('[file]', 'the inputs; - for standard input', '-')
    .addOption(profileOption().makeOptionMandatory())
    .option('--steps', 'add every step of the computation')
    .action(async (file: string, options: DeriveOptions) => {
      const { derive } = await import('./derive.ts');
      finish(derive(file, options));
    });
  program
    .command('diagnose')
    .description('which known mistake yields these values')
    .argument(
      '<words...>',
      'values as NAME=HEX, then the inputs as for derive: a file, or - for standard input',
    )
    .addOption(profileOption().makeOptionMandatory())
    .option('--thorough', 'try every pair of mistakes, which can take minutes')
    .option('--json', 'everything that was found, as JSON')
    .action(async (words: string[], options: DiagnoseOptions) => {
      const { diagnose } = await import('./diagnose.ts');
      finish(await diagnose(words, options));
    });
  program
    .command('vectors')
    .description('the published vectors')
    .command('verify')
    .description('hold the reference to every published vector, or a client: vectors verify [-- COMMAND…]')
    .argument('[command...]', 'the command that starts the adapter of a client')
    .addOption(profileOption())
    .option('--only <glob>', 'families, separated by commas, * for any characters')
    .addOption(jobsOption())
    .addOption(timeoutOption())
    .action(async (command: string[], options: VerifyOptions) => {
      const { verifyVectors } = await import('./vectors.ts');
      finish(await verifyVectors(command, options));
    });
  program
    .command('serve')
    .description('run the reference server')
    .addOption(profileOption().default(PROFILES[0]))
    .option('--port <number>', 'port to listen on, 0 for any', whole(0, 65_535), 8080)
    .option('--public-url <url>', 'URL under which users reach the server', url)
    .option('--data <file>', 'file to keep state in, made where there is none (default: in memory)')
    .addOption(smtpOption())
    .option(
      '--mail-from <address>',
      'address that mail comes from (default: no-reply@ the host)',
      mailAddress,
    )
    .option(
      '--clock-ahead <seconds>',
      'how far its clock is ahead, to try what expires (default: 0)',
      whole(0, 2 ** 31 - 1),
    )
    .option('--log', 'a line for every request, without anything secret')
    .action(async (options: ServeOptions) => {
      const { serve } = await import('./serve.ts');
      finish(await serve(options));
    });
  program
    .command('list')
    .description('every check')
    .option('--json', 'as JSON, with every requirement')
    .action(async (options: { json?: boolean }) => {
      const { list } = await import('./catalogue.ts');
      finish(list(options));
    });
  program
    .command('explain')
    .description('a check or a requirement in words')
    .argument('<id>', 'for example client.login.B-zero or SRP-19')
    .action(async (id: string) => {
      const { explain } = await import('./catalogue.ts');
      finish(explain(id));
    });
  return program;
}

/** Runs one command line. @returns the exit status */
export async function main(argv: readonly string[]): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.suite;
  try {
    await createProgram((finished) => (status = finished)).parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.conformant : EXIT.usage;
    process.stderr.write(
      `A fault of the suite itself, please report it: ${(error as Error).stack ?? String(error)}\n`,
    );
    return EXIT.suite;
  }
}

// A reader that has seen enough, such as head, closes the pipe; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.conformant);
  throw error;
});

process.exitCode = await main(process.argv.slice(2));
