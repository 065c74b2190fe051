/** The reference server, what crosses the wire, and the people who use it through the reference client. */
import {
  createClient,
  createMemoryStore,
  createServer,
  createSteps,
  listen,
  native,
  type Client,
  type Mail,
  type ProfileName,
  type Session,
  type Store,
} from '../../reference/index.ts';
import { recorded, type Exchange } from '../peer/exchange.ts';

/** What somebody types to sign up and to log in. */
export interface Typed {
  readonly email: string;
  readonly passphrase: string;
  readonly firstName: string;
  readonly lastName: string;
}

export const jane: Typed = {
  email: ' Jane@Example.COM',
  passphrase: 'correct horse battery staple',
  firstName: 'Jane',
  lastName: 'Doe',
};
export const bob: Typed = { email: 'bob@example.com', passphrase: 'peas', firstName: 'Bob', lastName: '' };

/** A server, clients of it, and what crossed the wire between them. */
export interface World {
  readonly profile: ProfileName;
  readonly client: Client;
  readonly store: Store;
  readonly exchanges: readonly Exchange[];
  /** Sends a request by hand and hands back the exchange. */
  send(method: string, target: string, init?: RequestInit): Promise<Exchange>;
  /** The newest mail. */
  mail(): string;
  /** Opens the link in the newest mail. */
  openLink(): Promise<Exchange>;
  /** Logs somebody in, or hands back the session that they have. */
  session(who: Typed): Promise<Session>;
  /** One more session, on a device that has nothing. */
  newSession(who: Typed): Promise<Session>;
  /** The headers of a call in the session that was used last. */
  sessionHeaders(): Record<string, string>;
  /** What one flow leaves for those that follow. */
  readonly notes: Map<string, string>;
  close(): Promise<void>;
}

/** Two key pairs for both profiles: making them takes most of the time of a signup. */
const pool = [native.generateRsaKeyPair(), native.generateRsaKeyPair()];

export async function openWorld(profile: ProfileName): Promise<World> {
  const mails: Mail[] = [];
  const exchanges: Exchange[] = [];
  const sessions = new Map<Typed, Session>();
  const store = createMemoryStore();
  const mailer = (mail: Mail): void => void mails.push(mail);
  const server = createServer({ profile, store, mailer, publicUrl: 'https://sync.example' });
  const { url, close } = await listen(async (request) => {
    const { exchange, response } = await recorded(request, server.fetch);
    exchanges.push(exchange);
    return response;
  });
  let taken = 0;
  const keyPair = async () => (await pool[taken++ % pool.length]) ?? native.generateRsaKeyPair();
  const client = createClient({ profile, server: url, steps: { ...createSteps(profile), keyPair } });
  const send: World['send'] = async (method, target, init) => {
    await fetch(new URL(target, url), { method, ...init });
    const exchange = exchanges.at(-1);
    if (exchange === undefined) throw new Error('nothing was recorded');
    return exchange;
  };
  return {
    profile,
    client,
    store,
    exchanges,
    send,
    notes: new Map(),
    close,
    mail: () => mails.at(-1)?.text ?? '',
    async openLink() {
      const link = new URL(/https:\S+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? '');
      return await send('GET', link.pathname + link.search);
    },
    async session(who) {
      const found = sessions.get(who) ?? (await client.login(who));
      sessions.set(who, found);
      return found;
    },
    newSession: (who) => client.login(who),
    sessionHeaders() {
      const sent = exchanges.findLast(({ requestHeaders }) => requestHeaders['x-session-id'] !== undefined);
      return { 'x-session-id': sent?.requestHeaders['x-session-id'] ?? '' };
    },
  };
}
