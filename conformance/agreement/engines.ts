/** The engines that are at hand: those in JavaScript always, the programs in other languages where they can be started. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { native, portable } from '../../reference/index.ts';
import type { Engine } from '../../vectors/engines/engine.ts';
import { startProgram, type Program } from '../../vectors/engines/line-engine.ts';
import { secureRemotePassword } from '../../vectors/engines/secure-remote-password.ts';
import { srpJs } from '../../vectors/engines/srp-js.ts';
import { webcrypto } from '../../vectors/engines/webcrypto.ts';
import { referenceEngine } from './reference-engine.ts';

/** A program, how to find out whether it can be started, and what to do where it cannot. */
interface Optional extends Program {
  readonly probe: readonly [string, ...string[]];
  readonly remedy: string;
}

const folder = (name: string): string =>
  join(dirname(createRequire(import.meta.url).resolve('#vectors/README.md')), 'engines', name);
const PYTHON = process.env['PYTHON'] ?? 'python3';

const programs: readonly Optional[] = [
  {
    name: 'Python',
    about: 'everything, by PyPI `cryptography` and the integers of Python, written from the chapters',
    command: [PYTHON, 'engine.py'],
    folder: folder('python'),
    probe: [PYTHON, '-c', 'import cryptography'],
    remedy: 'pip install -r vectors/engines/python/requirements.txt',
  },
  {
    name: 'pysrp',
    about: 'x, v, k, A, B, u, S, K, M1 and M2 of PyPI `srp`',
    command: [PYTHON, 'pysrp_engine.py'],
    folder: folder('python'),
    fromIntermediates: true,
    probe: [PYTHON, '-c', 'import srp'],
    remedy: 'pip install -r vectors/engines/python/requirements.txt',
  },
  {
    name: 'Go',
    about: 'every derived value, by `golang.org/x/crypto` and `math/big`, written from the chapters',
    command: ['go', 'run', '.'],
    folder: folder('go'),
    probe: ['go', 'build', '-o', process.platform === 'win32' ? 'NUL' : '/dev/null', '.'],
    remedy: 'install Go 1.26 or newer',
  },
];

/** What can be asked, and what cannot, with the reason. */
export interface Engines {
  readonly present: readonly Engine[];
  /** Name → what is missing. */
  readonly absent: ReadonlyMap<string, string>;
}

export async function startEngines(): Promise<Engines> {
  const absent = new Map<string, string>();
  const started: Engine[] = [];
  for (const { probe, remedy, ...program } of programs)
    if (await succeeds(probe, program.folder)) started.push(startProgram(program));
    else absent.set(program.name, `${probe.join(' ')} failed: ${remedy}`);
  return {
    present: [
      referenceEngine('reference, native', 'the reference over OpenSSL', native),
      referenceEngine('reference, portable', 'the reference over noble, forge and BigInt', portable),
      ...[webcrypto, secureRemotePassword, srpJs],
      ...started,
    ],
    absent,
  };
}

async function succeeds([file, ...args]: readonly [string, ...string[]], cwd: string): Promise<boolean> {
  try {
    await promisify(execFile)(file, args, { cwd });
    return true;
  } catch {
    return false;
  }
}
