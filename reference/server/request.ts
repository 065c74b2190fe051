/** Reading requests: the media type, the body against its schema, the session. */
import type { Context } from 'hono';
import { toHex, utf8 } from '../bytes.ts';
import { findFault } from '../messages.ts';
import type { ServerContext } from './context.ts';
import { Refusal } from './refusal.ts';
import type { AccountRecord } from './store.ts';

/** The body of a request, checked against its schema. @throws Refusal `media-type`, `malformed` */
export async function parseBody(request: Context['req'], schema: string): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.header('content-type') ?? ''))
    throw new Refusal('media-type', 'the body must be application/json');
  if (!['', 'identity'].includes(request.header('content-encoding') ?? ''))
    throw new Refusal('media-type', 'the body must not be compressed in this call');
  return checkBody(schema, readJson(await request.arrayBuffer()));
}

/** A call that says nothing but its session has no body, or an empty object (9.2). */
export async function parseEmptyBody(request: Context['req']): Promise<void> {
  if ((await request.arrayBuffer()).byteLength > 0) await parseBody(request, 'empty');
}

function checkBody(schema: string, body: unknown): unknown {
  const fault = findFault(schema, body);
  if (fault === undefined) return body;
  throw new Refusal('malformed', `${fault.pointer || 'the body'} ${fault.reason}`, fault.pointer);
}

function readJson(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) as unknown;
  } catch {
    throw new Refusal('malformed', 'the body is not JSON in UTF-8');
  }
}

/** The account whose session the request carries. @throws Refusal `no-session` */
export function authorise(
  request: Context['req'],
  server: ServerContext,
): { account: AccountRecord; sessionHash: string } {
  const sessionHash = hashOf(server, request.header('x-session-id') ?? '');
  const account = server.store.accountById(server.store.sessionAccount(sessionHash) ?? '');
  if (account === undefined)
    throw new Refusal('no-session', 'X-Session-Id is missing, unknown or logged out');
  return { account, sessionHash };
}

/** What the store keeps in place of a bearer token: its SHA-256. */
export const hashOf = ({ steps }: ServerContext, token: string): string =>
  toHex(steps.primitives.sha256(utf8(token)));

/** The address as stored. @throws Refusal `not-normalized` unless the client has normalised it (4.1) */
export function requireNormalized({ steps }: ServerContext, email: string): void {
  if (!email.isWellFormed() || steps.email(email) !== email)
    throw new Refusal('not-normalized', 'email must be trimmed and lower-cased by the client', '/email');
}
