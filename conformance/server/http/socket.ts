/** The suite as whoever writes to a port: bytes as they are, in pieces, and the answers that come back (9.1, RFC 9112). */
import { connect as plain, type Socket } from 'node:net';
import { connect as secure } from 'node:tls';

/** Bytes, text in UTF-8, or milliseconds to wait. */
export type Piece = string | Uint8Array | number;

/** An answer on a connection. */
export interface RawAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** What came of it. */
  readonly body: string;
}

/** What is said on a connection, and how long an answer is waited for. */
export interface Talk {
  readonly pieces: readonly Piece[];
  /** The methods of the requests, in order: their answers are waited for. */
  readonly methods: readonly string[];
  /** Milliseconds without a byte after which no more is waited for. */
  readonly silence: number;
  /** Ends the connection as soon as everything is sent. */
  readonly hangUp?: boolean;
}

/** @returns the answers, as many as came until the connection was closed or silent */
export async function talk(server: string, { pieces, methods, silence, hangUp }: Talk): Promise<RawAnswer[]> {
  const socket = connected(new URL(server));
  const came: Buffer[] = [];
  const answers = (): Answers => answersIn(Buffer.concat(came), methods);
  const spoken = pieces.reduce<number>((sum, piece) => sum + (typeof piece === 'number' ? piece : 0), 0);
  return await new Promise((done) => {
    socket.setTimeout(silence, () => socket.destroy());
    const limit = setTimeout(() => socket.destroy(), TIMES * (spoken + Math.max(silence, PATIENCE)));
    let length = 0;
    socket.on('data', (bytes: Buffer) => {
      length += bytes.length;
      if (length > MOST) return void socket.destroy();
      came.push(bytes);
      const { whole } = answers();
      if (whole >= methods.length) socket.destroy();
    });
    socket.on('error', () => undefined); // whoever hears no request may hang up
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(limit);
      done(answers().answers);
    });
    void write(socket, pieces).then(() => {
      if (hangUp === true) setTimeout(() => socket.destroy(), MOMENT);
    });
  });
}

/** The most that is read of one connection, in bytes. */
const MOST = 1024 * 1024;
/** How many times all of it may take the time of what is sent and of the silence, which counts as so many milliseconds at least. */
const TIMES = 3;
const PATIENCE = 5000;

/** Milliseconds in which what was written leaves. */
const MOMENT = 30;

function connected({ protocol, hostname, port }: URL): Socket {
  const host = hostname.replaceAll(/^\[|\]$/g, '');
  if (protocol === 'https:') return secure({ host, port: Number(port || 443), servername: host });
  return plain({ host, port: Number(port || 80), noDelay: true });
}

async function write(socket: Socket, pieces: readonly Piece[]): Promise<void> {
  for (const piece of pieces)
    if (typeof piece === 'number') await new Promise((waited) => setTimeout(waited, piece));
    else if (!socket.destroyed) socket.write(piece);
}

interface Answers {
  readonly answers: RawAnswer[];
  /** How many of them are complete as far as they say how long they are. */
  readonly whole: number;
}

/** The answers in what came, each to the request of a method; those that only say to go on (1xx) are left out. */
function answersIn(bytes: Buffer, methods: readonly string[]): Answers {
  const answers: RawAnswer[] = [];
  let whole = 0;
  for (let rest = bytes; ;) {
    const end = rest.indexOf('\r\n\r\n');
    const head = rest.subarray(0, end).toString('latin1');
    const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(head)?.[1] ?? NaN);
    if (end < 0 || Number.isNaN(status)) return { answers, whole };
    rest = rest.subarray(end + 4);
    if (status < 200) continue;
    const headers = headersIn(head);
    const bodyless = methods[answers.length] === 'HEAD' || status === 204 || status === 304;
    const { body, after } = bodyless ? { body: '', after: rest } : bodyIn(rest, headers);
    answers.push({ status, headers, body });
    if (after === undefined) return { answers, whole };
    whole++;
    rest = after;
  }
}

const headersIn = (head: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.replace(/^[^:]*:\s*/, '').trimEnd()]),
  );

/** A body, and what comes after it; nothing comes after one that is not complete, or ends with the connection. */
function bodyIn(
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
): { readonly body: string; readonly after?: Buffer } {
  if (headers['transfer-encoding']?.toLowerCase() === 'chunked') return chunksIn(bytes);
  const length = Number(headers['content-length'] ?? NaN);
  const body = bytes.subarray(0, Number.isNaN(length) ? undefined : length).toString();
  return bytes.length >= length ? { body, after: bytes.subarray(length) } : { body };
}

function chunksIn(bytes: Buffer): { readonly body: string; readonly after?: Buffer } {
  const parts: Buffer[] = [];
  for (let rest = bytes; ;) {
    const end = rest.indexOf('\r\n');
    const size = end < 0 ? NaN : parseInt(rest.subarray(0, end).toString('latin1'), 16);
    const next = end + 2 + size + 2;
    if (Number.isNaN(size) || rest.length < next) return { body: Buffer.concat(parts).toString() };
    parts.push(rest.subarray(end + 2, end + 2 + size));
    rest = rest.subarray(next);
    if (size === 0) return { body: Buffer.concat(parts).toString(), after: rest };
  }
}
