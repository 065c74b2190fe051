/** The HTTP binding, one request at a time: media types, encodings, sizes, paths and methods (9.2, 9.5, 9.8). */
import { gzipSync } from 'node:zlib';
import { callsOfPath, httpCalls, type HttpCall } from '../../../spec/calls.ts';
import { expectThat, type Check } from '../../check.ts';
import type { Exchange } from '../../peer/exchange.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { makeGroup, resourceOf } from '../fixtures/flows.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { honestSync, storedResource, syncWorld } from '../sync/sync-world.ts';
import { honestLogin } from '../fixtures/honest-login.ts';
import { bodyCalls, eachTaken, getCalls } from './calls.ts';

/** The path of a call, with an id that leads nowhere. */
const pathOf = ({ path }: HttpCall): string => path.replace('{id}', 'no_such_group');

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A JSON text, filled up with white space to a length in bytes. */
function filled(value: unknown, length: number): Uint8Array {
  const bytes = bytesOf(JSON.stringify(value));
  return Uint8Array.from(Buffer.concat([bytes, Buffer.alloc(length - bytes.length, ' ')]));
}

const MEDIA_TYPES = [
  ...['text/plain', 'text/json', 'application/xml', 'application/json-patch+json'],
  ...['application/x-www-form-urlencoded', 'application/octet-stream', undefined],
];

/** Bodies that are not JSON in UTF-8. */
const NO_JSON: Readonly<Record<string, Uint8Array>> = {
  'half of an object': bytesOf('{"ids":['),
  'two values': bytesOf('{} {}'),
  'text in single quotes': bytesOf("{'ids':[]}"),
  'a trailing comma': bytesOf('{"ids":[],}'),
  'a byte that is not UTF-8': Uint8Array.from([0x7b, 0x22, 0x69, 0xe9, 0x22, 0x3a, 0x31, 0x7d]),
  'UTF-16': Uint8Array.from(Buffer.from('{"ids":[]}', 'utf16le')),
};

const isAccepted = (what: string, answer: Exchange): void => {
  expectThat(isSuccess(answer), `${what} was refused`, {
    sent: requestLine(answer),
    expected: 'status 200',
    actual: statusAndBody(answer),
  });
};

