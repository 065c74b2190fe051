/** Who is judged at night: every client and server of this repository, in every profile that it has. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ProfileName } from '../../reference/index.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import type { Judged } from './digest.ts';
import {
  goClient,
  javaClient,
  pythonClient,
  pythonServer,
  pythonServerFolder,
  root,
  type Program,
} from './programs.ts';

/** What is judged over and over. */
export interface NightlyTarget {
  readonly name: string;
  readonly judged: Judged;
  readonly profiles: readonly ProfileName[];
  /**
   * Builds what is to be built, into a folder.
   * @returns the words for the command line of the suite: those before its options, and those after them
   */
  readonly prepare: (folder: string) => Prepared;
}

export type Prepared =
  { readonly before: readonly string[]; readonly after: readonly string[] } | { readonly missing: string };

const PROFILES = protocol.profiles as readonly ProfileName[];
/** The command line of the suite. */
export const CLI: string = join(root, 'conformance/cli/e2ee-sync.cjs');
const built = (name: string): string => join(root, 'dist/conformance/adapters', `${name}.js`);

const client = (program: Program, ...options: string[]): Prepared =>
  'missing' in program
    ? program
    : { before: ['test', 'client', ...options], after: ['--', ...program.command] };
const server = (program: Program, folder: string): Prepared => {
  if ('missing' in program) return program;
  const words = program.command.map((word) => `'${word}'`).join(' ');
  const options =
    '--port "$PORT" --profile "$PROFILE" --data "$DATA/sync.db" --smtp "$SMTP_URL" --clock-ahead "$CLOCK_AHEAD"';
  const start = `cd '${folder}' && exec ${words} ${options}`;
  return { before: ['test', 'server', '--clock', '--start', start], after: [] };
};
const node = (...words: string[]): Program => ({ command: [process.execPath, ...words] });
/** The object that the examples judge, as a program. */
const EXAMPLE = `
  import { runAdapter } from '${pathToFileURL(built('adapter')).href}';
  import { createVerbs } from '${pathToFileURL(join(root, 'conformance/examples/my-client.js')).href}';
  await runAdapter(createVerbs());
`;
/** A client made from npm packages has one profile, and a baseline of what these packages do. */
const ofPackages = (profile: ProfileName): NightlyTarget => ({
  name: `client of packages (${profile})`,
  judged: 'client',
  profiles: [profile],
  prepare: () =>
    client(
      node(built(profile)),
      '--baseline',
      join(root, 'conformance/adapters', `${profile}.baseline.json`),
    ),
});

export const TARGETS: readonly NightlyTarget[] = [
  {
    name: 'reference client and server (one process)',
    judged: 'both',
    profiles: PROFILES,
    prepare: () => ({ before: ['test', 'self'], after: [] }),
  },
  {
    name: 'reference client (adapter)',
    judged: 'client',
    profiles: PROFILES,
    prepare: () => client(node(built('reference'))),
  },
  {
    name: 'reference server (SQLite)',
    judged: 'server',
    profiles: PROFILES,
    prepare: () => server(node(CLI, 'serve'), root),
  },
  { name: 'client in Python', judged: 'client', profiles: PROFILES, prepare: () => client(pythonClient()) },
  {
    name: 'client in Go',
    judged: 'client',
    profiles: PROFILES,
    prepare: (folder) => client(goClient(folder)),
  },
  {
    name: 'client in Java',
    judged: 'client',
    profiles: PROFILES,
    prepare: (folder) => client(javaClient(join(folder, 'java'))),
  },
  {
    name: 'client of the examples',
    judged: 'client',
    profiles: ['documented'],
    prepare: () => client(node('--input-type=module', '--eval', EXAMPLE)),
  },
  ...PROFILES.map(ofPackages),
  {
    name: 'server in Python',
    judged: 'server',
    profiles: PROFILES,
    prepare: () => server(pythonServer(), pythonServerFolder),
  },
];
