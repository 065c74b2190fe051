/**
 * The reference client against the reference server over HTTP, in both profiles: every request and every answer is as
 * `spec/openapi.yaml` says. A new flow is one line of `flows`; a call that the server has and no flow makes fails.
 */
import t from 'tap';
import {
  createClient,
  createMemoryStore,
  createServer,
  findFault,
  listen,
  ProtocolError,
  type Client,
  type Mail,
  type ProfileName,
  type Session,
  type Store,
} from '../../reference/index.ts';
import { calls } from '../../spec/test/openapi-document.ts';
import { callOf, recorded, type Exchange } from '../peer/exchange.ts';
import { calledBy, findAnswerFault, findExchangeFault } from './openapi.ts';

/** A server, a client of it, and what crossed the wire between them. */
interface World {
  readonly client: Client;
  readonly store: Store;
  readonly exchanges: readonly Exchange[];
  /** Sends a request by hand and hands back the exchange. */
  send(method: string, target: string, init?: RequestInit): Promise<Exchange>;
  /** Opens the link in the newest mail. */
  openLink(): Promise<Exchange>;
  /** Logs Jane in, or hands back the session that she has. */
  session(): Promise<Session>;
  /** The headers of a call in Jane's session, as they were last sent. */
  sessionHeaders(): Record<string, string>;
  close(): Promise<void>;
}

const jane = {
  email: ' Jane@Example.COM',
  passphrase: 'correct horse battery staple',
  firstName: 'Jane',
  lastName: 'Doe',
};

async function openWorld(profile: ProfileName): Promise<World> {
  const mails: Mail[] = [];
  const exchanges: Exchange[] = [];
  const store = createMemoryStore();
  const mailer = (mail: Mail): void => void mails.push(mail);
  const server = createServer({ profile, store, mailer, publicUrl: 'https://sync.example' });
  const { url, close } = await listen(async (request) => {
    const { exchange, response } = await recorded(request, server.fetch);
    exchanges.push(exchange);
    return response;
  });
  const client = createClient({ profile, server: url });
  let session: Session | undefined;
  const send: World['send'] = async (method, target, init) => {
    await fetch(new URL(target, url), { method, ...init });
    const exchange = exchanges.at(-1);
    if (exchange === undefined) throw new Error('nothing was recorded');
    return exchange;
  };
  return {
    client,
    store,
    exchanges,
    send,
    async openLink() {
      const link = new URL(/https:\S+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? '');
      return await send('GET', link.pathname + link.search);
    },
    session: async () => (session ??= await client.login(jane)),
    sessionHeaders() {
      const sent = exchanges.findLast(({ requestHeaders }) => requestHeaders['x-session-id'] !== undefined);
      return { 'x-session-id': sent?.requestHeaders['x-session-id'] ?? '' };
    },
    close,
  };
}

const LOGIN = ['POST /auth/login-s 200', 'POST /auth/login-a 200'];
const LOGGED_IN = [...LOGIN, 'POST /auth/login-m1 200', 'GET /auth/whoami 200'];

/** What somebody does, and the calls and statuses that come of it; a refusal is no failure of the flow. */
type Flow = readonly [
  name: string,
  act: (world: World) => Promise<unknown>,
  expected: readonly string[] | Readonly<Record<ProfileName, readonly string[]>>,
];

/** In this order, in one world. */
const flows: readonly Flow[] = [
  ['signup', ({ client }) => client.signup(jane), ['POST /auth/signup 200']],
  ['signup with a taken address', ({ client }) => client.signup(jane), ['POST /auth/signup 409']],
  [
    'login before confirmation',
    ({ client }) => client.login(jane),
    { documented: [...LOGIN, 'POST /auth/login-m1 403'], deployed: LOGGED_IN },
  ],
  ['confirmation', ({ openLink }) => openLink(), ['GET /auth/confirm 200']],
  ['confirmation, the link again', ({ openLink }) => openLink(), ['GET /auth/confirm 404']],
  ['login', ({ session }) => session(), LOGGED_IN],
  [
    'login with a wrong passphrase',
    ({ client }) => client.login({ ...jane, passphrase: 'wrong' }),
    [...LOGIN, 'POST /auth/login-m1 401'],
  ],
  [
    'login of a stranger',
    ({ client }) => client.login({ ...jane, email: 'nobody@example.com' }),
    [...LOGIN, 'POST /auth/login-m1 401'],
  ],
  ['whoami', async ({ session }) => (await session()).whoami(), ['GET /auth/whoami 200']],
  [
    'verify',
    ({ send, sessionHeaders }) => send('POST', '/auth/verify', { headers: sessionHeaders() }),
    ['POST /auth/verify 200'],
  ],
  ['logout', async ({ session }) => (await session()).logout(), ['POST /auth/logout 200']],
  [
    'a session that has ended',
    ({ send, sessionHeaders }) => send('GET', '/auth/whoami', { headers: sessionHeaders() }),
    ['GET /auth/whoami 401'],
  ],
];

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
  ['GET /auth/confirm', () => ({ target: '/auth/confirm' }), /a parameter code that is missing/],
  ['GET /auth/confirm', () => ({ target: '/auth/confirm?code=1' }), /a parameter code that must match/],
  ['POST /auth/logout', withMember('done', true), /wrong: \/done /],
];

function withHeader(name: string, value: string) {
  return ({ responseHeaders }: Exchange) => ({ responseHeaders: { ...responseHeaders, [name]: value } });
}

function withMember(name: string, value: unknown) {
  return ({ responseBody }: Exchange) => ({
    responseBody: JSON.stringify({ ...(JSON.parse(responseBody) as object), [name]: value }),
  });
}

const outcome = (exchange: Exchange): string => `${callOf(exchange)} ${exchange.status}`;

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
    test.equal(
      findFault('record-account', world.store.accountByEmail('jane@example.com')),
      undefined,
      'what is stored',
    );
    for (const [call, alter, said] of alterations) {
      const found = good.find((exchange) => callOf(exchange) === call && exchange.status === 200);
      if (found === undefined) test.fail(`there is no ${call}`);
      else test.match(findExchangeFault({ ...found, ...alter(found) }), said);
    }
  });
