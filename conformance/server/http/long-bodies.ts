/** Bodies that are longer than any server takes them, byte by byte on a connection (9.8, HTTP-18). */
import type { HttpCall } from '../../../spec/calls.ts';
import type { Row, Writer } from './socket-rows.ts';

/** A body that is too long. */
export interface LongRow extends Row {
  /** How it may be refused. */
  readonly statuses: readonly number[];
}

/** How many times as long as every server takes it: a server may take more than it must. */
const TIMES = 16;

/** All of a body in parts of this one, so that it takes no memory. */
const PART = Buffer.alloc(1024 * 1024, ' ');
const END = Buffer.from('\r\n');

/** @param calls - those with a body, each with how much of it every server takes */
export const tooLongBodies = (writer: Writer, calls: readonly HttpCall[]): readonly LongRow[] =>
  calls.flatMap(({ method, path: written, maxRequestBytes = 0 }) => {
    const path = written.replace('{id}', 'no_such_group');
    const parts = Array<Buffer>(Math.ceil((TIMES * maxRequestBytes) / PART.length)).fill(PART);
    const head = (more: string): string =>
      writer.head(method, path, `${writer.session}content-type: application/json\r\n${more}\r\n`);
    const length = head(`content-length: ${parts.length * PART.length}`);
    const size = Buffer.from(`${PART.length.toString(16)}\r\n`);
    return [
      {
        what: `${method} ${path} with a body of ${parts.length} MiB`,
        pieces: [length, ...parts],
        statuses: [413],
      },
      {
        what: `${method} ${path} with a body of ${parts.length} MiB in chunks`,
        pieces: [
          head('transfer-encoding: chunked'),
          ...parts.flatMap((part) => [size, part, END]),
          '0\r\n\r\n',
        ],
        statuses: [413, 411], // the second from who takes no chunks
      },
    ];
  });
