/** Clients that take for an answer what is none (chapter 9). */
import { request as httpsRequest } from 'node:https';
import { findFault, type Fetch } from '../../reference/index.ts';
import { LOGIN_M1, WHOAMI } from '../peer/calls.ts';
import { kindOf } from '../peer/lies.ts';
import { completing } from './answer-faults.ts';
import { isPull, NOTHING_NEW } from './pull-answer-faults.ts';
import { withFetch, withOverrides, withVerbs, type ClientFault } from './client-parts.ts';

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

/** Follows the redirects of one call with all that it has. */
const following =
  (call: string): Fetch =>
  async (request) => {
    const body = request.method === 'GET' ? null : await request.clone().text();
    const response = await fetch(request);
    const location = response.headers.get('location');
    const { method, headers } = request;
    if (location === null || kindOf(request) !== call) return response;
    return await fetch(location, { method, headers, body });
  };

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
  ...[LOGIN_M1, WHOAMI, 'POST /sync/push'].map((call) => ({
    id: `redirects-followed.${call.split('/').at(-1) ?? ''}`,
    title: `follows a redirect of ${call} with all that it has`,
    requirement: 'HTTP-16',
    create: withFetch(following(call)),
  })),
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
