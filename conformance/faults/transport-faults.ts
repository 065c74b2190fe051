/** Clients that take for an answer what is none (chapter 9). */
import { request as httpsRequest } from 'node:https';
import { findFault, type Fetch } from '../../reference/index.ts';
import { withFetch, withOverrides, withVerbs, type ClientFault } from './client-parts.ts';

const PULL = '/sync/pull';
const isPull = ({ url }: Request): boolean => new URL(url).pathname === PULL;

const NOTHING_NEW = { updatedResources: [], createdResources: [], idsToPush: [], idsToRemove: [] };

/** What comes of a body that is taken as far as it goes. */
async function readLoosely(response: Response): Promise<unknown> {
  try {
    const answer = JSON.parse(await response.text()) as unknown;
    return findFault('pull-response', answer) === undefined ? answer : NOTHING_NEW;
  } catch {
    return NOTHING_NEW;
  }
}

/** Sends a request to a host whatever certificate it shows. @returns the status */
async function sendToAnybody({ method, url }: Request, body: string): Promise<number> {
  return await new Promise((done, fail) => {
    const sent = httpsRequest(url, { method, rejectUnauthorized: false }, ({ statusCode = 0 }) => {
      done(statusCode);
    });
    sent.once('error', fail);
    sent.end(body);
  });
}

type Answer = Readonly<Record<string, unknown>>;

/** What an answer lacks is taken from the one before, or from what was sent; a list stands for the empty object. */
function completed(call: string, answer: unknown, known: Answer): unknown {
  if (!Array.isArray(answer)) return { ...known, ...(answer as Answer) };
  const ownerAccountId = `act_${'0'.repeat(64)}`;
  return call === 'GET /api/teams' ? answer.map((team: Answer) => ({ ownerAccountId, ...team })) : {};
}

/** Makes calls, and completes the JSON that comes. */
function completing(): Fetch {
  const before = new Map<string, Answer>();
  return async (request) => {
    const call = `${request.method} ${new URL(request.url).pathname}`;
    const sent = JSON.parse((await request.clone().text()) || '{}') as Answer;
    const response = await fetch(request);
    if (!response.ok || response.headers.get('content-type') !== 'application/json') return response;
    const answer = completed(call, await response.json(), { ...before.get(call), ...sent });
    if (!Array.isArray(answer)) before.set(call, answer as Answer);
    return Response.json(answer);
  };
}

