/** What arrives at a port and is no request, or not all of one (9.2, 9.5, RFC 9112). */
import { gzipSync } from 'node:zlib';
import type { Piece } from './socket.ts';

/** How a request is written for a server. */
export interface Writer {
  /** A request line and headers of a call, up to the empty line; `more` are header lines, each with its end. */
  head(method: string, path: string, more?: string): string;
  /** The header line of a session. */
  readonly session: string;
}

/** Bytes on one connection. */
export interface Row {
  readonly what: string;
  readonly pieces: readonly Piece[];
  /** Whether whoever sends it hangs up at once. */
  readonly hangUp?: boolean;
}

const JSON_TYPE = 'content-type: application/json\r\n';
const LONG = 100_000;

/** A POST with a body of a length, followed by what there is of it. */
const post = ({ head, session }: Writer, path: string, length: number | string, more = ''): string =>
  head('POST', path, `${session}${JSON_TYPE}content-length: ${length}\r\n${more}`);

/** Lines and headers that are none, and some that are unusual. */
function wrongHeads(writer: Writer): Readonly<Record<string, string>> {
  const { head } = writer;
  const whoami = (more: string): string => head('GET', '/auth/whoami', more);
  const plain = whoami('');
  return {
    'empty lines': '\r\n\r\n\r\n',
    'a word': 'hello\r\n\r\n',
    'the beginning of TLS': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'a method of no protocol': plain.replace('GET', 'MAKE'),
    'a method with a character that none has': plain.replace('GET', 'G@T'),
    'a method of tunnels': 'CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n',
    'a method of echoes': plain.replace('GET', 'TRACE'),
    'no host': plain.replace(/host: [^\r]*\r\n/, ''),
    'a host that is none': plain.replace(/host: [^\r]*/, 'host: ['),
    'two hosts': plain.replace(/(host: [^\r]*\r\n)/, '$1$1'),
    'a whole URL': plain.replace(/GET \S+/, 'GET http://elsewhere.example/auth/whoami'),
    'a path that does not begin with a slash': plain.replace(/GET \S+/, 'GET auth'),
    'a path of bytes that are no text': plain.replace('/whoami', '/\xff\xfe\x01'),
    'a path with a zero': plain.replace('/whoami', '/who\0ami'),
    'a star for a path': plain.replace(/GET \S+/, 'OPTIONS *'),
    'another version': plain.replace('HTTP/1.1', 'HTTP/9.9'),
    'an old version': plain.replace('HTTP/1.1', 'HTTP/1.0'),
    'a header without a colon': whoami('x-nothing\r\n'),
    'a header without a name': whoami(': x\r\n'),
    'a header that goes on in the next line': whoami('x: a\r\n b\r\n'),
    'a header with a zero': whoami('x: a\0b\r\n'),
    'a header of bytes that are no text': whoami('x-session-id: \xff\xfe\r\n'),
    'two sessions': whoami(`x-session-id: a\r\nx-session-id: b\r\n`),
    'ten thousand headers': whoami('x: y\r\n'.repeat(10_000)),
    'a header without an end': whoami(`x: ${'x'.repeat(LONG)}`).slice(0, -4),
    'a line without an end': `GET /${'x'.repeat(LONG)}`,
    'an upgrade': whoami('connection: upgrade\r\nupgrade: websocket\r\n'),
    'another protocol': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  };
}

/** Bodies whose length is none, or not that of what comes. */
function wrongLengths(writer: Writer): Readonly<Record<string, string>> {
  const { head } = writer;
  const chunked = head('POST', '/auth/login-s', `${JSON_TYPE}transfer-encoding: chunked\r\n`);
  return {
    'a length that is no number': post(writer, '/auth/login-s', 'two'),
    'a negative length': post(writer, '/auth/login-s', -1),
    'a length of many digits': post(writer, '/auth/login-s', '9'.repeat(40)),
    'a length of a petabyte': `${post(writer, '/sync/push', 2 ** 50)}[`,
    'two lengths': `${post(writer, '/auth/login-s', 3, 'content-length: 4\r\n')}{}{}`,
    'chunks of no length': `${chunked}zz\r\n{}\r\n0\r\n\r\n`,
    'a chunk of a petabyte': `${chunked}4000000000000\r\n{}`,
    'a chunk that is longer than it says': `${chunked}1\r\n{}\r\n0\r\n\r\n`,
    'an encoding of transfer that there is none of': `${head('POST', '/auth/login-s', 'transfer-encoding: x\r\n')}{}`,
    'a question before the body': `${post(writer, '/auth/login-s', 2, 'expect: 100-continue\r\n')}{}`,
    'an expectation that nobody has': `${post(writer, '/auth/login-s', 2, 'expect: a-miracle\r\n')}{}`,
  };
}

