/** What faulty servers are made of: the reference server with a step, a message, a store access or an answer replaced. */
import {
  createMemoryStore,
  createServer,
  createSteps,
  fromHex,
  ProtocolError,
  toInteger,
  type Mailer,
  type ProfileName,
  type Random,
  type Server,
  type ServerOptions,
  type Steps,
  type Store,
} from '../../reference/index.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import type { Survives } from '../target/disk.ts';

/** What every faulty server is made from. */
export interface ServerFaultInput {
  readonly profile: ProfileName;
  readonly mailer: Mailer;
  /** Empty at first; after a restart, what is left of it. */
  readonly store: Store;
  /** Milliseconds since 1970 by its clock. */
  readonly now: () => number;
}

export interface ServerFault {
  readonly id: string;
  /** What the faulty server does, as a sentence. */
  readonly title: string;
  /** The requirement that it breaks. */
  readonly requirement: string;
  /** Where it is a fault in one profile only. */
  readonly profile?: ProfileName;
  /** Makes it, also after a restart. */
  readonly create: (input: ServerFaultInput) => Server;
  /** What of the writes to its store is there after a restart; everything but starters where absent. */
  readonly survives?: Survives;
}

const N = BigInt(`0x${protocol.constants.N.value}`);

interface Overrides {
  readonly steps?: (own: Steps) => Steps;
  readonly store?: (own: Store) => Store;
  readonly random?: Random;
  readonly lifetimes?: ServerOptions['lifetimes'];
  /** Around the whole server. */
  readonly around?: (server: Server) => (request: Request) => Promise<Response>;
}

export const faulty =
  ({
    steps = (own) => own,
    store = (own) => own,
    random,
    lifetimes,
    around = (server) => server.fetch,
  }: Overrides) =>
  ({ profile, mailer, now, store: memory }: ServerFaultInput): Server => {
    const own = { steps: steps(createSteps(profile)), store: store(memory), random, lifetimes };
    const server = createServer({ profile, mailer, now, publicUrl: 'http://127.0.0.1', ...own });
    return { fetch: around(server) };
  };

export const inStore = (change: (own: Store) => Partial<Store>) =>
  faulty({ store: (own) => ({ ...own, ...change(own) }) });
export const inAccept = (change: Partial<Steps['accept']>) =>
  faulty({ steps: (own) => ({ ...own, accept: { ...own.accept, ...change } }) });
export const inSrp = (change: (own: Steps) => Partial<Steps['srp']>) =>
  faulty({ steps: (own) => ({ ...own, srp: { ...own.srp, ...change(own) } }) });
export const allowing = (loginBeforeConfirmation: boolean) =>
  faulty({ steps: (own) => ({ ...own, profile: { ...own.profile, loginBeforeConfirmation } }) });

/** The lookup of a session in a store, which tells whose it is, or the empty text. */
export const heard = (own: Store, hear: (accountId: string) => void): Pick<Store, 'sessionAccount'> => ({
  sessionAccount(hash) {
    const accountId = own.sessionAccount(hash);
    hear(accountId ?? '');
    return accountId;
  },
});

type Json = Record<string, unknown>;

/** The answers of one path, changed where they succeed. */
export const answering = (path: string, change: (answer: Json, request: Json) => Json) =>
  faulty({
    around: (server) => async (request) => {
      const body = await request.clone().text();
      const response = await server.fetch(request);
      if (new URL(request.url).pathname !== path || !response.ok) return response;
      return Response.json(
        change((await response.json()) as Json, (body === '' ? {} : JSON.parse(body)) as Json),
      );
    },
  });

/** A request with another body, or as it came where the body says the same: what else is wrong with it stays. */
export function bodyReplaced(request: Request, own: unknown, body: unknown): Request {
  const text = written(body);
  const { url, method, headers } = request;
  return text === undefined || text === written(own)
    ? request
    : new Request(url, { method, headers, body: text });
}

