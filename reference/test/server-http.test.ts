/** What all calls share: paths and methods, media types, encodings, limits, the order of judgement (chapters 9, 10). */
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { calls } from '../../spec/generate/openapi.ts';
import { createMemoryStore, createServer } from '../index.ts';
import { accepted, fakeAccount, openWorld, PROFILES, refused } from './server-world.ts';

for (const profile of PROFILES)
  t.test(
    `${profile}: every call of openapi.yaml is there, and each path has its methods alone`,
    async (test) => {
      const server = createServer({ profile, mailer: () => undefined, publicUrl: 'https://sync.example' });
      for (const { method, path, node } of calls) {
        const inProfile = (node['x-profiles'] as readonly string[] | undefined)?.includes(profile) !== false;
        const there = inProfile || path === '/auth/confirm'; // an addition, which we have in both
        const url = `https://sync.example${path.replace('{id}', 'rg_1')}`;
        const { status, headers } = await server.fetch(new Request(url, { method: 'PATCH' }));
        test.equal(status, there ? 405 : 404, `${method} ${path}`);
        test.equal(headers.get('allow')?.split(', ').includes(method) === true, there);
      }
    },
  );

const RIGHT = { resources: [], blacklist: [] };
/** The right body with white space around it, to a length in bytes. */
const padded = (body: unknown, length: number): string => JSON.stringify(body).padEnd(length);
const gzip = { 'content-encoding': 'gzip' };

t.test('bodies of push and pull may be compressed', async (test) => {
  const { call, person } = openWorld(test, 'deployed', { bodyLimit: 4000, syncBodyLimit: 8000 });
  const jane = await person('Jane');
  const pull = (body: unknown, headers: Record<string, string> = gzip) =>
    call('POST /sync/pull', { by: jane, body, headers });
  const small = gzipSync(JSON.stringify(RIGHT));
  await accepted(test, pull(small));
  await accepted(test, pull(small, { 'content-encoding': ' GZIP' }));
  await accepted(test, call('POST /sync/push', { by: jane, body: gzipSync('[]'), headers: gzip }));
  await accepted(test, pull(RIGHT, { 'content-encoding': 'identity' }));
  await refused(test, pull(RIGHT), 400, 'malformed');
  await refused(test, pull(small.subarray(0, -9)), 400, 'malformed');
  await refused(test, pull(gzipSync('{')), 400, 'malformed');
  await refused(test, pull(gzipSync('{}')), 400, 'malformed', '/resources');
  await refused(test, pull(small, { 'content-encoding': 'br' }), 415, 'media-type');
  await refused(test, pull(small, {}), 400, 'malformed');
  const elsewhere = { by: jane, body: gzipSync('{"ids":[]}'), headers: gzip };
  await refused(test, call('POST /sync/fix-dupes', elsewhere), 415, 'media-type');
});

t.test('limits hold before and after decompression', async (test) => {
  const { call, person } = openWorld(test, 'deployed', { bodyLimit: 4000, syncBodyLimit: 8000 });
  const jane = await person('Jane');
  const pull = (body: unknown, headers: Record<string, string> = {}) =>
    call('POST /sync/pull', { by: jane, body, headers });
  await accepted(test, pull(padded(RIGHT, 8000)));
  await refused(test, pull(padded(RIGHT, 8001)), 413, 'too-large');
  await accepted(test, pull(gzipSync(padded(RIGHT, 8000)), gzip));
  await refused(test, pull(gzipSync(padded(RIGHT, 8001)), gzip), 413, 'too-large');
  await refused(test, pull(gzipSync(padded(RIGHT, 10_000_000)), gzip), 413, 'too-large');
  const dupes = (length: number) =>
    call('POST /sync/fix-dupes', { by: jane, body: padded({ ids: [] }, length) });
  await accepted(test, dupes(4000));
  await refused(test, dupes(4001), 413, 'too-large');
  const usual = openWorld(test, 'deployed', { store: createMemoryStore() });
  const bob = await usual.person('Bob');
  const MEBIBYTE = 2 ** 20;
  const send = (line: string, body: unknown, length: number) =>
    usual.call(line, { by: bob, body: padded(body, length) });
  await accepted(test, send('POST /sync/fix-dupes', { ids: [] }, MEBIBYTE));
  await refused(test, send('POST /sync/fix-dupes', { ids: [] }, MEBIBYTE + 1), 413, 'too-large');
  await accepted(test, send('POST /sync/pull', RIGHT, 16 * MEBIBYTE));
  await refused(test, send('POST /sync/pull', RIGHT, 16 * MEBIBYTE + 1), 413, 'too-large');
});

