/**
 * Whole logins over HTTP on the loopback interface. The server has a process of its own, and the clients hold SEC_PWD
 * already: a login costs them three calls and one exponentiation, and they are idle for some of the time.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createSteps, fromHex, toHex } from '../../reference/index.ts';
import { serverFloor } from './floor.ts';
import { loginOf } from './login.ts';
import { median, processor, timed } from './race.ts';
import { row, type Row } from './row.ts';

const EMAIL = 'jane@example.com';
const ROUNDS = 5;
const CLIENTS = [1, 8, 64] as const;
/** How long logins are counted, in milliseconds. */
const WINDOW = 1500;

const { srp, ...steps } = createSteps('documented');
const one = Uint8Array.of(1);
const A = srp.A(one);
const I = steps.I(EMAIL);

/** Logins a second with one client and more, and what keeps them from being more. */
export async function loginRows(): Promise<readonly Row[]> {
  const server = fork(fileURLToPath(new URL('login-server.js', import.meta.url)));
  const [url] = (await once(server, 'message')) as [string];
  const counted = new Map<number, Count[]>(CLIENTS.map((clients) => [clients, []]));
  const { A: element, b, u } = loginOf('documented');
  const floors: number[] = [];
  await count(server, url, 8, WINDOW);
  for (let round = 0; round < ROUNDS; round++)
    for (const clients of CLIENTS) {
      counted.get(clients)?.push(await count(server, url, clients, WINDOW));
      for (let i = 0; i < 50; i++) floors.push(await timed(processor, () => serverFloor(element, b, u)));
    }
  server.disconnect();
  server.kill();
  const of = (clients: number, member: keyof Count): number =>
    median((counted.get(clients) ?? []).map((found) => found[member]));
  const busy = (clients: number): string =>
    `server ${of(clients, 'server').toFixed()} % busy, clients ${of(clients, 'clients').toFixed()} %`;
  const rowOf = (clients: (typeof CLIENTS)[number], peerName: string, peer: number): Row =>
    row(
      `logins over HTTP, ${clients} at a time (${busy(clients)})`,
      'logins/s',
      of(clients, 'logins'),
      peerName,
      peer,
    );
  return [
    row(
      'logins over HTTP in a second of processor time, 64 at a time',
      'logins',
      median((counted.get(64) ?? []).map(({ logins, server }) => (100 * logins) / server)),
      'OpenSSL alone',
      1000 / median(floors),
    ),
    rowOf(1, '8 at a time', of(8, 'logins')),
    rowOf(8, '1 at a time', of(1, 'logins')),
    rowOf(64, '1 at a time', of(1, 'logins')),
  ];
}

/** What came of one window: logins a second, and how busy both sides were, in per cent of a core. */
interface Count {
  readonly logins: number;
  readonly server: number;
  readonly clients: number;
}

async function count(server: ChildProcess, url: string, clients: number, window: number): Promise<Count> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  let logins = 0;
  const before = { server: await spentBy(server), clients: processor(), time: performance.now() };
  const end = before.time + window;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        await logIn(agent, url);
        logins++;
      }
    }),
  );
  const time = performance.now() - before.time;
  const busy = { server: (await spentBy(server)) - before.server, clients: processor() - before.clients };
  agent.destroy();
  return {
    logins: (1000 * logins) / time,
    server: (100 * busy.server) / time,
    clients: (100 * busy.clients) / time,
  };
}

/** Milliseconds of processor time that the server has had. */
async function spentBy(server: ChildProcess): Promise<number> {
  server.send('processor time');
  const [{ user, system }] = (await once(server, 'message')) as [NodeJS.CpuUsage];
  return (user + system) / 1000;
}

async function logIn(agent: Agent, url: string): Promise<void> {
  const { saltAuth = '' } = await post(agent, `${url}/auth/login-s`, { email: EMAIL });
  const { sessionStarterId, srpB = '' } = await post(agent, `${url}/auth/login-a`, {
    email: EMAIL,
    srpA: toHex(A),
  });
  const B = fromHex(srpB, 'srpB');
  const S = srp.S({ B, a: one, u: srp.u(A, B), x: one });
  const K = srp.K(S);
  const M1 = srp.M1({ I, s: fromHex(saltAuth, 'saltAuth'), A, B, S, K });
  const { srpM2 = '' } = await post(agent, `${url}/auth/login-m1`, { sessionStarterId, srpM1: toHex(M1) });
  steps.accept.M2(srp.M2(A, M1, K), fromHex(srpM2, 'srpM2'));
}

/** A call without the care that a client takes: it is not what is measured. */
async function post(agent: Agent, url: string, body: unknown): Promise<Readonly<Record<string, string>>> {
  return await new Promise((done, fail) => {
    const sent = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } });
    sent.once('error', fail);
    sent.once('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.once('end', () => {
        if (answer.statusCode === 200) done(JSON.parse(text) as Record<string, string>);
        else fail(new Error(`${url} answered ${String(answer.statusCode)}: ${text}`));
      });
    });
    sent.end(JSON.stringify(body));
  });
}