/** A value as JSON text; undefined where it is nested too deeply to be written. */
function written(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** The bodies of one path, changed before the server reads them; what is no JSON object is left as it is. */
export const reading = (path: string, change: (body: Json) => Json, overrides: Overrides = {}) =>
  faulty({
    ...overrides,
    around: (server) => async (request) => {
      if (new URL(request.url).pathname !== path) return await server.fetch(request);
      const own = objectIn(await request.clone().text());
      if (own === undefined) return await server.fetch(request);
      return await server.fetch(bodyReplaced(request, own, change(own)));
    },
  });

export const headersChanged = (change: (headers: Headers) => void) =>
  faulty({
    around: (server) => async (request) => {
      const response = await server.fetch(request);
      change(response.headers);
      return response;
    },
  });

/** An answer with a header that says more than the answer. */
export function withReason(answer: Response, reason: string): Response {
  answer.headers.set('x-reason', reason);
  return answer;
}

/** Starters are handed out again and again, and the newest one to whoever asks for one that is not there. */
export function oneLoginAtATime(own: Store): Partial<Store> {
  let newest = '';
  return {
    addStarter(id, starter) {
      newest = id;
      own.addStarter(id, starter);
    },
    takeStarter: () => own.takeStarter(newest),
  };
}

export function startersKept(own: Store): Partial<Store> {
  return {
    takeStarter(id) {
      const starter = own.takeStarter(id);
      if (starter !== undefined) own.addStarter(id, starter);
      return starter;
    },
  };
}

/** Any session id is taken, for the account that logged in last. */
export function sessionsUnchecked(own: Store): Partial<Store> {
  let last: string | undefined;
  return {
    accountByEmail(email) {
      const account = own.accountByEmail(email);
      last = account?.id ?? last;
      return account;
    },
    sessionAccount: () => last,
  };
}

/** An account is replaced by whoever signs up with its address or id. */
export function accountsReplaced(own: Store): Partial<Store> {
  const replaced = new Map<string, Store>();
  const storeOf = (key: string): Store => replaced.get(key) ?? own;
  return {
    addAccount(account) {
      const fresh = createMemoryStore();
      replaced.set(account.email, fresh).set(account.id, fresh);
      return fresh.addAccount({ ...account, isVerified: true });
    },
    accountByEmail: (email) => storeOf(email).accountByEmail(email),
    accountById: (id) => storeOf(id).accountById(id),
  };
}

/** Compares as many digits of M1 as came. */
export function comparingPrefix(): (input: ServerFaultInput) => Server {
  let given = 64;
  return reading(
    '/auth/login-m1',
    (body) => {
      const M1 = String(body['srpM1']);
      given = Math.min(M1.length, 64);
      return { ...body, srpM1: M1.slice(0, 64).padEnd(64, '0') };
    },
    {
      steps: (own) => ({
        ...own,
        accept: {
          ...own.accept,
          M1: (expected, actual) => own.accept.M1(expected.slice(0, given / 2), actual.slice(0, given / 2)),
        },
      }),
    },
  );
}

/** Looks at A modulo N, as it must, and not at A itself. */
export function onlyModuloN(hex: string): Uint8Array {
  const A = fromHex(hex, 'A', 256);
  if (toInteger(A) % N === 0n) throw new ProtocolError('auth/group-element', 'A is 0 modulo N');
  return A;
}

/** The JSON object that a text holds; undefined where it holds none. */
export function objectIn(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json | null;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The JSON body of a request, left to be read again; empty where it has none. */
export const bodyOf = async (request: Request): Promise<Json> => objectIn(await request.clone().text()) ?? {};

/** An honest answer as long as the address of the starter has an account. */
export function strangersRefused({ profile, mailer, store }: ServerFaultInput): Server {
  const known = new Set<string>();
  const strange = new Set<unknown>();
  const server = createServer({ profile, mailer, publicUrl: 'http://127.0.0.1', store });
  return {
    async fetch(request) {
      const path = new URL(request.url).pathname;
      const body = await bodyOf(request);
      const email = String(body['email']);
      if (path === '/auth/login-m1' && strange.has(body['sessionStarterId']))
        return Response.json({ error: 'not-found', message: 'there is no such account' }, { status: 404 });
      const response = await server.fetch(request);
      if (path === '/auth/signup' && response.ok) known.add(email);
      if (path === '/auth/login-a' && response.ok && !known.has(email))
        strange.add(((await response.clone().json()) as Json)['sessionStarterId']);
      return response;
    },
  };
}

/** Tells in its answer whether a starter was ever handed out. */
export const unknownStartersTold =
  (tell: (answer: Response) => Response) =>
  (server: Server): Server['fetch'] => {
    const handedOut = new Set<unknown>();
    return async (request) => {
      const path = new URL(request.url).pathname;
      const body = await bodyOf(request);
      const response = await server.fetch(request);
      if (path === '/auth/login-m1' && !handedOut.has(body['sessionStarterId'])) return tell(response);
      if (path === '/auth/login-a' && response.ok)
        handedOut.add(((await response.clone().json()) as Json)['sessionStarterId']);
      return response;
    };
  };
