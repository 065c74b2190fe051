/** `serve`: where it keeps its state, and how it ends. */
import { readdirSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import { fakeAccount } from '../../reference/test/server-world.ts';
import { temporaryFolder } from '../../reference/test/temporary-folder.ts';
import { runServe, type Serving } from './run-serve.ts';

const jane = fakeAccount('Jane');

async function signup({ url }: Serving): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${url}/auth/signup`, { method: 'POST', headers, body: JSON.stringify(jane) })).status;
}

/** A signup whose body comes in two halves. */
async function halfOfSignup({ url }: Serving) {
  const body = JSON.stringify(jane);
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  const over = new Promise<string>((done) => {
    socket
      .on('error', () => undefined)
      .once('close', () => {
        done(answer);
      });
  });
  const head = `POST /auth/signup HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\n`;
  await new Promise<void>((written) =>
    socket.write(`${head}content-length: ${body.length}\r\n\r\n${body.slice(0, 50)}`, () => {
      written();
    }),
  );
  await new Promise((done) => setTimeout(done, 200));
  return { over, finish: () => socket.write(body.slice(50)) };
}

/** Whether new connections are refused by now, or within seconds. */
async function isShut({ url }: Serving): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const shut = await fetch(url).then(
      () => false,
      () => true,
    );
    if (shut) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}

t.test('state is kept in memory, or in a file', async (test) => {
  const file = join(temporaryFolder(test), 'sync.db');
  for (const [args, where, again] of [
    [[], 'memory', 200],
    [['--data', file], file, 409],
  ] as const) {
    const before = await runServe(args);
    test.match(before.printed(), `state is kept in ${where} and`);
    test.equal(await signup(before), 200);
    before.kill('SIGINT');
    test.equal(await before.ended, 0);
    const after = await runServe(args);
    test.equal(await signup(after), again, where);
    after.kill('SIGTERM');
    test.equal(await after.ended, 0);
  }
  test.same(readdirSync(join(file, '..')), ['sync.db'], 'the log is gone');
});

t.test('a request that is under way is answered before the end', async (test) => {
  const file = join(temporaryFolder(test), 'sync.db');
  const serving = await runServe(['--data', file]);
  const { over, finish } = await halfOfSignup(serving);
  serving.kill('SIGTERM');
  test.equal(await isShut(serving), true, 'nobody else comes in');
  finish();
  test.match(await over, /^HTTP\/1.1 200 .*connection: close/s);
  test.equal(await serving.ended, 0);
  const after = await runServe(['--data', file]);
  test.equal(await signup(after), 409, 'what was answered is kept');
  after.kill('SIGTERM');
  await after.ended;
});

t.test('a second signal ends it at once', async (test) => {
  const serving = await runServe([]);
  const { over } = await halfOfSignup(serving);
  serving.kill('SIGTERM');
  test.equal(await isShut(serving), true);
  serving.kill('SIGINT');
  test.equal(await serving.ended, 'SIGINT');
  test.equal(await over, '', 'the request was not answered');
});

t.test('a file that cannot be used is a usage error', async (test) => {
  const folder = temporaryFolder(test);
  const [letter, file] = [join(folder, 'letter'), join(folder, 'sync.db')];
  writeFileSync(letter, 'no database, but a letter');
  const first = await runServe(['--data', file]);
  for (const [data, message] of [
    [letter, /^error: \S+ is no SQLite database: name another file\n$/],
    [file, /^error: \S+ is in use: another server has it open\n$/],
    [join(folder, 'no', 'folder'), /^error: \S+ cannot be opened: ENOENT/],
  ] as const) {
    const refused = await runServe(['--data', data]);
    test.equal(await refused.ended, 2, data);
    test.match(refused.printed(), message);
  }
  test.equal(await signup(first), 200, 'the first goes on');
  first.kill('SIGTERM');
  test.equal(await first.ended, 0);
});

t.test('a port that is in use is a usage error', async (test) => {
  const file = join(temporaryFolder(test), 'sync.db');
  const first = await runServe([]);
  const { port } = new URL(first.url);
  const refused = await runServe(['--port', port, '--data', file]);
  test.equal(await refused.ended, 2);
  test.equal(
    refused.printed(),
    `error: port ${port} is in use: end what listens there, or name another with --port, or 0 for any free one\n`,
  );
  test.same(readdirSync(join(file, '..')), ['sync.db'], 'the file is closed');
  test.equal(await signup(first), 200, 'the first goes on');
  first.kill('SIGTERM');
  test.equal(await first.ended, 0);
});
