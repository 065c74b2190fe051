/** What arrives at a port and is no request, or not all of one (9.5): the server answers or hangs up, and goes on. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { listen } from '../index.ts';
import { heapInUse } from './heap.ts';
import { openWorld, type Person, type World } from './server-world.ts';

/** Sends bytes, and hands back everything that comes until the server hangs up, or nothing more comes. */
async function exchange(port: number, parts: readonly (string | Buffer)[], hangUp = false): Promise<string> {
  return await new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setTimeout(1500, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      done(answer);
    });
    for (const part of parts) socket.write(part);
    if (hangUp) setTimeout(() => socket.destroy(), 20);
  });
}

async function serving(test: Parameters<typeof openWorld>[0] & Pick<typeof t, 'teardown'>) {
  const world = openWorld(test, 'deployed');
  const { port, close } = await listen((request) => world.fetch(request));
  test.teardown(close);
  return { world, port, jane: await world.person('Jane') };
}

const post = (path: string, length: number, more = ''): string =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n${more}content-length: ${String(length)}\r\n\r\n`;
const asJane = ({ session }: Person, more = '') => `x-session-id: ${session}\r\n${more}`;
const GZIP = 'content-encoding: gzip\r\n';
const MEBIBYTE = 2 ** 20;

/** Neither a failure of the server nor a word of its inside, and it still answers. */
async function expectGoesOn(
  test: Pick<typeof t, 'match' | 'notMatch' | 'same'>,
  { world, port, jane }: { world: World; port: number; jane: Person },
  what: string,
  answer: string,
): Promise<void> {
  test.notMatch(answer, /^HTTP\/1\.1 5\d\d/, what);
  test.notMatch(answer, /\bat .*:\d+:\d+|node_modules|file:\/\//, what);
  test.same(world.errors, [], what);
  const whoami = `GET /auth/whoami HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${asJane(jane)}\r\n`;
  test.match(await exchange(port, [whoami]), /^HTTP\/1\.1 200/, `it goes on after ${what}`);
}

t.test('bytes that are no request', async (test) => {
  const own = await serving(test);
  const wrong: Readonly<Record<string, string>> = {
    'no line': '\r\n\r\n\r\n',
    'no HTTP': 'hello\r\n\r\n',
    TLS: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'a method that is none': 'MAKE /auth/whoami HTTP/1.1\r\nhost: x\r\n\r\n',
    'a method of tunnels': 'CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n',
    'a method of echoes': 'TRACE /auth/whoami HTTP/1.1\r\nhost: x\r\n\r\n',
    'no host': 'GET /auth/whoami HTTP/1.1\r\n\r\n',
    'a host that is none': 'GET /auth/whoami HTTP/1.1\r\nhost: [\r\n\r\n',
    'a whole URL':
      'GET http://elsewhere.example/auth/whoami HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    'a path that is none': 'GET auth HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    'two lengths':
      'POST /auth/login-s HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd',
    'a length and chunks': `POST /auth/login-s HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    'chunks of no length':
      'POST /auth/login-s HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n\r\n',
    'a negative length': 'POST /auth/login-s HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
    'a header without an end': `GET /auth/whoami HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(100_000)}`,
    'a header with a zero': 'GET /auth/whoami HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n',
    'a line without an end': `GET /${'x'.repeat(100_000)}`,
    'another version': 'GET /auth/whoami HTTP/9.9\r\nhost: x\r\n\r\n',
    'an upgrade': `GET /auth/whoami HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`,
    'a question before the body': `${post('/auth/login-s', 2, 'expect: 100-continue\r\n')}{}`,
  };
  for (const [what, bytes] of Object.entries(wrong))
    await expectGoesOn(test, own, what, await exchange(own.port, [bytes]));
});

t.test('bodies that end before they should, or never', async (test) => {
  const own = await serving(test);
  const { port, jane } = own;
  for (const path of ['/auth/login-s', '/auth/signup', '/sync/push'])
    for (const [what, parts] of Object.entries({
      'nothing of it': [post(path, 100, asJane(jane))],
      'half of it': [post(path, 100, asJane(jane)), '{"email":'],
      'half of something compressed': [
        post(path, 1000, asJane(jane, GZIP)),
        gzipSync(Buffer.alloc(5000)).subarray(0, 10),
      ],
    }))
      await expectGoesOn(test, own, `${path}: ${what}`, await exchange(port, parts, true));
});

t.test('bodies over the limit, before and after decompression, in pieces too', async (test) => {
  const own = await serving(test);
  const { port, jane } = own;
  const heap = await heapInUse();
  const large = Buffer.alloc(17 * MEBIBYTE, ' ');
  const bomb = gzipSync(Buffer.alloc(200 * MEBIBYTE));
  const chunked = `POST /sync/pull HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n${asJane(jane)}transfer-encoding: chunked\r\n\r\n`;
  const pieces = Array.from({ length: 17 }, () => ['100000\r\n', Buffer.alloc(MEBIBYTE, ' '), '\r\n']).flat();
  const cases: Readonly<Record<string, readonly (string | Buffer)[]>> = {
    'one byte more at a small call': [post('/auth/login-s', MEBIBYTE + 1), Buffer.alloc(MEBIBYTE + 1, ' ')],
    'a body that is too large': [post('/sync/pull', large.length, asJane(jane)), large],
    'a length that is too large': [post('/sync/pull', 2 ** 50, asJane(jane))],
    'a body in pieces': [chunked, ...pieces, '0\r\n\r\n'],
    'a small body that holds a large one': [post('/sync/pull', bomb.length, asJane(jane, GZIP)), bomb],
  };
  for (let round = 0; round < 3; round++)
    for (const [what, parts] of Object.entries(cases)) {
      const answer = await exchange(port, parts);
      test.match(answer, /^HTTP\/1\.1 413|^$/, what); // or it hangs up on who goes on sending
      await expectGoesOn(test, own, what, answer);
    }
  const grown = (await heapInUse()) - heap - (large.length + bomb.length) / MEBIBYTE;
  test.ok(grown < 60, `${grown.toFixed(0)} MiB more in use than before`);
});
