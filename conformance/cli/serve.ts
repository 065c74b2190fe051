/** `e2ee-sync serve`: the reference server on a port, until it is told to stop. */
import { createMemoryStore, createServer, listen, printingMailer } from '../../reference/index.ts';
import type { ProfileName, Store } from '../../reference/index.ts';
import { createSqliteStore, StoreError } from '../../reference/sqlite.ts';
import { EXIT, type ExitStatus } from '../verdict.ts';
import { toldToStop } from './stop.ts';

export interface ServeOptions {
  readonly port: number;
  readonly profile: ProfileName;
  readonly publicUrl?: string;
  /** The file that state is kept in. */
  readonly data?: string;
}

/** How long requests that are under way are waited for, in milliseconds. */
const PATIENCE = 10_000;

export async function serve(options: ServeOptions): Promise<ExitStatus> {
  try {
    const store = options.data === undefined ? createMemoryStore() : createSqliteStore(options.data);
    await serveFrom(store, options);
    return EXIT.conformant;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return EXIT.usage;
  }
}

async function serveFrom(
  store: Store,
  { port, profile, publicUrl, data = 'memory' }: ServeOptions,
): Promise<void> {
  const say = (text: string): void => void process.stdout.write(text);
  const onError = (error: Error): void => void process.stderr.write(`${error.stack ?? error.message}\n`);
  const { url, close } = await listen((request) => server.fetch(request), port);
  const mailer = printingMailer(say);
  const server = createServer({ profile, publicUrl: publicUrl ?? url, mailer, onError, store });
  const where = `state is kept in ${data} and mail is printed here`;
  const stop = toldToStop();
  say(`Reference server, profile ${profile}, listening at ${url}; ${where}.\n`);
  await stop;
  await close(PATIENCE);
  store.close();
}