const GZIP = 'content-encoding: gzip\r\n';

/** Bodies that end before they should. */
const cutBodies = (writer: Writer): readonly Row[] =>
  ['/auth/login-s', '/auth/signup', '/sync/push'].flatMap((path) =>
    [
      { what: 'nothing', pieces: [post(writer, path, 100)] },
      { what: 'half', pieces: [post(writer, path, 100), '{"email":'] },
      {
        what: 'half of something compressed',
        pieces: [post(writer, path, 1000, GZIP), gzipSync(Buffer.alloc(5000)).subarray(0, 10)],
      },
    ].map(({ what, pieces }) => ({ what: `${what} of a body of ${path}`, pieces, hangUp: true })),
  );

/** All of them. */
export const noRequests = (writer: Writer): readonly Row[] => [
  ...Object.entries({ ...wrongHeads(writer), ...wrongLengths(writer) }).map(([what, text]) => ({
    ...{ what, pieces: [Buffer.from(text, 'latin1')] },
  })),
  ...cutBodies(writer),
];

/** A request that is refused, with a body in which another request stands. */
export interface HidingRow extends Row {
  /** Whether its length is that of its body, so that the connection can be used again. */
  readonly framed: boolean;
}

/** Refused requests in whose body `hidden` stands, or after a body whose length can be read in two ways. */
export function hidingRequests({ head, session }: Writer, hidden: string): readonly HidingRow[] {
  const length = `content-length: ${hidden.length}\r\n`;
  const refused: Readonly<Record<string, string>> = {
    'at a path that there is not': head('POST', '/no-such-path', `${JSON_TYPE}${length}`),
    'with a method that the path does not have': head('PUT', '/auth/login-s', `${JSON_TYPE}${length}`),
    'of another media type': head('POST', '/auth/login-s', `content-type: text/plain\r\n${length}`),
    'in an unknown encoding': head(
      ...(['POST', '/auth/login-s', `${JSON_TYPE}content-encoding: br\r\n${length}`] as const),
    ),
    'that is no JSON': head('POST', '/auth/login-s', `${JSON_TYPE}${length}`),
    'without a session': head('POST', '/auth/reset', `${JSON_TYPE}${length}`),
    'with a GET without a session': head('GET', '/auth/whoami', length),
  };
  const size = `${hidden.length.toString(16)}\r\n`;
  const both = (bytes: number): string =>
    head('POST', '/auth/login-s', `${JSON_TYPE}content-length: ${bytes}\r\ntransfer-encoding: chunked\r\n`);
  const misread: Readonly<Record<string, string>> = {
    'after chunks, within the length': `${both(5 + hidden.length)}0\r\n\r\n${hidden}`,
    'in a chunk, after the length': `${both(size.length)}${size}${hidden}\r\n0\r\n\r\n`,
    'after the first of two lengths': `${head('POST', '/auth/login-s', `${JSON_TYPE}content-length: 0\r\n${length}`)}${hidden}`,
    'in a body that is far too long': `${head('POST', '/auth/login-s', `${session}${JSON_TYPE}content-length: ${2 ** 40}\r\n`)}${hidden}`,
  };
  return [
    ...Object.entries(refused).map(([what, text]) => ({ what, pieces: [text, hidden], framed: true })),
    ...Object.entries(misread).map(([what, text]) => ({ what, pieces: [text], framed: false })),
  ];
}