t.test('of several reasons the first in the order of 9.5 decides', async (test) => {
  const { call, person } = openWorld(test, 'documented', { bodyLimit: 4000 });
  const jane = await person('Jane');
  const large = 'x'.repeat(4001);
  const text = { 'content-type': 'text/plain' };
  await refused(test, call('POST /auth/nothing', { body: large, headers: text }), 404, 'not-found');
  await refused(test, call('POST /auth/whoami', { body: large, headers: text }), 405, 'method');
  const signup = (body: string, headers = {}) => call('POST /auth/signup', { body, headers });
  await refused(test, signup(large, text), 413, 'too-large');
  await refused(test, signup('{', text), 415, 'media-type');
  const group = (body: object, by = {}) => call('POST /api/resource_groups/rg_1/share-a', { body, ...by });
  await refused(test, group({ emails: ['Bob@example.com'] }), 400, 'not-normalized');
  await refused(test, group({ emails: ['bob@example.com'] }), 401, 'no-session');
  await refused(test, group({ emails: ['bob@example.com'] }, { by: jane }), 404, 'not-found');
});

t.test('a call that says nothing but the session has no body, or the empty object', async (test) => {
  const { call, person } = openWorld(test, 'deployed');
  const jane = await person('Jane');
  for (const line of ['POST /auth/verify', 'POST /auth/send-password-code', 'POST /auth/reset']) {
    await accepted(test, call(line, { by: jane }));
    await accepted(test, call(line, { by: jane, body: {} }));
    await refused(test, call(line, { by: jane, body: [] }), 400, 'malformed');
    await refused(test, call(line, { by: jane, body: { x: 1 } }), 400, 'malformed', '/x');
    const headers = { 'content-type': 'text/plain' };
    await refused(test, call(line, { by: jane, body: '{}', headers }), 415, 'media-type');
  }
  await accepted(test, call('DELETE /auth/delete-account', { by: jane, body: {} }));
});

t.test('a call that needs a body says so where there is none, or none of its type', async (test) => {
  const { call } = openWorld(test, 'documented');
  const line = 'POST /auth/login-s';
  const body = '{"email":"jane@example.com"}';
  await accepted(test, call(line, { body }));
  await refused(test, call(line, { body: '' }), 400, 'malformed', '');
  await refused(test, call(line, { body, headers: { 'content-type': '' } }), 415, 'media-type');
});

t.test('half of a surrogate pair is refused, also as a JSON escape', async (test) => {
  const { call } = openWorld(test, 'documented');
  const signup = (firstName: string) => {
    const text = JSON.stringify({ ...fakeAccount('Jane'), firstName: '@' });
    return call('POST /auth/signup', { body: text.replace('"@"', `"${firstName}"`) });
  };
  await refused(test, signup('J\\udc00'), 400, 'malformed', '/firstName');
  await accepted(test, signup('J\\ud83d\\udc00'));
});

t.test('a session is exactly the id of a live one', async (test) => {
  const { call, person, session } = openWorld(test, 'deployed');
  const jane = await person('Jane');
  const ids = [
    '',
    jane.session.slice(1),
    `${jane.session}0`,
    jane.account.id,
    'f'.repeat(64),
    '\u00ff'.repeat(64),
  ];
  for (const id of ids)
    await refused(test, call('GET /auth/whoami', { by: { session: id } }), 401, 'no-session');
  const phone = session(jane);
  await accepted(test, call('POST /auth/logout', { by: jane }));
  await refused(test, call('GET /auth/whoami', { by: jane }), 401, 'no-session');
  await accepted(test, call('GET /auth/whoami', { by: phone }));
});

t.test('no cache keeps an answer under /auth, whatever it is', async (test) => {
  const sessionAccount = (): never => {
    throw new Error('/var/lib/store is full');
  };
  const { fetch } = openWorld(test, 'documented', { store: { ...createMemoryStore(), sessionAccount } });
  for (const [method, path, expected] of [
    ['GET', '/auth/confirm', 404],
    ['HEAD', '/auth/confirm?code=x', 200],
    ['GET', '/auth/%77hoami', 500],
    ['GET', '/auth/whoami', 500],
    ['GET', '/auth/nothing', 404],
    ['GET', '/auth/a/b/c', 404],
    ['GET', '/auth', 404],
    ['PATCH', '/auth/login-s', 405],
    ['POST', '/auth/login-s', 400],
  ] as const) {
    const { status, headers } = await fetch(new Request(`https://sync.example${path}`, { method }));
    test.equal(status, expected, `${method} ${path}`);
    test.equal(headers.get('cache-control'), 'no-store', `${method} ${path}`);
  }
});

t.test('a failure of the server tells nothing, and is told to the operator', async (test) => {
  const own = createMemoryStore();
  const teamsOf = (): never => {
    throw new Error('/var/lib/store is full');
  };
  const { call, person, errors } = openWorld(test, 'deployed', { store: { ...own, teamsOf } });
  const answer = await call('GET /api/teams', { by: await person('Jane') });
  test.equal(answer.status, 500);
  test.same(answer.body, { error: 'internal', message: 'the server failed' });
  test.equal(errors[0]?.message, '/var/lib/store is full');
});
