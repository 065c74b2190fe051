/** The HTTP binding byte by byte: what is no request, what hides in one, and requests in pieces and in a row (9.2, 9.5). */
import { expectSame, expectThat, shorten, type Check } from '../../check.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { insideIn } from '../../requests/inside.ts';
import { isSuccess, statusAndBody, type Device, type ServerBench } from '../bench/bench.ts';
import { expectGoesOn } from './generated-checks.ts';
import { bodyCalls } from './calls.ts';
import { tooLongBodies } from './long-bodies.ts';
import { hidingRequests, noRequests, type Writer } from './socket-rows.ts';
import { talk, type Piece, type RawAnswer } from './socket.ts';
import { honestLogin } from '../fixtures/honest-login.ts';
import { taken } from '../fixtures/valid.ts';

/** Milliseconds without a byte after which no answer to what is right is waited for. */
const PATIENCE = 10_000;
/** The same for what may be waited for to go on. */
const HASTE = 400;

/** Writes requests to the server under test, with the session of a device. */
function writerFor({ target: { url } }: ServerBench, { sessionId }: Device): Writer {
  const { host, pathname } = new URL(url);
  const base = pathname.replace(/\/$/, '');
  return {
    head: (method, path, more = '') => `${method} ${base}${path} HTTP/1.1\r\nhost: ${host}\r\n${more}\r\n`,
    session: `x-session-id: ${sessionId}\r\n`,
  };
}

/** These say of HTTP itself that the server does not speak it so. */
const NOT_SPOKEN = [501, 505];

/** Fails where an answer is a failure of the server, or tells of its inside. */
function expectNoFailure(sent: string, { status, headers, body }: RawAnswer): void {
  const actual = `${status} ${shorten(body)}`;
  expectThat(status < 500 || NOT_SPOKEN.includes(status), 'the server failed over what is no request', {
    ...{ sent, expected: 'a status from 400 to 499, or the end of the connection', actual },
  });
  const inside = status < 400 ? undefined : insideIn({ responseHeaders: headers, responseBody: body });
  expectThat(inside === undefined, 'a refusal tells of the inside of the server', {
    ...{ sent, expected: 'no stack trace and no path of a file', actual: inside ?? '' },
  });
}

/** Fails unless the session of a device lives on. */
async function expectAlive(device: Device, sent: string, message: string): Promise<void> {
  const answer = await device.call('GET', '/auth/whoami');
  const holds = isSuccess(answer) && jsonOf(answer.responseBody)['accountId'] === device.account.body.id;
  const finding = { sent, expected: 'the session works as before', actual: statusAndBody(answer) };
  expectThat(holds, message, finding);
}

async function judgeNoRequests(bench: ServerBench): Promise<void> {
  const device = await bench.device(await bench.jane());
  for (const { what, pieces, hangUp = false } of noRequests(writerFor(bench, device))) {
    const answers = await talk(bench.target.url, { pieces, methods: ['GET'], silence: HASTE, hangUp });
    for (const answer of answers) expectNoFailure(what, answer);
    await expectAlive(device, what, 'the server does not go on after what is no request');
  }
  await expectGoesOn(bench);
}

async function judgeHiding(bench: ServerBench): Promise<void> {
  const device = await bench.device(await bench.jane());
  const victim = await bench.device(await bench.jane());
  const writer = writerFor(bench, device);
  const hidden = writer.head(
    ...(['POST', '/auth/logout', `x-session-id: ${victim.sessionId}\r\ncontent-length: 0\r\n`] as const),
  );
  const next = writer.head('GET', '/auth/whoami', writer.session);
  for (const { what, pieces, framed } of hidingRequests(writer, hidden)) {
    const sent = `a request within the body of one ${what}`;
    const answers = await talk(bench.target.url, {
      pieces: framed ? [...pieces, next] : pieces,
      methods: framed ? ['POST', 'GET'] : ['POST'],
      silence: framed ? PATIENCE : HASTE,
    });
    for (const answer of answers) expectNoFailure(sent, answer);
    await expectAlive(victim, sent, 'a request was obeyed that only stands in the body of another');
    const second = framed ? answers[1] : undefined; // or the connection was closed
    if (second !== undefined)
      expectSame(`accountId after ${sent}`, device.account.body.id, idIn(second), {
        sent: `GET /auth/whoami after a request ${what}, on the same connection`,
      });
  }
}

/** The account in an answer to whoami; status and body where there is none. */
const idIn = ({ status, body }: RawAnswer): string =>
  textOf(jsonOf(body), 'accountId') || `${status} ${shorten(body)}`;

/** The bytes of a text in pieces of a length, with a pause before each. */
function dripping(text: string, length: number, pause: number): readonly Piece[] {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / length);
  return Array.from({ length: count }, (_, i) => [
    pause,
    bytes.subarray(i * length, (i + 1) * length),
  ]).flat();
}