export const httpChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.http.media-type',
    title:
      'A body of another media type than application/json, or of none, is refused with 415 at every call.',
    requirements: ['HTTP-05', 'ERROR-02'],
    twin: honestLogin,
    async run(bench) {
      const { sessionId } = await bench.device(await bench.jane());
      for (const call of bodyCalls(bench))
        for (const type of MEDIA_TYPES) {
          const sent = { bytes: bytesOf('{}'), headers: { 'content-type': type }, sessionId };
          const answer = await bench.send(call.method, pathOf(call), sent);
          const what = `a body of ${call.path} with the media type ${type ?? 'missing'}`;
          expectRefusal(what, answer, [415], 'media-type');
        }
      await bench.login(await bench.jane());
    },
  },
  {
    id: 'server.http.encoding',
    title: 'A body that is compressed otherwise than with gzip at push and pull is refused with 415.',
    requirements: ['ERROR-02', 'HTTP-05'],
    twin: honestLogin,
    async run(bench) {
      const { sessionId } = await bench.device(await bench.jane());
      for (const call of bodyCalls(bench))
        for (const encoding of call.gzip === true ? ['br', 'deflate'] : ['gzip', 'br']) {
          const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
          const sent = { bytes: gzipSync('{}'), headers, sessionId };
          const answer = await bench.send(call.method, pathOf(call), sent);
          expectRefusal(`a body of ${call.path} in ${encoding}`, answer, [415], 'media-type');
        }
    },
  },
  {
    id: 'server.http.no-json',
    title: 'A body that is not JSON in UTF-8 is refused with 400 at every call.',
    requirements: ['HTTP-06', 'HTTP-12'],
    twin: eachTaken,
    async run(bench) {
      const { sessionId } = await bench.device(await bench.jane());
      for (const call of bodyCalls(bench))
        for (const [what, bytes] of Object.entries(NO_JSON)) {
          const sent = { bytes, headers: { 'content-type': 'application/json' }, sessionId };
          const answer = await bench.send(call.method, pathOf(call), sent);
          expectRefusal(`${what} as the body of ${call.path}`, answer, [400], 'malformed');
        }
      const whoami = await bench.send('GET', '/auth/whoami', { sessionId });
      isAccepted('the session after bodies that are no JSON', whoami);
    },
  },
  {
    id: 'server.http.gzip',
    title: 'A push and a pull that are compressed with gzip are taken.',
    requirements: ['HTTP-08'],
    needs: ['groups', 'sync'],
    async run(bench) {
      const { device, group } = await syncWorld(bench);
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
      const resource = resourceOf(bench, group, device, 'compressed');
      for (const [path, body] of [
        ['/sync/push', [resource]],
        ['/sync/pull', { resources: [], blacklist: [] }],
      ] as const) {
        const bytes = gzipSync(JSON.stringify(body));
        const answer = await bench.send('POST', path, { bytes, headers, sessionId: device.sessionId });
        isAccepted(`a body of ${path} that is compressed`, answer);
      }
      const stored = await storedResource(device, group, resource.id);
      expectThat(stored?.encContent === resource.encContent, 'a compressed push was not stored', {
        expected: 'the resource as it was pushed',
        actual: JSON.stringify(stored ?? null),
      });
    },
  },
  {
    id: 'server.http.no-gzip',
    title: 'A body that says that it is compressed with gzip, and is not, is refused with 400.',
    requirements: ['ERROR-02', 'HTTP-12'],
    needs: ['groups', 'sync'],
    twin: honestSync,
    async run(bench) {
      const { sessionId } = (await syncWorld(bench)).device;
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
      const whole = gzipSync('[]');
      for (const bytes of [bytesOf('[]'), whole.subarray(0, whole.length - 6)])
        for (const path of ['/sync/push', '/sync/pull']) {
          const answer = await bench.send('POST', path, { bytes, headers, sessionId });
          expectRefusal(`a body of ${path} that does not decompress`, answer, [400], 'malformed');
        }
    },
  },
  {
    id: 'server.http.longest-body',
    floods: 'it sends the longest bodies',
    title:
      'A body as long as every server takes it is taken: at login-s, at push and at pull, compressed too.',
    requirements: ['HTTP-17'],
    needs: ['groups', 'sync'],
    async run(bench) {
      const { device } = await syncWorld(bench);
      const bodies = {
        loginS: { email: device.account.body.email },
        push: [],
        pull: { resources: [], blacklist: (await makeGroup(bench, device)).groupId.split(' ') },
      };
      for (const [id, body] of Object.entries(bodies)) {
        const call = httpCalls.find((one) => one.id === id);
        if (call?.maxRequestBytes === undefined) continue;
        const plain = filled(body, call.maxRequestBytes);
        const type = { 'content-type': 'application/json' };
        const forms = [{ bytes: plain, headers: type }];
        if (call.gzip === true)
          forms.push({ bytes: gzipSync(plain), headers: { ...type, ...{ 'content-encoding': 'gzip' } } });
        for (const form of forms) {
          const answer = await bench.send('POST', call.path, { ...form, sessionId: device.sessionId });
          isAccepted(`a body of ${call.path} with ${String(plain.length)} bytes`, answer);
        }
      }
    },
  },
  {
    id: 'server.http.long-garbage',
    floods: 'it sends the longest bodies at every call',
    title:
      'What is no JSON and as long as every server takes a body is refused for its form, not for its length, at every call.',
    requirements: ['HTTP-17'],
    twin: eachTaken,
    async run(bench) {
      const { sessionId } = await bench.device(await bench.jane());
      for (const call of bodyCalls(bench)) {
        const bytes = Buffer.alloc(call.maxRequestBytes ?? 0, '?');
        const sent = { bytes, headers: { 'content-type': 'application/json' }, sessionId };
        const answer = await bench.send(call.method, pathOf(call), sent);
        expectRefusal(`a body of ${call.path} that is long and no JSON`, answer, [400], 'malformed');
      }
    },
  },
  {
    id: 'server.http.too-long',
    floods: 'it sends bodies that decompress to 256 MiB',
    title: 'A body that decompresses to sixteen times as much as every server takes is refused with 413.',
    requirements: ['HTTP-18'],
    needs: ['groups', 'sync'],
    twin: honestSync,
    async run(bench) {
      const { sessionId } = (await syncWorld(bench)).device;
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
      const compressed = new Map<number, Uint8Array>();
      for (const { path, maxRequestBytes = 0 } of bodyCalls(bench).filter(({ gzip }) => gzip)) {
        const long = (): Uint8Array => gzipSync(Buffer.alloc(16 * maxRequestBytes, ' '), { level: 1 });
        const bytes = compressed.get(maxRequestBytes) ?? long();
        compressed.set(maxRequestBytes, bytes);
        const answer = await bench.send('POST', path, { bytes, headers, sessionId });
        expectRefusal(`a body of ${path} that decompresses to 256 MiB`, answer, [413], 'too-large');
      }
    },
  },
  {
    id: 'server.http.get-body',
    title: 'A body of a GET is ignored, be it JSON of no form or no JSON at all.',
    requirements: ['ERROR-02'],
    async run(bench) {
      const { sessionId } = await bench.device(await bench.jane());
      const calls = getCalls(bench).filter(({ id }) => ['whoami', 'listTeams'].includes(id));
      for (const { path } of calls)
        for (const text of ['{}', '{"colour":"green"}', '[]', '{']) {
          const headers = { 'content-type': 'application/json' };
          const answer = await bench.send('GET', path, { bytes: bytesOf(text), headers, sessionId });
          isAccepted(`GET ${path} with the body ${text}`, answer);
        }
    },
  },
  {
    id: 'server.http.no-call',
    title: 'A path that there is not is answered with 404, and a method that a path does not have with 405.',
    requirements: ['ERROR-02', 'ERROR-01'],
    twin: honestLogin,
    async run(bench) {
      const { sessionId } = await bench.device(await bench.jane());
      for (const path of ['/no-such-path', '/auth', '/auth/no-such-call', '/sync/push/more'])
        for (const method of ['GET', 'POST']) {
          const answer = await bench.send(method, path, { sessionId });
          expectRefusal(`${method} ${path}`, answer, [404], 'not-found');
        }
      for (const call of [...bodyCalls(bench), ...getCalls(bench)]) {
        const others = callsOfPath(pathOf(call)).map((other) => other.method);
        for (const method of ['GET', 'POST', 'PUT', 'DELETE'].filter((one) => !others.includes(one))) {
          const answer = await bench.send(method, pathOf(call), { sessionId });
          expectRefusal(`${method} ${call.path}`, answer, [405], 'method');
        }
      }
    },
  },
];
