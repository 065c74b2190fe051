/**
 * The reference client against the reference server over HTTP, in both profiles: every request and every answer is as
 * `spec/openapi.yaml` says. A new flow is one line of `exchange-flows.ts`; a call that the server has and no flow makes fails.
 */
import t from 'tap';
import { findFault, ProtocolError } from '../../reference/index.ts';
import { calls } from '../../spec/generate/openapi.ts';
import { callOf, type Exchange } from '../peer/exchange.ts';
import { flows } from './exchange-flows.ts';
import { openWorld, type World } from './exchange-world.ts';
import { calledBy, findAnswerFault, findExchangeFault } from './openapi.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = JSON_TYPE): RequestInit => ({
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const ZERO = '0'.repeat(512);

/** Requests that no client sends: what is sent, and the status and error that it is refused with. */
const refusals: readonly (readonly [
  name: string,
  method: string,
  target: string,
  init: RequestInit,
  status: number,
  error: string,
])[] = [
  ['no such path', 'GET', '/auth/nothing', {}, 404, 'not-found'],
  ['no such method', 'GET', '/auth/login-s', {}, 405, 'method'],
  ['no session', 'GET', '/auth/whoami', {}, 401, 'no-session'],
  ['no code', 'GET', '/auth/confirm', {}, 404, 'not-found'],
  ['a form', 'POST', '/auth/login-s', post('a=b', { 'content-type': 'text/plain' }), 415, 'media-type'],
  ['not JSON', 'POST', '/auth/login-s', post('{'), 400, 'malformed'],
  ['a member too few', 'POST', '/auth/login-s', post({}), 400, 'malformed'],
  ['a member too many', 'POST', '/auth/login-s', post({ email: 'a@b.example', x: 1 }), 400, 'malformed'],
  ['too large', 'POST', '/auth/login-s', post(' '.repeat(2 ** 20 + 1)), 413, 'too-large'],
  ['as typed', 'POST', '/auth/login-s', post({ email: 'Jane@example.com' }), 400, 'not-normalized'],
  ['A is zero', 'POST', '/auth/login-a', post({ email: 'a@b.example', srpA: ZERO }), 400, 'group-element'],
  [
    'a proof too long',
    'POST',
    '/auth/login-m1',
    post({ sessionStarterId: 'x', srpM1: ZERO }),
    400,
    'malformed',
  ],
];

