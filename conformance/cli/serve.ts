/** `e2ee-sync serve`: the reference server on a port, until it is told to stop. */
import { createServer, listen, printingMailer, type ProfileName } from '../../reference/index.ts';
import { EXIT, type ExitStatus } from '../verdict.ts';

export interface ServeOptions {
  readonly port: number;
  readonly profile: ProfileName;
  readonly publicUrl?: string;
}

export async function serve({ port, profile, publicUrl }: ServeOptions): Promise<ExitStatus> {
  const say = (text: string): void => void process.stdout.write(text);
  const onError = (error: Error): void => void process.stderr.write(`${error.stack ?? error.message}\n`);
  const { url, close } = await listen((request) => server.fetch(request), port);
  const server = createServer({ profile, publicUrl: publicUrl ?? url, mailer: printingMailer(say), onError });
  say(
    `Reference server, profile ${profile}, listening at ${url}; state is kept in memory and mail is printed here.\n`,
  );
  await new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'])
      process.once(signal, () => {
        stop();
      });
  });
  await close();
  return EXIT.conformant;
}
