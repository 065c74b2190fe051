/** What a client does about servers that are silent, endless, elsewhere or not what they say (chapter 9). */
import t from 'tap';
import { join } from '../bytes.ts';
import { createClient, type Fetch } from '../index.ts';
import { codeOf, openWorld, pooledSteps } from './client-world.ts';

const account = { email: 'jane@example.com', passphrase: 'x', firstName: '', lastName: '' };
const good = { id: `act_${'0'.repeat(64)}`, email: 'jane@example.com' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** A body that comes in pieces: text, or a silence of some milliseconds. */
const inPieces = (...pieces: readonly (string | number)[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    async start(controller) {
      for (const piece of pieces)
        if (typeof piece === 'string') controller.enqueue(new TextEncoder().encode(piece));
        else await new Promise((done) => setTimeout(done, piece).unref());
      controller.close();
    },
  });

const answer = (body: unknown, init: ResponseInit = {}): Response =>
  new Response(typeof body === 'string' || body instanceof ReadableStream ? body : JSON.stringify(body), {
    headers: JSON_TYPE,
    ...init,
  });
const text = JSON.stringify(good);
const [start, end] = [text.slice(0, 40), text.slice(40)];

t.test('answers', async (test) => {
  const signup = (fetch: Fetch) =>
    codeOf(
      createClient({
        profile: 'documented',
        server: 'https://sync.example',
        steps: { ...pooledSteps('documented'), SEC_PWD: () => Promise.resolve(new Uint8Array(32)) },
        fetch,
        timeout: 200,
        answerLimit: 1000,
      }).signup(account),
    );
  const never = new Promise<Response>(() => undefined);
  const cases: readonly (readonly [name: string, code: string | undefined, fetch: Fetch])[] = [
    ['the accepting twin', undefined, () => Promise.resolve(answer(good))],
    ['more members', undefined, () => Promise.resolve(answer({ ...good, since: 2020 }))],
    ['slow, but never silent', undefined, () => Promise.resolve(answer(inPieces(120, start, 120, end)))],
    ['silent', 'network/unreachable', () => never],
    ['silent in the middle', 'network/unreachable', () => Promise.resolve(answer(inPieces(start, 400, end)))],
    ['as large as may be', undefined, () => Promise.resolve(answer(text.padEnd(1000)))],
    ['endless', 'network/answer', () => Promise.resolve(answer(text.padEnd(1001)))],
    ['another media type', 'network/answer', () => Promise.resolve(answer(good, { headers: {} }))],
    [
      'half of a surrogate pair',
      'encoding/unicode',
      () => Promise.resolve(answer(`{"more":"\\ud800",${text.slice(1)}`)),
    ],
    ['its other half', undefined, () => Promise.resolve(answer(`{"more":"\\ud800\\udc00",${text.slice(1)}`))],
    ['no body', 'encoding/json', () => Promise.resolve(answer(inPieces()))],
    ['half of a body', 'encoding/json', () => Promise.resolve(answer(start))],
    ['a byte order mark', 'encoding/json', () => Promise.resolve(answer(`\ufeff${text}`))],
    ['a list', 'schema/message', () => Promise.resolve(answer([good]))],
    ['a member too few', 'schema/message', () => Promise.resolve(answer({ id: good.id }))],
    ['400', 'network/status', () => Promise.resolve(answer(good, { status: 400 }))],
    ['401', 'auth/refused', () => Promise.resolve(answer(good, { status: 401 }))],
    ['403', 'state/not-allowed', () => Promise.resolve(answer(good, { status: 403 }))],
    ['404', 'state/not-found', () => Promise.resolve(answer(good, { status: 404 }))],
    ['409', 'state/conflict', () => Promise.resolve(answer(good, { status: 409 }))],
    ['500', 'network/status', () => Promise.resolve(answer('', { status: 500 }))],
  ];
  for (const [name, code, fetch] of cases) test.equal(await signup(fetch), code, name);
  for (const status of [301, 302, 303, 307, 308]) {
    const elsewhere = { status, headers: { location: 'https://elsewhere.example' } };
    test.equal(await signup(() => Promise.resolve(new Response(null, elsewhere))), 'network/redirect');
  }
});

t.test('answers that are nested deeply, or come in many pieces', async (test) => {
  const signup = (more: string) => {
    const fetch = () => Promise.resolve(answer(`{"more":${more},${text.slice(1)}`));
    const steps = { ...pooledSteps('documented'), SEC_PWD: () => Promise.resolve(new Uint8Array(32)) };
    return codeOf(
      createClient({ profile: 'documented', server: 'https://sync.example', steps, fetch }).signup(account),
    );
  };
  const depth = 200_000;
  test.equal(
    await signup('['.repeat(depth) + ']'.repeat(depth)),
    undefined,
    'more than functions can call each other',
  );
  test.equal(await signup(`${'['.repeat(depth)}"\\ud800"${']'.repeat(depth)}`), 'encoding/unicode');
  const pieces = Array.from({ length: depth }, () => new Uint8Array(1));
  test.equal(join(pieces).length, depth, 'more than a function takes arguments');
});

t.test('a fetch that has followed a redirect by itself', async (test) => {
  const followed = Object.defineProperty(answer(good), 'redirected', { value: true });
  const own = createClient({
    profile: 'documented',
    server: 'https://sync.example',
    steps: pooledSteps('documented'),
    fetch: () => Promise.resolve(followed),
  });
  test.equal(await codeOf(own.signup(account)), 'network/redirect');
});

t.test('a redirect with a session is not followed', async (test) => {
  const world = openWorld('deployed');
  const session = await (await world.person('Jane')).login();
  const elsewhere = () => Response.redirect('https://elsewhere.example', 307);
  const calls: readonly (readonly [call: string, act: () => Promise<unknown>])[] = [
    ['GET /auth/whoami', () => session.whoami()],
    ['POST /sync/pull', () => session.pull()],
    ['POST /auth/send-password-code', () => session.sendCode()],
  ];
  for (const [call, act] of calls) {
    const before = world.sent.length;
    test.equal(await codeOf(world.tampered(call, elsewhere, act)), 'network/redirect');
    test.equal(world.sent.length, before + 1);
    test.equal(await codeOf(act), undefined, 'the accepting twin: further calls can be made');
  }
});

t.test('plain HTTP stays on this machine', (test) => {
  const create = (server: string) => () => createClient({ profile: 'deployed', server });
  for (const server of [
    'https://sync.example',
    'http://127.0.0.1:8080',
    'http://localhost',
    'http://[::1]:1',
  ])
    test.doesNotThrow(create(server), server);
  for (const server of [
    'http://sync.example',
    'http://127.0.0.1.example',
    'http://10.0.0.1',
    'ftp://localhost',
    'sync.example',
    '',
    'https://sync.example/?a=1',
    'https://sync.example/#a',
    'https://jane:secret@sync.example',
  ])
    test.throws(create(server), { code: 'network/unreachable' }, server);
  test.end();
});

t.test('success without anything to say', async (test) => {
  const world = openWorld('deployed');
  const session = await (await world.person('Jane')).login();
  const verify = (said: unknown) =>
    codeOf(
      world.tampered(
        'POST /auth/verify',
        () => said,
        () => session.verify(),
      ),
    );
  test.equal(await verify([]), 'schema/message');
  test.equal(await verify(null), 'schema/message');
  test.equal(await verify({ mailed: true }), undefined, 'the accepting twin: more members are ignored');
});
