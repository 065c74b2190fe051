/**
 * The programs in other languages below `conformance/adapters`: what each needs, and how it is built and started. What
 * is not there on a machine is said by name.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { specFolder } from '../../spec/schemas.ts';

/** The folder of the package. */
export const root: string = join(specFolder, '..');
const adapters = join(root, 'conformance/adapters');

/** A program that can be started, or what it would need. */
export type Program = { readonly command: readonly string[] } | { readonly missing: string };

/** What a program of the machine came to; status null where there is none of the name. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a program of the machine to its end. */
export function run(
  command: readonly [string, ...string[]],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Ended {
  const [name, ...args] = command;
  const options = { cwd, encoding: 'utf8', env: { ...process.env, ...env } } as const;
  const { status, stdout, stderr } = spawnSync(name, args, options);
  return { status, output: `${stdout}${stderr}` };
}

/** @throws Error with all that was printed where a program that is there does not build */
function build(command: readonly [string, ...string[]], cwd: string, env?: NodeJS.ProcessEnv): void {
  const { status, output } = run(command, cwd, env);
  if (status !== 0) throw new Error(`${command.join(' ')} in ${cwd} failed: ${output}`);
}

/** The Python of the machine, or the one that `PYTHON` names. */
export const PYTHON: string = process.env['PYTHON'] ?? 'python3';
const pythonHas = (probe: string): boolean => run([PYTHON, '-c', probe], root).status === 0;
const NEW_ENOUGH = 'import sys; sys.exit(sys.version_info < (3, 11))';

export const pythonFolder: string = join(adapters, 'python');
/** The client in Python. */
export const pythonClient = (): Program =>
  pythonHas(`import cryptography; ${NEW_ENOUGH}`)
    ? { command: [PYTHON, join(pythonFolder, 'main.py')] }
    : { missing: `${PYTHON} is not there, is older than 3.11, or has no cryptography` };

export const pythonServerFolder: string = join(adapters, 'python-server');
/** The server in Python; it is started in its folder. */
export const pythonServer = (): Program =>
  pythonHas(NEW_ENOUGH)
    ? { command: [PYTHON, '-m', 'server'] }
    : { missing: `${PYTHON} is not there, or older than 3.11` };

export const goFolder: string = join(adapters, 'go');
/** A toolchain that is older must not fetch a newer one. */
export const GO_ENV = { GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' } as const;
/** The client in Go, built into a folder. */
export function goClient(folder: string): Program {
  if (run(['go', 'mod', 'download'], goFolder, GO_ENV).status !== 0)
    return { missing: 'Go 1.26 or golang.org/x/text is not there' };
  const client = join(folder, 'go-client');
  build(['go', 'build', '-o', client, '.'], goFolder, GO_ENV);
  return { command: [client] };
}

export const javaFolder: string = join(adapters, 'java');
const OLDEST_JAVA = 17;
/** The options of `java` for the classes in a folder. */
export const javaOptions = (classes: string): readonly string[] => ['-XX:+UseSerialGC', '-cp', classes];
/** The client in Java, with its tests, built into a folder. */
export function javaClient(classes: string): Program {
  const [, version = '0'] = /^javac (\d+)/.exec(run(['javac', '--version'], javaFolder).output) ?? [];
  if (Number(version) < OLDEST_JAVA)
    return { missing: `javac is not there, or older than ${String(OLDEST_JAVA)}` };
  mkdirSync(classes, { recursive: true });
  const sources = readdirSync(javaFolder, { encoding: 'utf8', recursive: true });
  const lint = ['-Xlint:unchecked,rawtypes,deprecation,serial', '-Werror', '-encoding', 'UTF-8'];
  build(['javac', ...lint, '-d', classes, ...sources.filter((file) => file.endsWith('.java'))], javaFolder);
  return { command: ['java', ...javaOptions(classes), 'e2eesync.adapter.Main'] };
}
