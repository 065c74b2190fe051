/** Signup, confirmation, login, whoami and logout, client against server over HTTP, in every combination. */
import t from 'tap';
import {
  createClient,
  createServer,
  createSteps,
  native,
  portable,
  ProtocolError,
  type ClientOptions,
  type ErrorCode,
  type Mail,
  type ServerOptions,
} from '../index.ts';
import { remembering } from './client-world.ts';
import { newStore, overHttp, SETTINGS, settingsOf, type Setting } from './storages.ts';

const jane = {
  email: ' Jane@Example.COM\u00a0',
  passphrase: ' pa\u0308ss ﬁne ',
  firstName: 'Jane',
  lastName: 'Doe',
};

/** A server, and clients of it. */
function world({ profile, storage }: Omit<Setting, 'name'>, options: Partial<ServerOptions> = {}) {
  const mails: Mail[] = [];
  const mailer = (mail: Mail): void => void mails.push(mail);
  const store = options.store ?? newStore(storage);
  const server = createServer({ profile, mailer, publicUrl: 'https://sync.example/', ...options, store });
  const fetch = overHttp(server);
  const client = (more: Partial<ClientOptions> = {}) =>
    createClient({ profile, server: 'https://sync.example', fetch, ...more });
  const link = () => /https:\S+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? '';
  const get = (path: string, init?: RequestInit) =>
    fetch(new Request(new URL(path, 'https://sync.example'), init));
  return { fetch, client, mails, link, get };
}

