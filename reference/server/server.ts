/** The reference server: the routes of the HTTP binding over a store and a mailer (chapter 9). */
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Random } from '../primitives/primitives.ts';
import type { ProfileName } from '../profile.ts';
import { createSteps, type Steps } from '../steps.ts';
import { logout, verify, whoami } from './account.ts';
import type { Lifetimes, ServerContext } from './context.ts';
import { loginA, loginM1, loginS } from './login.ts';
import type { Mailer } from './mailer.ts';
import { Refusal, STATUS_OF } from './refusal.ts';
import { confirm, signup } from './signup.ts';
import { createMemoryStore, type Store } from './store.ts';

/** What a server is made of. */
export interface ServerOptions {
  /** The profile that the server speaks. */
  readonly profile: ProfileName;
  /** Takes every mail that the server sends. */
  readonly mailer: Mailer;
  /** The URL under which users reach the server; links in mails start with it. */
  readonly publicUrl: string;
  /** Where it keeps what it knows; memory by default. */
  readonly store?: Store | undefined;
  /** Every derivation and acceptance step; those of the profile over OpenSSL by default. */
  readonly steps?: Steps | undefined;
  /** Source of every ephemeral, starter id and code. */
  readonly random?: Random | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** How long starters and links last; 5 minutes and 24 hours by default. */
  readonly lifetimes?: Partial<Lifetimes> | undefined;
  /** The most bytes that a request body may have; 1 MiB by default. */
  readonly bodyLimit?: number | undefined;
  /** Told of every error that is the server's own; never of a refusal. */
  readonly onError?: ((error: Error) => void) | undefined;
}

/** A server: one function from request to response, for any HTTP host. */
export interface Server {
  /** Answers a request; it never throws. */
  fetch(request: Request): Promise<Response>;
}

type Handler = (server: ServerContext, c: Context) => Response | Promise<Response>;

/** The calls of 9.4. */
const ROUTES: readonly (readonly [method: string, path: string, handle: Handler])[] = [
  ['POST', '/auth/signup', signup],
  ['GET', '/auth/confirm', confirm],
  ['POST', '/auth/verify', verify],
  ['POST', '/auth/login-s', loginS],
  ['POST', '/auth/login-a', loginA],
  ['POST', '/auth/login-m1', loginM1],
  ['GET', '/auth/whoami', whoami],
  ['POST', '/auth/logout', logout],
];

const MINUTE = 60_000;

/**
 * A server that keeps its state in memory unless it is given a store.
 *
 * @example
 * const server = createServer({ profile: 'documented', mailer: (mail) => outbox.push(mail), publicUrl: 'http://127.0.0.1:8080' });
 * const response = await server.fetch(new Request('http://127.0.0.1:8080/auth/whoami')); // 401
 */
export function createServer(options: ServerOptions): Server {
  const context = createContext(options);
  const app = new Hono();
  app.use('/auth/*', async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
  });
  app.use(bodyLimit({ maxSize: context.bodyLimit, onError: () => tooLarge(context.bodyLimit) }));
  for (const [method, path, handle] of ROUTES) app.on(method, path, (c) => handle(context, c));
  for (const [, path] of ROUTES)
    app.all(path, () => answer(new Refusal('method', 'this path has no such method')));
  app.notFound(() => answer(new Refusal('not-found', 'there is no such call')));
  app.onError((error) => {
    if (error instanceof Refusal) return answer(error);
    context.onError(error);
    return answer(new Refusal('internal', 'the server failed'));
  });
  return { fetch: async (request) => await app.fetch(request) };
}

function createContext(options: ServerOptions): ServerContext {
  const steps = options.steps ?? createSteps(options.profile);
  const random = options.random ?? steps.primitives.random;
  return {
    steps,
    random,
    store: options.store ?? createMemoryStore(),
    mailer: options.mailer,
    onError: options.onError ?? (() => undefined),
    now: options.now ?? Date.now,
    lifetimes: { starter: 5 * MINUTE, confirmation: 24 * 60 * MINUTE, ...options.lifetimes },
    publicUrl: options.publicUrl,
    decoySecret: random(32),
    bodyLimit: options.bodyLimit ?? 1024 * 1024,
  };
}

function answer({ code, message, field }: Refusal): Response {
  return Response.json(
    { error: code, message, ...(field !== undefined && { field }) },
    { status: STATUS_OF[code] },
  );
}

const tooLarge = (limit: number): Response =>
  answer(new Refusal('too-large', `the body has more than ${limit} bytes`));
