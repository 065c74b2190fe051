/** What faulty servers of push and pull are made of: whole answers taken apart and put together wrongly (8.5, 8.6). */
import { gunzipSync } from 'node:zlib';
import type {
  PullRequest,
  PullResponse,
  PushedResource,
  PushResponse,
  Server,
} from '../../reference/index.ts';
import { faulty } from './server-parts.ts';

/** A call as a faulty server makes it of its own: the same request with another body. */
type Again = (body: unknown) => Promise<Response>;

/** The calls of one path with a body that is JSON, compressed or not, answered by hand. */
const handled = (
  path: string,
  handle: (body: unknown, again: Again) => Promise<Response>,
): ReturnType<typeof faulty> =>
  faulty({
    around: (server) => async (request) => {
      if (new URL(request.url).pathname !== path) return await server.fetch(request);
      const body = await jsonIn(request.clone());
      if (body === undefined) return await server.fetch(request);
      const { url, method } = request;
      const headers = new Headers(request.headers);
      for (const name of ['content-encoding', 'content-length']) headers.delete(name);
      const again: Again = (body) =>
        server.fetch(new Request(url, { method, headers, body: JSON.stringify(body) }));
      return await handle(body, again);
    },
  });

/** Undefined where it is none. */
async function jsonIn(request: Request): Promise<unknown> {
  const bytes = Buffer.from(await request.arrayBuffer());
  try {
    const text = request.headers.get('content-encoding') === 'gzip' ? gunzipSync(bytes) : bytes;
    return JSON.parse(text.toString()) as unknown;
  } catch {
    return undefined;
  }
}

/** Pushes, answered by hand. */
export const pushing = (
  handle: (resources: readonly PushedResource[], again: Again) => Promise<Response>,
): ReturnType<typeof faulty> =>
  handled('/sync/push', (body, again) => handle(body as readonly PushedResource[], again));

/** Pulls, answered by hand. */
export const pulling = (
  handle: (request: PullRequest, again: Again) => Promise<Response>,
): ReturnType<typeof faulty> => handled('/sync/pull', (body, again) => handle(body as PullRequest, again));

/** The answers of pushes that succeed, changed. */
export const pushAnswers = (
  change: (answer: PushResponse, sent: readonly PushedResource[]) => PushResponse,
): ReturnType<typeof faulty> =>
  pushing(async (resources, again) => {
    const response = await again(resources);
    if (!response.ok) return response;
    return Response.json(change((await response.json()) as PushResponse, resources));
  });

/** The answers of pulls that succeed, changed. */
export const pullAnswers = (
  change: (answer: PullResponse, request: PullRequest) => PullResponse,
): ReturnType<typeof faulty> =>
  pulling(async (request, again) => {
    const response = await again(request);
    if (!response.ok) return response;
    return Response.json(change((await response.json()) as PullResponse, request));
  });

/** Pushes again, with the stored version, what met a conflict. */
export async function forced(
  resources: readonly PushedResource[],
  again: Again,
  answerOf: (first: PushResponse, second: PushResponse) => PushResponse,
  isForced: (resource: PushedResource, among: readonly PushedResource[]) => boolean = () => true,
): Promise<Response> {
  const response = await again(resources);
  if (!response.ok) return response;
  const first = (await response.json()) as PushResponse;
  const versions = new Map(first.conflicts.map(({ id, version }) => [id, version]));
  const late = resources.flatMap((resource) => {
    const version = versions.get(resource.id);
    return version === undefined || !isForced(resource, resources) ? [] : [{ ...resource, version }];
  });
  const second = (await (await again(late)).json()) as PushResponse;
  return Response.json(answerOf(first, second));
}

/** The lists of two answers, joined. */
export const joined = (one: PushResponse, two: PushResponse): PushResponse => ({
  created: [...one.created, ...two.created],
  updated: [...one.updated, ...two.updated],
  removed: [...one.removed, ...two.removed],
  conflicts: [...one.conflicts, ...two.conflicts],
});

/** Looks at what is stored, waits for its database, and then writes: of pushes at the same time the last one wins. */
export function lookingThenWriting(): (input: Parameters<ReturnType<typeof faulty>>[0]) => Server {
  let underWay = 0;
  return pushing(async (resources, again) => {
    const isAlone = ++underWay === 1;
    await new Promise((done) => setTimeout(done, 30));
    const wasAlone = isAlone && underWay === 1;
    const response = wasAlone
      ? await again(resources)
      : await forced(resources, again, (first, second) => joined({ ...first, conflicts: [] }, second));
    underWay--;
    return response;
  });
}

/** Of pushes that come at the same time, so many at least, those of some resources win over what was stored meanwhile. */
export function meeting(
  isForced: (resource: PushedResource, among: readonly PushedResource[]) => boolean,
  least = 2,
): (input: Parameters<ReturnType<typeof faulty>>[0]) => Server {
  let [underWay, most] = [0, 0];
  return pushing(async (resources, again) => {
    most = Math.max(most, ++underWay);
    await new Promise((done) => setTimeout(done, 30));
    const wins = ({ conflicts, ...first }: PushResponse, second: PushResponse): PushResponse => ({
      ...joined({ ...first, conflicts: [] }, second),
      conflicts: conflicts.filter(({ id }) => !listed(second).includes(id)),
    });
    const response = most < least ? await again(resources) : await forced(resources, again, wins, isForced);
    if (--underWay === 0) most = 0;
    return response;
  });
}

/** The ids of what a push has stored. */
const listed = ({ created, updated, removed }: PushResponse): readonly string[] =>
  [...created, ...updated, ...removed].map(({ id }) => id);
