/** Reading requests: the media type, the encoding, the body against its schema, the session (9.2, 9.3). */
import type { Context } from 'hono';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { toHex, utf8 } from '../bytes.ts';
import { findFault } from '../messages.ts';
import { findIllFormed } from '../well-formed.ts';
import type { ServerContext } from './context.ts';
import { Refusal } from './refusal.ts';
import type { AccountRecord } from './store/records.ts';

/** The body of a request, checked against its schema. @throws Refusal `media-type`, `malformed` */
export async function parseBody(request: Context['req'], schema: string): Promise<unknown> {
  const bytes = await bytesOf(request);
  if (encodingOf(request) !== 'identity')
    throw new Refusal('media-type', 'the body must not be compressed in this call');
  return checkBody(schema, readJson(bytes));
}

/** The body of a call in which it may be compressed. @throws Refusal `media-type`, `malformed`, `too-large` */
export async function parseSyncBody(
  { syncBodyLimit }: ServerContext,
  request: Context['req'],
  schema: string,
): Promise<unknown> {
  const bytes = await bytesOf(request);
  const encoding = encodingOf(request);
  if (encoding === 'identity') return checkBody(schema, readJson(bytes));
  if (encoding !== 'gzip') throw new Refusal('media-type', 'the body must be plain or compressed with gzip');
  return checkBody(schema, readJson(await decompress(bytes, syncBodyLimit)));
}

/** A body that may be left out, for the empty object; above all that of a call that says nothing else (9.2). */
export async function parseOptionalBody(request: Context['req'], schema = 'empty'): Promise<unknown> {
  return (await request.arrayBuffer()).byteLength === 0 ? {} : await parseBody(request, schema);
}

/** The body of a call that needs one, of the right media type. */
async function bytesOf(request: Context['req']): Promise<ArrayBuffer> {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength === 0) throw new Refusal('malformed', 'the body is missing', '');
  if (!/^application\/json\s*(;|$)/i.test(request.header('content-type') ?? ''))
    throw new Refusal('media-type', 'the body must be application/json');
  return bytes;
}

const encodingOf = (request: Context['req']): string =>
  (request.header('content-encoding') ?? '').trim().toLowerCase() || 'identity';

/** The limit holds for what comes out too: a small body can hold a large one (9.8). */
async function decompress(bytes: ArrayBuffer, limit: number): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
    throw new Refusal('malformed', 'the body is not compressed with gzip');
  }
}

export const tooLarge = (limit: number): Refusal =>
  new Refusal('too-large', `the body has more than ${limit} bytes`);

function checkBody(schema: string, body: unknown): unknown {
  const fault = findFault(schema, body);
  if (fault !== undefined)
    throw new Refusal('malformed', `${fault.pointer || 'the body'} ${fault.reason}`, fault.pointer);
  const illFormed = findIllFormed(body);
  if (illFormed !== undefined)
    throw new Refusal('malformed', `${illFormed || 'the body'} holds half of a surrogate pair`, illFormed);
  return body;
}

function readJson(bytes: ArrayBuffer | Uint8Array): unknown {
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

/** What the store keeps in place of a bearer token: its SHA-256. No token of ours holds half a surrogate pair. */
export const hashOf = ({ steps }: ServerContext, token: string): string =>
  toHex(steps.primitives.sha256(utf8(token.toWellFormed())));
