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
  // The port is known only once the server listens; mails are sent later still.
  let listeningAt = '';
  const server = createServer({
    profile,
    get publicUrl() {
      return publicUrl ?? listeningAt;
    },
    mailer: printingMailer(say),
    onError: (error) => void process.stderr.write(`${error.stack ?? error.message}\n`),
  });
  const { url, close } = await listen(server.fetch, port);
  listeningAt = url;
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