/** Exchanges that are not as they should be, made of good ones, and what is said of them. */
const alterations: readonly (readonly [
  call: string,
  alter: (good: Exchange) => Partial<Exchange>,
  said: RegExp,
])[] = [
  ['POST /auth/login-s', () => ({ method: 'PUT' }), /request PUT \/auth\/login-s is no call/],
  ['POST /auth/login-s', () => ({ target: '/auth/login-s?x=1' }), /a parameter x that is not listed/],
  ['POST /auth/login-s', () => ({ requestBody: '' }), /has no body/],
  ['POST /auth/login-s', () => ({ requestBody: '{"email":"a@b.example","x":1}' }), /wrong: \/x /],
  [
    'POST /auth/login-s',
    () => ({ requestHeaders: { 'content-type': 'text/plain' } }),
    /media type text\/plain/,
  ],
  [
    'POST /auth/login-s',
    ({ requestHeaders: own }) => ({ requestHeaders: { ...own, 'x-session-id': 'a' } }),
    /takes none/,
  ],
  ['POST /auth/login-s', () => ({ status: 201 }), /a status that is not listed/],
  ['POST /auth/login-s', () => ({ responseHeaders: {} }), /a header Cache-Control that is missing/],
  [
    'POST /auth/login-s',
    withHeader('cache-control', 'max-age=60'),
    /a header Cache-Control that must be equal/,
  ],
  [
    'POST /auth/login-s',
    withHeader('content-type', 'application/json; charset=utf-8'),
    /the media type .* charset/,
  ],
  ['POST /auth/login-s', () => ({ responseBody: '{' }), /is not JSON/],
  ['POST /auth/login-s', withMember('saltEnc', 'ab'), /unevaluated/],
  ['POST /auth/signup', withMember('verifier', 'ab'), /\/verifier/],
  ['POST /auth/signup', withMember('id', 'act_1'), /wrong: \/id /],
  ['GET /auth/whoami', withMember('verifier', 'ab'), /\/verifier/],
  ['GET /auth/whoami', withMember('publicKey', '{}'), /wrong: \/publicKey /],
  ['GET /auth/whoami', () => ({ requestHeaders: {} }), /carries no session id/],
  ['GET /auth/whoami', () => ({ requestBody: '{}' }), /has a body, and takes none/],
  ['POST /auth/logout', withMember('done', true), /wrong: \/done /],
  ['DELETE /auth/delete-account', () => ({ requestBody: '{}' }), /has a body, and takes none/],
  ['GET /api/resource_groups/{id}', withMember('encSymmetricKey', 'ab'), /wrong: \/encSymmetricKey /],
  ['GET /api/resource_groups/{id}', () => ({ target: '/api/resource_groups/a.b' }), /a parameter id that/],
  ['POST /api/resource_groups/{id}/share-a', withMember('keys', { act_1: '' }), /wrong: \/keys /],
  ['PUT /api/resource_groups/{id}/unshare', () => ({ requestBody: '{"emails":[]}' }), /wrong: \/emails /],
  ['POST /sync/push', () => ({ requestBody: '[{}]' }), /wrong: \/0\//],
  ['POST /sync/push', withMember('conflicts', [{}]), /wrong: \/conflicts\/0\//],
  ['POST /sync/pull', withMember('idsToRemove', ['']), /wrong: \/idsToRemove\/0 /],
  [
    'POST /sync/fix-dupes',
    withMember('deleteResourceGroupIds', undefined),
    /wrong: \/deleteResourceGroupIds /,
  ],
];

function withHeader(name: string, value: string) {
  return ({ responseHeaders }: Exchange) => ({ responseHeaders: { ...responseHeaders, [name]: value } });
}

function withMember(name: string, value: unknown) {
  return ({ responseBody }: Exchange) => ({
    responseBody: JSON.stringify({ ...(JSON.parse(responseBody) as object), [name]: value }),
  });
}

/** `POST /sync/push 200` */
const outcome = (exchange: Exchange): string =>
  `${exchange.method} ${calledBy(exchange)?.path ?? callOf(exchange)} ${exchange.status}`;

/** What the server stores, each with the schema that it has to be of. */
function storedIn({ store, notes }: World): readonly (readonly [schema: string, record: unknown])[] {
  const garden = notes.get('garden') ?? '';
  const account = store.accountByEmail('jane@example.com');
  return [
    ['record-account', account],
    ['record-resource-group', store.group(garden)],
    ['record-link', store.link(garden, account?.id ?? '')],
    ...store.resourcesOf(garden).map((resource) => ['record-resource', resource] as const),
  ];
}

for (const profile of ['documented', 'deployed'] as const)
  t.test(profile, async (test) => {
    const world = await openWorld(profile);
    test.teardown(() => world.close());
    for (const [name, act, expected] of flows)
      await test.test(name, async (flow) => {
        const before = world.exchanges.length;
        await act(world).catch((error: unknown) => {
          if (!(error instanceof ProtocolError)) throw error;
        });
        const made = world.exchanges.slice(before);
        flow.same(made.map(outcome), 'documented' in expected ? expected[profile] : expected);
        for (const exchange of made) flow.equal(findExchangeFault(exchange), undefined, outcome(exchange));
      });
    const good = [...world.exchanges];
    for (const [name, method, target, init, status, error] of refusals)
      await test.test(name, async (flow) => {
        const exchange = await world.send(method, target, init);
        flow.equal(exchange.status, status);
        flow.match(JSON.parse(exchange.responseBody), { error });
        flow.equal(findAnswerFault(exchange), undefined);
      });
    await test.test('every call that the server has is made by a flow', async (all) => {
      const accepted = new Set(good.filter(({ status }) => status === 200).map(calledBy));
      for (const call of calls) {
        const { status } = await world.send('PATCH', call.path.replace('{id}', 'x'));
        if (status === 405) all.ok(accepted.has(call), `${call.method} ${call.path}`);
        else all.equal(status, 404);
      }
    });
    const records = storedIn(world);
    test.equal(records.length, 5);
    for (const [schema, record] of records) test.equal(findFault(schema, record), undefined, schema);
    for (const [call, alter, said] of alterations) {
      const found = good.find((exchange) => outcome(exchange) === `${call} 200`);
      if (found === undefined) test.fail(`there is no ${call}`);
      else test.match(findExchangeFault({ ...found, ...alter(found) }), said);
    }
  });
