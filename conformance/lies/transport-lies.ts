/** Answers that are wrong as answers, whatever the call: statuses, media types, bodies, connections (chapter 9). */
import type { Stage } from '../../reference/index.ts';
import type { Circumstances, Lie } from '../peer/lies.ts';

/** A row: what the server does to one call, and what the client must make of it. */
export interface TransportLie {
  /** Unique; the last part of the check's id. */
  readonly id: string;
  /** What a client must do about it, as a sentence. */
  readonly title: string;
  /** The requirements that a client breaks by doing otherwise. */
  readonly requirements: readonly string[];
  /** The stages at which it may be refused; none where it is to be taken. */
  readonly stages: readonly Stage[];
  readonly tell: Lie['tell'];
}

const MEBIBYTE = 1024 * 1024;
/** The most that a client takes of one answer of a pull, in bytes, and more than any takes (9.8). */
const [ENOUGH, TOO_MUCH] = [63 * MEBIBYTE, 101 * MEBIBYTE];

const utf8 = new TextEncoder();

interface FailureStatus {
  readonly code: number;
  readonly stages: readonly Stage[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The statuses that a pull is answered with, each with the honest answer as its body. */
export const FAILURES: readonly FailureStatus[] = [
  { code: 500, stages: ['network'] },
  { code: 503, stages: ['network'], headers: { 'retry-after': '1' } },
  { code: 429, stages: ['network'], headers: { 'retry-after': '1' } },
  { code: 403, stages: ['state'] },
  { code: 409, stages: ['state'] },
];

/** What a client goes by must be the status. */
const status = ({ code, stages, headers = {} }: FailureStatus): TransportLie => ({
  id: `status-${String(code)}`,
  title: `An answer with status ${String(code)} is a failure, whatever its body says.`,
  requirements: ['HTTP-13', 'HTTP-22'],
  stages,
  tell: async ({ honest }) => ({ status: code, headers, body: JSON.stringify(await honest()) }),
});

const HTML = '<!doctype html><title>Welcome</title><p>Please log in to this network first.</p>';

/** What a body of another kind is answered with: status 200, and `application/json` unless something else is said. */
const body = (
  id: string,
  what: string,
  stages: readonly Stage[],
  make: (honest: string) => string | Uint8Array<ArrayBuffer>,
): TransportLie => ({
  id,
  title: `A client refuses ${what}, and works on.`,
  requirements: ['HTTP-09', 'HTTP-22'],
  stages,
  tell: async ({ honest }) => ({ body: make(JSON.stringify(await honest())) }),
});

/** Bytes one after the other; a pause of some milliseconds before each. */
async function* dripping(text: string, parts: number, pause: number): AsyncGenerator<Uint8Array> {
  const bytes = utf8.encode(text);
  const length = Math.ceil(bytes.length / parts);
  for (let at = 0; at < bytes.length; at += length) {
    await new Promise((done) => setTimeout(done, pause));
    yield bytes.subarray(at, at + length);
  }
}

/** JSON white space from one buffer, as much of it as is wanted, and then an answer. */
async function* padded(answer: string, length: number): AsyncGenerator<Uint8Array> {
  const spaces = new Uint8Array(MEBIBYTE).fill(0x20);
  for (let sent = 0; sent < length; sent += spaces.length) yield spaces;
  yield await Promise.resolve(utf8.encode(answer));
}

const streamed = async (
  { honest }: Circumstances,
  stream: (answer: string) => AsyncGenerator<Uint8Array>,
) => ({ body: ReadableStream.from<Uint8Array>(stream(JSON.stringify(await honest()))) });

/** The first half of an answer, and then nothing but what `end` does. */
async function* half(answer: string, end: () => void | Promise<void>): AsyncGenerator<Uint8Array> {
  yield utf8.encode(answer.slice(0, answer.length / 2));
  await new Promise((done) => setTimeout(done, 50));
  await end();
}

/** Told of every call that the check makes: to a pull, which carries a session and brings documents. */
export const transportLies: readonly TransportLie[] = [
  ...FAILURES.map(status),
  {
    id: 'html-error',
    title: 'A client takes a page with status 502 for a failure, and works on.',
    requirements: ['HTTP-13', 'HTTP-22'],
    stages: ['network'],
    tell: () => ({ status: 502, headers: { 'content-type': 'text/html' }, body: HTML }),
  },
  {
    id: 'html',
    title: 'A client refuses a page in place of an answer, and works on.',
    requirements: ['HTTP-09', 'HTTP-22'],
    stages: ['network', 'encoding'],
    tell: () => ({ headers: { 'content-type': 'text/html' }, body: HTML }),
  },
  {
    id: 'media-type',
    title: 'A client refuses an answer of another media type, whatever its body says.',
    requirements: ['HTTP-24', 'HTTP-22'],
    stages: ['network'],
    tell: async ({ honest }) => ({
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(await honest()),
    }),
  },
  body('json-cut', 'JSON without its last byte', ['encoding'], (honest) => honest.slice(0, -1)),
  body('json-trailing', 'JSON with more behind it', ['encoding'], (honest) => `${honest}}`),
  body('empty', 'an answer of no bytes where JSON must come', ['encoding', 'network'], () => ''),
  body('not-utf8', 'JSON that is not UTF-8', ['encoding'], (honest) =>
    Uint8Array.from([...utf8.encode(honest.slice(0, -1)), ...utf8.encode(',"more":"'), 0xff, 0x22, 0x7d]),
  ),
  body('array', 'an array in place of an object', ['schema'], () => '[]'),
  body('null', 'null in place of an object', ['schema'], () => 'null'),
  body('member-missing', 'an answer without one of its members', ['schema'], (honest) =>
    JSON.stringify({ ...(JSON.parse(honest) as object), updatedResources: undefined }),
  ),
  body('member-of-another-kind', 'an answer with an object where a list must be', ['schema'], (honest) =>
    JSON.stringify({ ...(JSON.parse(honest) as object), createdResources: {} }),
  ),
  {
    id: 'reset',
    title: 'A client reports a connection that is cut before the answer, and works on.',
    requirements: ['HTTP-22'],
    stages: ['network'],
    tell({ hangUp }) {
      hangUp();
      return { body: '' };
    },
  },
  {
    id: 'reset-halfway',
    title: 'A client reports a connection that is cut in the middle of the answer, and works on.',
    requirements: ['HTTP-09', 'HTTP-22'],
    stages: ['network'],
    tell: (given) => streamed(given, (answer) => half(answer, given.hangUp)),
  },
  {
    id: 'large',
    title: `A client takes an answer of a pull of ${String(ENOUGH / MEBIBYTE)} MiB.`,
    requirements: ['HTTP-21'],
    stages: [],
    tell: (given) => streamed(given, (answer) => padded(answer, ENOUGH)),
  },
  {
    id: 'too-large',
    title: `A client does not read an answer of ${String(TOO_MUCH / MEBIBYTE)} MiB to its end, and works on.`,
    requirements: ['HTTP-21'],
    stages: ['network'],
    tell: (given) => streamed(given, (answer) => padded(answer, TOO_MUCH)),
  },
];

/** The same for a client that is told how long to wait, in milliseconds without a byte. */
export const slowLies = (patience: number): readonly TransportLie[] => [
  {
    id: 'stalled',
    title: 'A client gives up a call that is not answered, and works on.',
    requirements: ['HTTP-20', 'HTTP-22'],
    stages: ['network'],
    tell: async ({ hungUp }) => {
      await hungUp();
      return { body: '' };
    },
  },
  {
    id: 'stalled-halfway',
    title: 'A client gives up an answer that goes no further, and works on.',
    requirements: ['HTTP-20', 'HTTP-22'],
    stages: ['network'],
    tell: (given) => streamed(given, (answer) => half(answer, given.hungUp)),
  },
  {
    id: 'slow',
    title: 'A client takes a slow answer that goes on, however long it takes in all.',
    requirements: ['HTTP-20'],
    stages: [],
    tell: (given) => streamed(given, (answer) => dripping(answer, 8, patience / 4)),
  },
];
