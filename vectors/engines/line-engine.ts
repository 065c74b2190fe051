/** An engine that is a program: one request a line on its standard input, one answer a line on its standard output. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Engine, Outcome } from './engine.ts';

/** What is particular about a program. */
export interface Program {
  readonly name: string;
  readonly about: string;
  readonly command: readonly [string, ...string[]];
  /** Where it runs. */
  readonly folder: string;
  /** Whether it is given the published intermediates, for a package that computes only the later values. */
  readonly fromIntermediates?: boolean;
}

/** Starts the program. @returns an engine that answers one request at a time */
export function startProgram({ name, about, command, folder, fromIntermediates = false }: Program): Engine {
  const [file, ...args] = command;
  const child = spawn(file, args, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = new Promise<never>((_, fail) => {
    child.once('error', fail);
    child.once('exit', (status) => {
      fail(new Error(`${name} ended with status ${status ?? 'none'}`));
    });
  });
  failed.catch(() => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name,
    about,
    async outcome(profile, { id, step, inputs: given, values, exchange }) {
      const inputs = fromIntermediates ? { ...values, ...given } : given;
      child.stdin.write(`${JSON.stringify({ profile, step, inputs, exchange })}\n`);
      const line = await Promise.race([lines.next(), failed]);
      if (line.done === true) throw new Error(`${name} gave no answer for ${id}`);
      return JSON.parse(line.value) as Outcome;
    },
    close() {
      child.stdin.end();
    },
  };
}