export const transportFaults: readonly ClientFault[] = [
  {
    id: 'status-ignored',
    title: 'looks at the body of an answer and not at its status',
    requirement: 'HTTP-13',
    create: withFetch(async (request) => {
      const response = await fetch(request);
      return response.status < 300 ? response : Response.json(await readLoosely(response));
    }),
  },
  {
    id: 'status-unread',
    title: 'takes every answer for success that has the form of one',
    requirement: 'HTTP-13',
    create: withFetch(async (request) => {
      const response = await fetch(request);
      const { headers } = response;
      return response.status < 300 ? response : new Response(await response.arrayBuffer(), { headers });
    }),
  },
  {
    id: 'code-failure-hidden',
    title: 'reports that a code was mailed whatever the server answers',
    requirement: 'HTTP-13',
    profile: 'deployed',
    create: withVerbs((own) => ({
      sendCode: (params) => own.sendCode(params).catch(() => ({})),
    })),
  },
  {
    id: 'pull-failure-hidden',
    title: 'reports a pull that failed as one that brought nothing',
    requirement: 'HTTP-13',
    create: withVerbs((own) => ({
      pull: (params) => own.pull(params).catch(() => ({ resources: [], failed: [], conflicts: [] })),
    })),
  },
  {
    id: 'answers-completed',
    title: 'makes up what an answer lacks',
    requirement: 'HTTP-09',
    create: withOverrides(() => ({ fetch: completing() })),
  },
  {
    id: 'pull-read-loosely',
    title: 'takes an answer that it cannot read for one that holds nothing new',
    requirement: 'HTTP-09',
    create: withFetch(async (request) => {
      const response = await fetch(request);
      return isPull(request) && response.ok ? Response.json(await readLoosely(response)) : response;
    }),
  },
  {
    id: 'media-type-ignored',
    title: 'does not look at the media type of an answer',
    requirement: 'HTTP-24',
    create: withFetch(async (request) => {
      const response = await fetch(request);
      return response.ok ? Response.json(await response.json()) : response;
    }),
  },
  {
    id: 'upset-by-failure',
    title: 'does not make the call after one that has failed',
    requirement: 'HTTP-22',
    create: withVerbs((own) => {
      let upset = false;
      const once =
        <P, R>(verb: (params: P) => Promise<R>) =>
        async (params: P): Promise<R> => {
          if (upset) {
            upset = false;
            throw new Error('the connection is broken');
          }
          return await verb(params).catch((error: unknown) => {
            upset = true;
            throw error;
          });
        };
      return { login: once(own.login), whoami: once(own.whoami), push: once(own.push), pull: once(own.pull) };
    }),
  },
  {
    id: 'reads-little',
    title: 'reads no answer of more than 1 MiB',
    requirement: 'HTTP-21',
    create: withFetch(async (request) => {
      const response = await fetch(request);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length > 1024 * 1024) throw new Error('the answer is too long');
      return new Response(bytes, response);
    }),
  },
  {
    id: 'reads-everything',
    title: 'reads every answer to its end, however long it is',
    requirement: 'HTTP-21',
    create: withFetch(async (request) => {
      const response = await fetch(request);
      return response.ok ? Response.json(await response.json()) : response;
    }),
  },
  {
    id: 'waits-longer',
    title: 'waits longer for a byte than it is told to',
    requirement: 'HTTP-20',
    create: withVerbs((own) => ({
      login: ({ patience, ...params }) =>
        own.login({ ...params, ...(patience !== undefined && { patience: patience + 4_000 }) }),
    })),
  },
  {
    id: 'gives-up-what-goes-on',
    title: 'gives up an answer that has begun long ago and goes on',
    requirement: 'HTTP-20',
    create: withFetch(async (request) => {
      const response = await fetch(request);
      if (!isPull(request)) return response;
      const late = new Promise<never>((_, giveUp) => {
        setTimeout(giveUp, 600, new Error('it takes too long'));
      });
      const text = await Promise.race([response.text(), late]);
      return new Response(text, response);
    }),
  },
  {
    id: 'stage-missing',
    title: 'does not say at which stage it failed',
    requirement: 'ERROR-05',
    create: withVerbs((own) => {
      const bare = async <R>(result: Promise<R>): Promise<R> =>
        await result.catch((error: unknown) => {
          throw new Error((error as Error).message);
        });
      return { pull: (params) => bare(own.pull(params)), share: (params) => bare(own.share(params)) };
    }),
  },
  {
    id: 'redirects-followed',
    title: 'follows every redirect with all that it has',
    requirement: 'HTTP-16',
    create: withFetch(async (request) => {
      const body = request.method === 'GET' ? null : await request.clone().text();
      const response = await fetch(request);
      const location = response.headers.get('location');
      const { method, headers } = request;
      return location === null ? response : await fetch(location, { method, headers, body });
    }),
  },
  {
    id: 'plain-http-anywhere',
    title: 'speaks plain HTTP with every host',
    requirement: 'HTTP-01',
    create: withVerbs((own) => ({
      login: ({ server, ...params }) =>
        own.login({ ...params, server: server.replace('//0.0.0.0', '//127.0.0.1') }),
    })),
  },
  {
    id: 'certificate-unchecked',
    title: 'does not check the certificate of a server',
    requirement: 'HTTP-02',
    create: withFetch(async (request) => {
      if (!request.url.startsWith('https:')) return await fetch(request);
      const status = await sendToAnybody(request, await request.text());
      return Response.json({}, { status });
    }),
  },
];
