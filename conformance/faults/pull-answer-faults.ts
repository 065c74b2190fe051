/** Clients that take for an answer of a pull what is none, each in one way, and those that wait for one too long (chapter 9). */
import type { Fetch } from '../../reference/index.ts';
import { referenceVerbs } from '../target/reference-target.ts';
import { withFetch, type ClientFault } from './client-parts.ts';
import { FAILURES } from '../lies/transport-lies.ts';

export const isPull = ({ url }: Request): boolean => new URL(url).pathname === '/sync/pull';

export const NOTHING_NEW = { updatedResources: [], createdResources: [], idsToPush: [], idsToRemove: [] };

/** What is made of an answer; undefined where it is read as it must be. */
type Reading = (body: Uint8Array<ArrayBuffer>, response: Response) => unknown;

const readingPulls =
  (read: Reading): Fetch =>
  async (request) => {
    const response = await fetch(request);
    if (!isPull(request)) return response;
    const body = new Uint8Array(await response.arrayBuffer());
    const answer = read(body, response);
    return answer === undefined ? new Response(body, response) : Response.json(answer);
  };

const isText = (body: Uint8Array): boolean => Buffer.from(Buffer.from(body).toString()).equals(body);
const textOf = (body: Uint8Array): string => Buffer.from(body).toString();

/** Undefined where it is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

type Members = Readonly<Record<string, unknown>>;
const membersOf = (body: Uint8Array): Members | undefined => {
  const json = jsonOf(textOf(body));
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Members) : undefined;
};
const NAMES = Object.keys(NOTHING_NEW);
const media = ({ headers }: Response): string | null => headers.get('content-type');

/** Some bodies with status 200 that are no answer: what is made of one, and undefined for every other. */
const bodies: readonly (readonly [id: string, what: string, requirement: string, read: Reading])[] = [
  [
    'html',
    'a page for an answer that brings nothing',
    'HTTP-09',
    (body, response) =>
      response.ok && media(response) === 'text/html' && textOf(body).startsWith('<')
        ? NOTHING_NEW
        : undefined,
  ],
  [
    'media-type',
    'JSON that comes as plain text',
    'HTTP-24',
    (body, response) => (media(response) === 'text/plain' ? jsonOf(textOf(body)) : undefined),
  ],
  [
    'json-cut',
    'JSON whose end is missing',
    'HTTP-09',
    (body) => (textOf(body) === '' ? undefined : jsonOf(`${textOf(body)}}`)),
  ],
  ['json-trailing', 'JSON with more behind it', 'HTTP-09', (body) => jsonOf(textOf(body).slice(0, -1))],
  [
    'empty',
    'an empty body for nothing new',
    'HTTP-09',
    (body) => (body.length === 0 ? NOTHING_NEW : undefined),
  ],
  ['not-utf8', 'what is not UTF-8', 'HTTP-09', (body) => (isText(body) ? undefined : jsonOf(textOf(body)))],
  [
    'array',
    'a list for nothing new',
    'HTTP-09',
    (body) => (Array.isArray(jsonOf(textOf(body))) ? NOTHING_NEW : undefined),
  ],
  ['null', 'null for nothing new', 'HTTP-09', (body) => (textOf(body) === 'null' ? NOTHING_NEW : undefined)],
  [
    'member-missing',
    'a list that is missing for an empty one',
    'HTTP-09',
    (body) => {
      const members = membersOf(body);
      const lacks = members !== undefined && NAMES.some((name) => !(name in members));
      return lacks && !('error' in members) ? { ...NOTHING_NEW, ...members } : undefined;
    },
  ],
  [
    'member-of-another-kind',
    'an object for an empty list',
    'HTTP-09',
    (body) => {
      const members = membersOf(body);
      if (members === undefined || !NAMES.some((name) => name in members && !Array.isArray(members[name])))
        return undefined;
      const lists = Object.entries(members).map(([name, list]) => [name, Array.isArray(list) ? list : []]);
      return Object.fromEntries(lists) as object;
    },
  ],
];

