// A server that works like the reference server until its n-th call, and then misbehaves; a GET is a call where N is 0.
// node misbehaving-server.mjs HOW [N]; it listens on the PORT of its environment, or on any, and prints the URL.
// AUTHORITY names a file to write its certificate to, where it has one.
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer as overTcp } from 'node:net';
import { createServer as overTls } from 'node:https';
import { gzipSync } from 'node:zlib';

const [how, at = '1'] = process.argv.slice(2);
const { PORT = '0', AUTHORITY } = process.env;
const port = Number(PORT);
const MEGABYTE = 1024 * 1024;
const never = new Promise(() => {});
const json = (status, body, headers = {}) =>
  new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } });
const redirect = (location) => new Response(null, { status: 307, headers: { location } });
const head = (...lines) =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${lines.join('\r\n')}\r\n\r\n`;

/** Writes to a connection what is no answer, and leaves it open. */
const raw = (socket, text) => {
  socket.write(text);
  return never;
};
/** Writes for as long as somebody reads. */
const endlessly = (socket, chunk) => {
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
  return never;
};
const dripping = (socket, text) => {
  const bytes = [...Buffer.from(text)];
  const drip = setInterval(() => socket.destroyed || socket.write(Buffer.of(bytes.shift() ?? 0x20)), 1000);
  socket.once('close', () => clearInterval(drip));
  return never;
};

/** The connections on which there was an answer. */
const answered = new WeakSet();

/** What is done in place of an answer: each gets the connection, the request, and a function that answers properly. */
const manners = {
  exits: () => process.exit(9),
  'is killed': () => process.kill(process.pid, 'SIGKILL') && never,
  'is stopped': () => process.kill(process.pid, 'SIGSTOP') && never,
  hangs: () => never,
  'resets the connection': (socket) => socket.resetAndDestroy() && never,
  'ends the connection': (socket) => socket.destroy() && never,
  'ends in the middle': (socket) => socket.end(`${head('content-length: 1000')}{"id":`) && never,
  'hangs in the middle': (socket) => raw(socket, `${head('content-length: 1000')}{"id":`),
  'answers without an end': (socket) => {
    socket.write(head('transfer-encoding: chunked'));
    return endlessly(socket, `10000\r\n${'x'.repeat(0x10000)}\r\n`);
  },
  drips: (socket) => dripping(socket, `${head('content-length: 1000')}{`),
  'drips a body': (socket) => {
    socket.write(head('content-length: 1000'));
    return dripping(socket, '{');
  },
  'sends headers without an end': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    return endlessly(socket, `x-more: ${'x'.repeat(1000)}\r\n`);
  },
  'says it is longer': (socket) => socket.end(`${head('content-length: 9')}{}`) && never,
  'says it is shorter': (socket) => raw(socket, `${head('content-length: 2')}{}{"more":true}`),
  'says two lengths': (socket) => raw(socket, `${head('content-length: 2', 'content-length: 3')}{}`),
  'speaks no HTTP': (socket) => raw(socket, '220 mail.example.com ESMTP ready\r\n'),
  'answers in no UTF-8': () => json(200, Buffer.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d)),
  'answers in HTML': () =>
    new Response('<!doctype html><p>Please log in', { headers: { 'content-type': 'text/html' } }),
  'redirects to itself': () => redirect('/auth/signup'),
  'redirects to another': () => redirect('http://127.0.0.2:9/auth/signup'),
  'closes after each answer': async (socket, _request, answer) => {
    if (answered.has(socket)) return socket.destroy() && never;
    answered.add(socket);
    return await answer();
  },
  'answers twice': async (socket, _request, answer) => {
    const answered = await answer();
    const text = await answered.text();
    const length = `content-length: ${Buffer.byteLength(text)}`;
    return raw(socket, `${head(length).replace('200 OK', `${answered.status} x`)}${text}`.repeat(2));
  },
  'sends a bomb': () => json(200, bomb(), { 'content-encoding': 'gzip' }),
  'says it is compressed': () => json(200, '{"id":"act"}', { 'content-encoding': 'gzip' }),
  'answers at length': async (_socket, _request, answer) => {
    const answered = await answer();
    const text = await answered.text();
    return json(answered.status, text === '' ? text : text + ' '.repeat(8 * MEGABYTE));
  },
  'leaves a process': () => {
    spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    process.exit(9);
  },
  'leaves a process that hides': () => {
    spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit', detached: true });
    process.exit(9);
  },
  'floods its output': async (_socket, _request, answer) => {
    for (const stream of [process.stdout, process.stderr])
      stream.write('and on and on '.repeat(2 * MEGABYTE));
    return await answer();
  },
  'tells everything': async (_socket, request, answer) => {
    process.stderr.write(`${request.method} ${await request.clone().text()}\n`);
    process.exit(9);
  },
  'is deaf to SIGTERM': (_socket, _request, answer) => answer(),
  'answers with another M2': async (socket, _request, answer) => {
    clearTimeout(idle.get(socket));
    const answered = await answer();
    const text = await answered.text();
    idle.set(
      socket,
      setTimeout(() => socket.destroy(), 5000),
    );
    return json(answered.status, text.replace(/(?<="srpM2":"[0-9a-f]{63})./, oneBitOff));
  },
};

/** What closes a connection that is idle, as late as an HTTP server of Node does by default. */
const idle = new WeakMap();
const oneBitOff = (digit) => (parseInt(digit, 16) ^ 1).toString(16);

/** 1 GB of zeros. */
const bomb = () => {
  const member = gzipSync(Buffer.alloc(64 * MEGABYTE));
  return Buffer.concat(Array.from({ length: 16 }, () => member));
};

/** A certificate of this machine, for a name, signed by itself. */
async function certificate(name) {
  const { default: forge } = await import('node-forge');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const own = forge.pki.privateKeyFromPem(key);
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.setRsaPublicKey(own.n, own.e);
  made.serialNumber = '01';
  const year = how === 'has an old certificate' ? 2020 : new Date().getFullYear();
  made.validity.notBefore = new Date(Date.UTC(year - 1, 0));
  made.validity.notAfter = new Date(Date.UTC(year + 1, 11));
  const names = [{ name: 'commonName', value: name }];
  made.setSubject(names);
  made.setIssuer(names);
  made.setExtensions([
    {
      name: 'subjectAltName',
      altNames: [{ type: 2, value: name }, ...(name === 'localhost' ? [{ type: 7, ip: '127.0.0.1' }] : [])],
    },
  ]);
  made.sign(own, forge.md.sha256.create());
  return { key, cert: forge.pki.certificateToPem(made) };
}

const tell = (url) => process.stdout.write(`listening at ${url};\n`);

/** What does not even listen like a server. */
const starts = {
  'exits at start': () => process.exit(7),
  'never listens': () => setInterval(() => {}, 1000),
  'never accepts': () => {
    // The system takes connections for it, and nothing reads them.
    const server = overTcp({ pauseOnConnect: true }, () => undefined);
    server.listen(port, '127.0.0.1', () => tell(`http://127.0.0.1:${server.address().port}`));
  },
  'speaks no HTTP at start': () => {
    const server = overTcp(
      (socket) =>
        void raw(
          socket.on('error', () => {}),
          '220 mail.example.com ESMTP ready\r\n',
        ),
    );
    server.listen(port, '127.0.0.1', () => tell(`http://127.0.0.1:${server.address().port}`));
  },
  'answers before it is asked': () => {
    const server = overTcp((socket) => socket.on('error', () => {}).write(`${head('content-length: 2')}{}`));
    server.listen(port, '127.0.0.1', () => tell(`http://127.0.0.1:${server.address().port}`));
  },
  'listens where somebody listens': () => {
    const server = overTcp(() => {}).listen(0, '127.0.0.1', () => {
      overTcp(() => {}).listen(server.address().port, '127.0.0.1');
    });
  },
  'goes to the background': () => {
    spawn(process.execPath, [process.argv[1], 'hangs', '1'], { stdio: 'ignore' }).unref();
    setTimeout(() => process.exit(0), 500);
  },
};
for (const [manner, name] of [
  ['signs its own certificate', 'localhost'],
  ['has an old certificate', 'localhost'],
  ['has the certificate of another', 'other.example.com'],
])
  starts[manner] = async () => {
    const pair = await certificate(name);
    if (AUTHORITY !== undefined) writeFileSync(AUTHORITY, pair.cert);
    const server = overTls(pair, (_request, response) => response.end('{}'));
    server.listen(port, '127.0.0.1', () => tell(`https://127.0.0.1:${server.address().port}`));
  };

async function serve() {
  if (!(how in manners)) throw new Error(`there is no ${how}`);
  if (how === 'is deaf to SIGTERM') process.on('SIGTERM', () => undefined);
  const { createServer, listen } = await import('../../../dist/reference/index.js');
  const profile = process.env.PROFILE ?? 'deployed';
  const server = createServer({ profile, publicUrl: 'http://127.0.0.1', mailer: () => undefined });
  let calls = 0;
  const seen = new WeakSet();
  const { url } = await listen(async (request, caller, socket) => {
    if (!seen.has(socket)) socket.on('error', () => {});
    seen.add(socket);
    const answer = async () => await server.fetch(request, caller);
    const counts = request.method !== 'GET' || at === '0';
    if (counts) calls += 1;
    return await (counts && calls >= Number(at) ? manners[how](socket, request, answer) : answer());
  }, port);
  tell(url);
}

await (starts[how] ?? serve)();