async function codeOf(act: Promise<unknown>): Promise<ErrorCode | undefined> {
  try {
    await act;
    return undefined;
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}

/** Plain JavaScript takes its time: one combination is of it, and all are with `SLOW=1`. */
const PLAIN = SETTINGS.filter(({ name }) => process.env['SLOW'] === '1' || name === 'documented, memory');
const combinations = [
  ...SETTINGS.map((setting) => ({ ...setting, primitives: native })),
  ...PLAIN.map((setting) => ({ ...setting, primitives: portable })),
];

for (const { profile, storage, name, primitives } of combinations)
  t.test(`${name}, ${primitives.name}`, async (test) => {
    const { client, link, get } = world({ profile, storage });
    // Key pairs in plain JavaScript take seconds: made so in one combination.
    const own = client({
      steps: remembering({
        ...createSteps(profile, primitives),
        keyPair: (name === 'documented, memory' ? primitives : native).generateRsaKeyPair,
      }),
    });
    const id = await own.signup(jane);
    test.match(id, /^act_[0-9a-f]{64}$/);
    const before = await codeOf(own.login(jane));
    test.equal(
      before,
      profile === 'documented' ? 'state/not-allowed' : undefined,
      'login before confirmation',
    );
    test.equal((await get(link())).status, 200);
    test.equal((await get(link())).status, 404, 'the link works once');
    const session = await own.login({ email: 'jane@example.com', passphrase: 'p\u00e4ss fine' });
    test.equal(session.accountId, id);
    const account = await session.whoami();
    test.match(account, { accountId: id, email: 'jane@example.com', firstName: 'Jane', isVerified: true });
    test.equal(await codeOf(own.login({ ...jane, passphrase: 'wrong' })), 'auth/refused');
    test.equal(await codeOf(own.signup(jane)), 'state/conflict');
    await session.logout();
    test.equal(await codeOf(session.whoami()), 'state/logged-out');
  });

for (const { name, ...setting } of settingsOf('deployed'))
  t.test(`${name}: time runs out for starters and links`, async (test) => {
    let now = 0;
    const { client, link, get } = world(setting, { now: () => now });
    const own = client();
    await own.signup(jane);
    const slow = client({
      fetch: async (request) => {
        if (request.url.endsWith('/login-m1')) now += 5 * 60_000;
        return await get(new URL(request.url).pathname, request);
      },
    });
    test.equal(await codeOf(slow.login(jane)), 'auth/refused', 'a starter of five minutes');
    test.equal(await codeOf(own.login(jane)), undefined, 'the accepting twin');
    now += 24 * 3_600_000;
    test.equal((await get(link())).status, 404, 'a link of a day');
  });

for (const { name, ...setting } of settingsOf('documented'))
  t.test(`${name}: what the server refuses before it reads a message`, async (test) => {
    const { get } = world(setting, { bodyLimit: 1000 });
    const headers = { 'content-type': 'application/json' };
    const post = (body: string, more: RequestInit = {}) =>
      get('/auth/login-s', { method: 'POST', headers, body, ...more });
    const expected: readonly (readonly [answer: Response, status: number, error: string])[] = [
      [await get('/auth/nothing'), 404, 'not-found'],
      [await get('/auth/login-s'), 405, 'method'],
      [await post('{}', { headers: { 'content-type': 'text/plain' } }), 415, 'media-type'],
      [await post(JSON.stringify({ email: 'x'.repeat(2000) })), 413, 'too-large'],
      [await post('{'), 400, 'malformed'],
      [await post('{"email":"Jane@example.com"}'), 400, 'not-normalized'],
      [await get('/auth/whoami'), 401, 'no-session'],
    ];
    for (const [answer, status, error] of expected) {
      test.equal(answer.status, status, error);
      test.equal(answer.headers.get('content-type'), 'application/json');
      test.equal(answer.headers.get('cache-control'), 'no-store');
      test.match(await answer.json(), { error, message: /\S/ });
    }
    test.equal((await post('{"email":"jane@example.com"}')).status, 200, 'the accepting twin');
  });

for (const { name, ...setting } of settingsOf('documented'))
  t.test(
    `${name}: a preview of the link confirms nothing, and a mail that cannot be sent fails no signup`,
    async (test) => {
      const { client, link, get } = world(setting);
      await client().signup(jane);
      await get(link(), { method: 'HEAD' });
      test.equal(await codeOf(client().login(jane)), 'state/not-allowed');
      test.equal(
        (await get(link())).status,
        200,
        'a login before confirmation mailed another link, and that one works',
      );
      const errors: Error[] = [];
      const broken = world(
        { ...setting, profile: 'deployed' },
        {
          mailer: () => Promise.reject(new Error('no mail today')),
          onError: (error) => errors.push(error),
        },
      );
      test.equal(await codeOf(broken.client().signup(jane)), undefined);
      test.equal(errors[0]?.message, 'no mail today');
    },
  );

for (const { name, ...setting } of settingsOf('deployed'))
  t.test(`${name}: the store never sees a session id or a code`, async (test) => {
    const seen: string[] = [];
    const own = newStore(setting.storage);
    const store = {
      ...own,
      addSession: (hash: string, accountId: string) => {
        seen.push(hash);
        own.addSession(hash, accountId);
      },
    };
    let sent = '';
    const { fetch, client } = world(setting, { store });
    const watched = client({
      fetch: (request) => {
        sent = request.headers.get('x-session-id') ?? sent;
        return fetch(request);
      },
    });
    await watched.signup(jane);
    await watched.login(jane);
    test.match(sent, /^[0-9a-f]{64}$/);
    test.equal(seen.length, 1);
    test.not(seen[0], sent);
  });

for (const { name, ...setting } of settingsOf('deployed'))
  t.test(`${name}: what the client refuses of an answer`, async (test) => {
    const { fetch, client } = world(setting);
    await client().signup(jane);
    const login = (answer: (request: Request) => Promise<Response> | Response) =>
      codeOf(client({ fetch: async (request) => await answer(request) }).login(jane));
    const redirect = () =>
      new Response(null, { status: 307, headers: { location: 'https://elsewhere.example' } });
    test.equal(await login(redirect), 'network/redirect');
    test.equal(
      await login(() => new Response('<html>', { headers: { 'content-type': 'text/html' } })),
      'network/answer',
    );
    test.equal(await login(() => Response.json({}, { status: 503 })), 'network/status');
    test.equal(await login(() => Response.json({ saltKey: 'ab' })), 'schema/message');
    test.equal(await login(() => Promise.reject(new Error('reset'))), 'network/unreachable');
    test.equal(await login((request) => fetch(request)), undefined, 'the accepting twin');
    test.throws(() => createClient({ profile: 'deployed', server: 'http://sync.example' }), {
      code: 'network/unreachable',
    });
    test.ok(createClient({ profile: 'deployed', server: 'http://127.0.0.1:8080' }));
  });