/** Takes what a connection that broke off has brought for nothing new. @param isBegun - whether an answer had begun */
const takingBreaks =
  (isBegun: boolean): Fetch =>
  async (request) => {
    if (!isPull(request)) return await fetch(request);
    let begun = false;
    try {
      const response = await fetch(request);
      begun = true;
      return new Response(await response.arrayBuffer(), response);
    } catch (error) {
      if (begun !== isBegun) throw error;
      return Response.json(NOTHING_NEW);
    }
  };

/** Milliseconds that some wait beyond what they are told. */
const LONGER = 4_000;

/** Fails where something takes longer than it may. */
async function within<T>(patience: number, step: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, giveUp) => {
    timer = setTimeout(giveUp, patience, new Error('it takes too long'));
  });
  return await Promise.race([step, late]).finally(() => {
    clearTimeout(timer);
  });
}

/** The bytes of an answer, each of which must come in time. */
async function* coming(body: ReadableStream<Uint8Array>, patience: number): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await within(patience, reader.read());
    if (done) return;
    yield value;
  }
}

/** Waits longer than it is told, but where it gives up itself. */
function waitingLonger(
  id: string,
  what: string,
  pull: (request: Request, patience: number) => Promise<Response>,
): ClientFault {
  const create: ClientFault['create'] = (base) => {
    const told = new Map<string, number>();
    let patience: number | undefined;
    const own = referenceVerbs({
      steps: base,
      fetch: async (request) =>
        patience === undefined || !isPull(request) ? await fetch(request) : await pull(request, patience),
    });
    return {
      ...own,
      async login({ patience: few, ...params }) {
        const more = few === undefined ? {} : { patience: few + LONGER };
        const result = await own.login({ ...params, ...more });
        if (few !== undefined) told.set(result.session, few);
        return result;
      },
      pull(params) {
        patience = told.get(params.session);
        return own.pull(params);
      },
    };
  };
  const title = `waits longer ${what} than it is told to`;
  return { id: `waits-longer.${id}`, title, requirement: 'HTTP-20', create };
}

export const pullAnswerFaults: readonly ClientFault[] = [
  ...FAILURES.map(({ code }) => ({
    id: `pull-taken.status-${String(code)}`,
    title: `takes the answer of a pull with status ${String(code)} for success`,
    requirement: 'HTTP-13',
    create: withFetch(
      readingPulls((body, { status }) => (status === code ? jsonOf(textOf(body)) : undefined)),
    ),
  })),
  {
    id: 'pull-taken.html-error',
    title: 'takes a page with status 502 for an answer that brings nothing',
    requirement: 'HTTP-13',
    create: withFetch(readingPulls((_body, { status }) => (status === 502 ? NOTHING_NEW : undefined))),
  },
  ...bodies.map(([id, what, requirement, read]) => ({
    id: `pull-taken.${id}`,
    title: `takes in a pull ${what}`,
    requirement,
    create: withFetch(readingPulls(read)),
  })),
  {
    id: 'pull-taken.reset-halfway',
    title: 'takes an answer of a pull that breaks off for one that brings nothing',
    requirement: 'HTTP-09',
    create: withFetch(takingBreaks(true)),
  },
  {
    id: 'pull-taken.reset',
    title:
      'reports a pull whose connection breaks before the answer as one that brought nothing, and makes no call after it',
    requirement: 'HTTP-22',
    create: withFetch(takingBreaks(false)),
  },
  waitingLonger('begin', 'for an answer to begin', async (request, patience) => {
    const response = await fetch(request);
    const body = response.body as ReadableStream<Uint8Array> | null;
    return body === null ? response : new Response(ReadableStream.from(coming(body, patience)), response);
  }),
  waitingLonger('go-on', 'for an answer to go on', (request, patience) => within(patience, fetch(request))),
];
