/** Starts `e2ee-sync serve` from the build in `dist`, as a user does, in a process of its own. */
import { spawn } from 'node:child_process';
import { root } from './root.ts';
import { PLAIN } from './run-cli.ts';

/** A server that listens, or one that has ended before it did. */
export interface Serving {
  /** The base URL; empty where it has ended. */
  readonly url: string;
  /** Everything that it has printed so far, errors too. */
  printed(): string;
  /** Sends it a signal. */
  kill(signal: NodeJS.Signals): void;
  /** The exit status, or the signal that it died of. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/**
 * @example
 * const { url, kill, ended } = await runServe(['--data', file]);
 */
export async function runServe(args: readonly string[]): Promise<Serving> {
  const command = [process.execPath, `${root}/conformance/cli/e2ee-sync.cjs`, 'serve'];
  const port = args.includes('--port') ? [] : ['--port', '0'];
  const child = spawn('env', [...PLAIN, ...command, ...port, ...args], { cwd: root });
  let printed = '';
  const ended = new Promise<number | NodeJS.Signals | null>((done) =>
    child.once('close', (code, signal) => {
      done(code ?? signal);
    }),
  );
  const listening = new Promise<string>((done) => {
    const read = (text: string): void => {
      printed += text;
      const url = /listening at (http:\S+);/.exec(printed)?.[1];
      if (url !== undefined) done(url);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
  });
  const url = await Promise.race([listening, ended.then(() => '')]);
  return { url, printed: () => printed, kill: (signal) => void child.kill(signal), ended };
}