async function judgeSlowBody(bench: ServerBench): Promise<void> {
  const prepared = await bench.prepare('slow');
  const names = { firstName: 'Zoë 🌱', lastName: '各각\u{1d4b3}' };
  const account = { ...prepared, body: { ...prepared.body, ...names } };
  const { firstName, lastName, ...others } = account.body;
  const rest = JSON.stringify(others).replace('{', ',');
  const start = `{"firstName":${JSON.stringify(firstName)},"lastName":${JSON.stringify(lastName)}`;
  const { host, pathname } = new URL(bench.target.url);
  const head = `POST ${pathname.replace(/\/$/, '')}/auth/signup HTTP/1.1\r\nhost: ${host}\r\n`;
  const length = Buffer.byteLength(start + rest);
  const headers = `content-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
  const pieces = [head, 50, headers, ...dripping(start, 1, 10), ...dripping(rest, 800, 50)];
  const [answer] = await talk(bench.target.url, { pieces, methods: ['POST'], silence: PATIENCE });
  const { status, body } = answer ?? { status: 0, body: 'no answer' };
  expectThat(status >= 200 && status < 300, 'a signup was refused whose body came in pieces', {
    sent: 'POST /auth/signup, some bytes at a time',
    expected: 'status 200',
    actual: `${status} ${shorten(body)}`,
  });
  await bench.confirm(account);
  const { whoami } = await bench.login(account);
  const told = jsonOf(whoami.responseBody);
  expectSame('firstName', firstName, textOf(told, 'firstName'));
  expectSame('lastName', lastName, textOf(told, 'lastName'));
}

async function judgePipeline(bench: ServerBench): Promise<void> {
  const jane = await bench.device(await bench.jane());
  const bob = await bench.device(await bench.bob());
  const { head } = writerFor(bench, jane);
  const whoami = (more: string): string => head('GET', '/auth/whoami', more);
  const asks = [jane, undefined, bob, undefined, jane, bob];
  const requests = asks.map((one) => whoami(one === undefined ? '' : `X-SESSION-ID:${one.sessionId}\r\n`));
  const answers = await talk(bench.target.url, {
    ...{ pieces: [requests.join('')], methods: asks.map(() => 'GET'), silence: PATIENCE },
  });
  expectThat(answers.length > 0, 'the first of several requests in a row was not answered', {
    expected: 'an answer to each, or to the first and the end of the connection',
    actual: 'nothing',
  });
  for (const [i, answer] of answers.entries()) {
    const asked = asks[i];
    const found = answer.status === 401 ? 'nobody' : idIn(answer);
    expectSame(
      `who asks in request ${i + 1} of a row, by its answer,`,
      asked?.account.body.id ?? 'nobody',
      found,
    );
  }
}

/** Fails unless what is too long is refused, as far as an answer comes: who hangs up early may lose it on the way. */
async function judgeTooLong(bench: ServerBench): Promise<void> {
  const device = await bench.device(await bench.jane());
  for (const { what, pieces, statuses } of tooLongBodies(writerFor(bench, device), bodyCalls(bench))) {
    const [answer] = await talk(bench.target.url, { pieces, methods: ['POST'], silence: PATIENCE });
    if (answer === undefined) continue;
    const { status, body } = answer;
    expectThat(statuses.includes(status), 'a body that is far too long was not refused for its length', {
      sent: what,
      expected: `status ${statuses.join(' or ')}, or the end of the connection`,
      actual: `${status} ${shorten(body)}`,
    });
  }
  await expectAlive(device, 'bodies that are too long', 'the server does not go on after bodies too long');
}

/** Why none of them is for a server that others use. */
const FLOODS = 'it sends bytes past every rate, and what is no request';

export const socketChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.socket.no-request',
    floods: FLOODS,
    title: 'What is no request, or not all of one, is no failure of the server, and it goes on.',
    requirements: ['HTTP-12', 'ERROR-04'],
    twin: taken('loginS', 'push'),
    run: judgeNoRequests,
  },
  {
    id: 'server.socket.hidden',
    floods: FLOODS,
    title: 'A request that stands in the body of a refused one is not obeyed, however its length is given.',
    requirements: ['HTTP-11', 'HTTP-12'],
    twin: taken('logout', 'reset', 'loginS'),
    run: judgeHiding,
  },
  {
    id: 'server.socket.too-long',
    floods: FLOODS,
    title:
      'A body sixteen times as long as every server takes it is refused with 413 at every call, be its length said or counted.',
    requirements: ['HTTP-18'],
    twin: honestLogin,
    run: judgeTooLong,
  },
  {
    id: 'server.socket.slow-body',
    floods: FLOODS,
    title: 'A body that comes a few bytes at a time, within a character too, is taken as it is.',
    requirements: ['HTTP-17', 'WHOAMI-01'],
    run: judgeSlowBody,
  },
  {
    id: 'server.socket.in-a-row',
    floods: FLOODS,
    title:
      'Requests that come in a row on one connection are answered in their order, each by its own session.',
    requirements: ['SESSION-02'],
    run: judgePipeline,
  },
];
