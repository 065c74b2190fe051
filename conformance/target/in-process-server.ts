/** A server under test in this process, over a store that outlives it: killed and started again, it keeps its URL. */
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { listen, type Mail, type Mailer, type Server, type Store } from '../../reference/index.ts';
import { createDisk, type Disk } from './disk.ts';
import { mailboxOver } from './mailbox.ts';
import type { ServerTarget } from './server-target.ts';

/** What every life of the server is made from. */
export interface ServerInput {
  readonly store: Store;
  readonly mailer: Mailer;
  /** Milliseconds since 1970 by its clock, which `advance` sets ahead while it runs. */
  readonly now: () => number;
}

export interface InProcessServer {
  /** What it is, for the report. */
  readonly label: string;
  /** Makes the server: at first, and once more at every restart, over what is left. */
  readonly create: (input: ServerInput) => Server;
  /** Where its stores come from; memory where absent. */
  readonly disk?: Disk | undefined;
}

/** What every server is told of the URL under which users reach it: the port is not known yet. */
export const PUBLIC_URL = 'http://127.0.0.1';

/** One life of the server. */
interface Life {
  readonly server: Server;
  readonly underWay: Set<Promise<unknown>>;
}

/** Turns of the event loop in which a caller in this process notices that its connections have ended. */
const TURNS = 10;

/** Starts it on a free port. */
export async function startInProcessServer({
  label,
  create,
  disk = createDisk(),
}: InProcessServer): Promise<{ readonly target: ServerTarget; close(): Promise<void> }> {
  const mails: Mail[] = [];
  const sockets = new Set<Socket>();
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const begin = (): Life => ({
    server: create({ store: disk.open(), mailer: (mail) => void mails.push(mail), now }),
    underWay: new Set(),
  });
  let life = Promise.resolve(begin());

  const { url, close } = await listen(async (request, caller, socket) => {
    if (!sockets.has(socket)) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
    const { server, underWay } = await life;
    const answer = server.fetch(request, caller);
    underWay.add(answer);
    return await answer.finally(() => underWay.delete(answer));
  });

  const restart = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    const { underWay } = await life;
    const after = async (): Promise<Life> => {
      if (signal === 'SIGTERM') while (underWay.size > 0) await Promise.allSettled(underWay);
      // What is answered from here on reaches nobody.
      if (signal === 'SIGKILL') for (const socket of sockets) socket.destroy();
      disk.restart(signal);
      return begin();
    };
    life = after();
    await life;
    for (let i = 0; i < TURNS; i++) await turn();
  };
  const advance = (seconds: number): Promise<void> => {
    ahead += 1000 * seconds;
    return Promise.resolve();
  };
  const end = async (): Promise<void> => {
    await close();
    disk.close();
  };
  return {
    target: { label, url, publicUrl: PUBLIC_URL, mailbox: mailboxOver(mails), restart, advance },
    close: end,
  };
}
