/** The reference server: the routes of the HTTP binding over a store and a mailer (chapter 9). */
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { matchedRoutes } from 'hono/route';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { BODY_BYTES, KEY_BYTES, SYNC_BODY_BYTES } from '../constants.ts';
import { native } from '../primitives/native.ts';
import type { Random } from '../primitives/primitives.ts';
import type { ProfileName } from '../profile.ts';
import { createStepsOver, type Steps } from '../steps.ts';
import type { Lifetimes, ServerContext } from './context.ts';
import { createCounters, DEFAULT_LIMITS, type Limits } from './limits.ts';
import type { Mailer } from './mailer.ts';
import type { Caller } from './network.ts';
import { Refusal, statusOf } from './refusal.ts';
import { tooLarge } from './request.ts';
import { bodyLimitOf, routesOf, type Route } from './routes.ts';
import { createStarters } from './starters.ts';
import { createMemoryStore } from './store/memory.ts';
import type { Store } from './store/store.ts';

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
  /** How long starters, links and codes last; 5 minutes, 24 hours and 30 minutes by default. */
  readonly lifetimes?: Partial<Lifetimes> | undefined;
  /** How many attempts may fail, and more of the kind (9.8); the defaults stand at `Limits`. */
  readonly limits?: Partial<Limits> | undefined;
  /** The most bytes that a request body may have; 1 MiB by default. */
  readonly bodyLimit?: number | undefined;
  /** The most bytes that a body of push or pull may have, also decompressed; 16 MiB by default. */
  readonly syncBodyLimit?: number | undefined;
  /** Told of every error that is the server's own; never of a refusal. */
  readonly onError?: ((error: Error) => void) | undefined;
  /** Told of every answer; of nothing that is secret. */
  readonly onAnswer?: ((answer: Answered) => void) | undefined;
}

/** A request that was answered, as a log may keep it: no query, no id, no header, no body. */
export interface Answered {
  /** `POST` */
  readonly method: string;
  /** The path of the call as 9.4 writes it, with `:id` for an id; undefined where it is no call. */
  readonly path: string | undefined;
  /** The status of the answer. */
  readonly status: number;
  /** From the request to the answer. */
  readonly milliseconds: number;
}

/** A server: one function from request to response, for any HTTP host. */
export interface Server {
  /**
   * Answers a request; it never throws.
   *
   * @param caller - where the request comes from; without, nothing is counted by network address
   */
  fetch(request: Request, caller?: Caller): Promise<Response>;
}

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
  const routes = routesOf(context);
  if (options.onAnswer !== undefined) app.use(reportTo(options.onAnswer, routes));
  app.use('/auth/*', async (c, next) => {
    c.header('cache-control', 'no-store');
    await next();
  });
  for (const [method, path, handle] of routes) {
    app.on(method, path, limitTo(bodyLimitOf(context, path)), (c) => handle(context, c));
  }
  for (const [, path] of routes) {
    const methods = routes.filter(([, other]) => other === path).map(([method]) => method);
    const headers = { allow: methods.join(', ') };
    const refusal = new Refusal('method', 'this path has no such method', undefined, headers);
    app.all(path, (c) => answer(c, refusal));
  }
  app.notFound((c) => answer(c, new Refusal('not-found', 'there is no such call')));
  app.onError((error, c) => {
    if (error instanceof Refusal) return answer(c, error);
    if (isHangUp(error)) return answer(c, new Refusal('malformed', 'the body ended before it should'));
    context.onError(error);
    return answer(c, new Refusal('internal', 'the server failed'));
  });
  return { fetch: async (request, caller = {}) => await app.fetch(request, caller) };
}

/** Where a request says how long its body is, nobody has to count it as it comes: then the host reads it at once. */
function limitTo(maxSize: number): MiddlewareHandler {
  const counted = bodyLimit({ maxSize, onError: (c) => answer(c, tooLarge(maxSize)) });
  return async (c, next) => {
    const { method } = c.req;
    const isSaid = c.req.header('transfer-encoding') === undefined;
    const length = method === 'GET' || method === 'HEAD' ? '0' : c.req.header('content-length');
    if (!isSaid || length === undefined) return await counted(c, next);
    if (Number(length) > maxSize) return answer(c, tooLarge(maxSize));
    await next();
    return undefined;
  };
}

/** A path as it was sent may hold anything; the path of a call as 9.4 writes it holds no secret. */
function reportTo(onAnswer: (answer: Answered) => void, routes: readonly Route[]): MiddlewareHandler {
  const paths = new Set(routes.map(([, path]) => path));
  return async (c, next) => {
    const start = performance.now();
    await next();
    const path = matchedRoutes(c).find((route) => paths.has(route.path))?.path;
    const milliseconds = performance.now() - start;
    onAnswer({ method: c.req.method, path, status: c.res.status, milliseconds });
  };
}

function createContext(options: ServerOptions): ServerContext {
  const steps = options.steps ?? createStepsOver(native, options.profile);
  const random = options.random ?? steps.primitives.random;
  const store = options.store ?? createMemoryStore();
  const now = options.now ?? Date.now;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  return {
    steps,
    random,
    store,
    mailer: options.mailer,
    onError: options.onError ?? (() => undefined),
    now,
    counters: createCounters(limits, now),
    addStarter: createStarters(store, limits),
    lifetimes: {
      starter: 5 * MINUTE,
      confirmation: 24 * 60 * MINUTE,
      code: 30 * MINUTE,
      ...options.lifetimes,
    },
    publicUrl: options.publicUrl,
    decoySecret: store.secret(random(KEY_BYTES)),
    bodyLimit: options.bodyLimit ?? BODY_BYTES,
    syncBodyLimit: options.syncBodyLimit ?? SYNC_BODY_BYTES,
  };
}

/** What reading a body fails with when the caller is gone: no failure of ours, and nobody reads the answer. */
const isHangUp = (error: Error): boolean => (error as NodeJS.ErrnoException).code === 'ECONNRESET';

function answer(c: Context, { code, message, field, headers }: Refusal): Response {
  const body = { error: code, message, ...(field !== undefined && { field }) };
  return c.json(body, statusOf(code) as ContentfulStatusCode, headers);
}
