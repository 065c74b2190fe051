/** Connections that the suite keeps open: a server closes them when it likes, and that is no missing answer. */
import t from 'tap';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createSend } from '../server/bench/wire.ts';
import type { ServerTarget } from '../target/server-target.ts';

/** Milliseconds for which the suite computes, and no timer of it can run: longer than it leaves a connection open. */
const COMPUTES = 1500;

/**
 * A server in a thread of its own, which goes on while the suite computes: it closes connections a little earlier than
 * the suite is done, without having said so, and answers how many there were.
 */
const server = `
const { createServer } = require('node:http');
const { parentPort } = require('node:worker_threads');
let connections = 0;
const server = createServer({ keepAliveTimeout: 0 }, ({ socket, url }, response) => {
  const answer = () => response.end(String(connections));
  if (url === '/slow') return setTimeout(answer, ${String(COMPUTES)});
  answer();
  setTimeout(() => socket.destroy(), ${String(COMPUTES - 300)});
});
server.on('connection', () => connections++);
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

async function attached() {
  const worker = new Worker(server, { eval: true });
  const [port] = (await once(worker, 'message')) as [number];
  const url = `http://127.0.0.1:${String(port)}`;
  const target: ServerTarget = { label: url, url, mailbox: { kind: 'none' } };
  return { send: createSend(target, 10_000, () => undefined), worker };
}

void t.test('no connection is used that was idle while no timer could run', async (test) => {
  const { send, worker } = await attached();
  test.equal((await send('GET', '/')).responseBody, '1');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, COMPUTES);
  test.equal((await send('GET', '/')).responseBody, '2');
  await worker.terminate();
});

void t.test('a connection whose answer took long is not used where a newer one is free', async (test) => {
  const { send, worker } = await attached();
  const slow = send('GET', '/slow');
  await sleep(COMPUTES - 300);
  await send('GET', '/');
  await slow;
  test.ok((await send('GET', '/')).status, 'the next request is answered');
  await worker.terminate();
});

void t.test('one connection serves requests that follow each other', async (test) => {
  const { send, worker } = await attached();
  for (let i = 0; i < 3; i++) test.equal((await send('GET', '/')).responseBody, '1');
  await worker.terminate();
});
