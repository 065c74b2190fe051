/**
 * A client that is right and does differently whatever it may: it compresses, asks more than it must, pushes one by one,
 * writes JSON in an order and with white space of its own, and refuses edits in groups that it has not seen. The checks of sync, changes and endings here; with
 * `SLOW=1` every check.
 */
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { ProtocolError, type Fetch, type PushResponse } from '../../reference/index.ts';
import { PROFILES } from '../../reference/test/client-world.ts';
import { judgeClient } from '../judge.ts';
import { quickSteps, stretched } from '../kill-matrix/quick-steps.ts';
import { createInProcessTarget, type FlowVerbs } from '../target/in-process-target.ts';
import { referenceVerbs } from '../target/reference-target.ts';
import { isRed, type CheckResult } from '../verdict.ts';

const isSlow = process.env['SLOW'] === '1';
const PARTS = [
  'push',
  'pull',
  'conflict',
  'document',
  'dupes',
  'group',
  'share',
  'unshare',
  'change-password',
  'leak',
];
const only = isSlow
  ? '*'
  : [
      ...PARTS.map((part) => `client.${part}.*`),
      'client.reset',
      'client.delete-account',
      'client.story',
    ].join(',');
t.setTimeout(800_000);

const pathOf = (request: Request): string => new URL(request.url).pathname;

/** The same request with another body. */
function withBody(
  { url, method, headers, signal, redirect }: Request,
  text: string,
  isCompressed: boolean,
): Request {
  const own = new Headers(headers);
  if (isCompressed) own.set('content-encoding', 'gzip');
  return new Request(url, {
    method,
    headers: own,
    signal,
    redirect,
    body: isCompressed ? gzipSync(text) : text,
  });
}

/** The last member first. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([name, held]) => [name, reversed(held)]));
};

/** One more call of the session, whatever comes of it. */
async function ask(request: Request, method: string, path: string): Promise<void> {
  const sessionId = request.headers.get('x-session-id') ?? '';
  const headers = { 'x-session-id': sessionId };
  const { origin } = new URL(request.url);
  await fetch(`${origin}${path}`, { method, headers, redirect: 'manual', signal: request.signal }).catch(
    () => undefined,
  );
}

async function written(request: Request): Promise<Request> {
  const text = await request.clone().text();
  if (text === '') return request;
  const body = JSON.stringify(reversed(JSON.parse(text)), null, '\t');
  return withBody(request, body, /^\/sync\/pu(sh|ll)$/.test(pathOf(request)));
}

/** A push of several, one after the other; the answer is that of all. */
async function pushedOneByOne(request: Request): Promise<Response> {
  const resources = (await request.clone().json()) as readonly unknown[];
  const all: PushResponse[] = [];
  for (const resource of resources) {
    const one = await written(withBody(request, JSON.stringify([resource]), false));
    const response = await fetch(one);
    if (!response.ok) return response;
    all.push((await response.json()) as PushResponse);
  }
  const of = (list: keyof PushResponse): unknown[] =>
    all.flatMap((answer): readonly unknown[] => answer[list]);
  const lists = { created: of('created'), updated: of('updated'), removed: of('removed') };
  return Response.json({ ...lists, conflicts: of('conflicts') });
}

const differently: Fetch = async (request) => {
  const path = pathOf(request);
  const isWithin = request.headers.has('x-session-id');
  if (isWithin && !['/auth/whoami', '/auth/logout'].includes(path)) await ask(request, 'GET', '/auth/whoami');
  const resources = path === '/sync/push' ? await request.clone().json() : undefined;
  if (Array.isArray(resources) && resources.length > 1) return await pushedOneByOne(request);
  const response = await fetch(await written(request));
  if (path === '/auth/whoami' && response.ok) await ask(request, 'GET', '/api/teams');
  if (path === '/auth/delete-account' && response.ok) await ask(request, 'POST', '/auth/logout');
  return response;
};

/** Verbs that know the groups which a device made, shared or saw in a pull (8.1), and remove what it holds and nothing else. */
function knowing(own: FlowVerbs): FlowVerbs {
  const devices = new Map<string, Map<string, Set<string>>>();
  const heldOf = (session: string, groupId: string): Set<string> => {
    const groups = devices.get(session) ?? new Map<string, Set<string>>();
    const held = groups.get(groupId) ?? new Set();
    devices.set(session, groups.set(groupId, held));
    return held;
  };
  return {
    ...own,
    async createGroup(params) {
      const made = await own.createGroup(params);
      heldOf(params.session, made.groupId);
      return made;
    },
    async share(params) {
      const done = await own.share(params);
      heldOf(params.session, params.groupId);
      return done;
    },
    async pull(params) {
      const come = await own.pull(params);
      for (const held of devices.get(params.session)?.values() ?? []) held.clear();
      for (const { groupId, id } of come.resources) heldOf(params.session, groupId).add(id);
      return come;
    },
    async push({ session, edits }) {
      for (const { groupId, id, removed } of edits) {
        const held = devices.get(session)?.get(groupId);
        if (held === undefined)
          throw new ProtocolError('state/not-found', `this device knows no group ${groupId}`);
        if (removed && !held.has(id))
          throw new ProtocolError('state/not-found', `this device holds no ${id}`);
      }
      const done = await own.push({ session, edits });
      for (const { groupId, id, removed } of edits)
        if (removed) heldOf(session, groupId).delete(id);
        else heldOf(session, groupId).add(id);
      return done;
    },
  };
}

for (const profile of PROFILES)
  t.test(`${profile}: nothing that it may do is held against it`, async (test) => {
    // Quick clients share a few key pairs, which some checks must notice.
    const verbs = () =>
      knowing(referenceVerbs({ ...(!isSlow && { steps: quickSteps }), fetch: differently }));
    const target = createInProcessTarget('a client that does it differently', verbs);
    const results: CheckResult[] = [];
    const options = { profile, seed: 1, runs: 3, only, ...(!isSlow && { pbkdf2: stretched }) } as const;
    for await (const result of judgeClient(target, options)) results.push(result);
    const passed = results.filter(({ verdict }) => verdict === 'pass').length;
    test.ok(passed > 40, `${passed} checks pass`);
    test.same(
      results.filter(isRed).map(({ id, reason, actual }) => `${id}: ${reason ?? ''}, ${actual ?? ''}`),
      [],
    );
  });
