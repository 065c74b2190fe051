/**
 * Requests that are wrong, made from right ones (9.5, 10.1): no answer is a failure of the server, none says anything of
 * its inside, none changes what is stored, and none takes memory for good. With `SLOW=1` 100 000 of them.
 */
import fc from 'fast-check';
import t from 'tap';
import { findAnswerFault } from '../../conformance/test/openapi.ts';
import { recorded, type Exchange } from '../../conformance/peer/exchange.ts';
import { heapInUse } from './heap.ts';
import { bytesOf, type Draft } from '../../conformance/requests/draft.ts';
import { edits } from '../../conformance/requests/edits.ts';
import { insideIn } from '../../conformance/requests/inside.ts';
import { httpCalls } from '../../spec/calls.ts';
import { calls } from '../../spec/generate/openapi.ts';
import { findFault as findSchemaFault } from '../index.ts';
import { openGarden, type Garden } from './malformed-world.ts';
import { property, same } from './property.ts';
import { PROFILES } from './server-world.ts';

const slow = process.env['SLOW'] === '1';
/** So many that every status comes: one request in sixty is refused with 401. */
const RUNS = slow ? 50_000 : 750;

/** As a request; undefined where `Request` does not take it. */
function requestOf(draft: Draft): Request | undefined {
  const { method, target, headers } = draft;
  const body = ['GET', 'HEAD'].includes(method) ? undefined : bytesOf(draft);
  try {
    const url = `https://sync.example${target}`;
    return new Request(url, { method, headers, ...(body && { body: body as Uint8Array<ArrayBuffer> }) });
  } catch {
    return undefined;
  }
}

/** What is wrong with an answer to a request that may be wrong in any way. */
function findFault(exchange: Exchange, garden: Garden): string | undefined {
  const { method, target, status, responseBody } = exchange;
  if (status >= 500 || garden.errors.length > 0) return `${status}: ${String(garden.errors[0]?.stack)}`;
  if (insideIn(exchange) !== undefined) return `it tells of its inside: ${responseBody}`;
  if (method === 'HEAD' || /[%\\;]|\/\/|\.\./.test(target)) return undefined; // what is a call then is open
  return findAnswerFault(exchange);
}

/** A call that a profile does not have is no call there. */
const profilesOf = (call: Readonly<Record<string, unknown>>) =>
  (call['x-profiles'] ?? PROFILES) as readonly string[];

for (const profile of PROFILES)
  t.test(`${profile}: what is made wrong is right`, async (test) => {
    const garden = await openGarden(profile);
    for (const { id, method, path, request } of httpCalls) {
      const call = calls.find((call) => call.method === method && call.path === path);
      const body = call && garden.right(call).value;
      if (request !== undefined && body !== undefined)
        test.equal(findSchemaFault(request.schema, body), undefined, id);
    }
  });

for (const profile of PROFILES)
  t.test(`${profile}: malformed requests`, async (test) => {
    const own = calls.filter(({ node }) => profilesOf(node).includes(profile));
    const statuses: Record<number, number> = {};
    const heaps: number[] = [];
    let garden = await openGarden(profile);
    let before = garden.dump();
    let sent = 0;
    const title = { name: 'are refused and leave nothing', runs: RUNS, slow: RUNS };
    await property(test, title, fc.constantFrom(...own), edits, async (call, wrong) => {
      const draft = wrong.reduce((own, { apply }) => apply(own), garden.right(call));
      const request = requestOf(draft);
      fc.pre(request !== undefined); // otherwise it cannot be sent
      const { exchange } = await recorded(request, garden.fetch);
      same(findFault(exchange, garden), undefined, `${call.method} ${call.path}`);
      statuses[exchange.status] = (statuses[exchange.status] ?? 0) + 1;
      const changes = garden.changes();
      if (exchange.status < 400 && changes.length > 0) {
        garden = await openGarden(profile); // it was right after all, and may have changed anything
        before = garden.dump();
      } else same([changes, garden.dump()], [[], before], `what is stored after ${exchange.status}`);
      if (++sent % Math.ceil(RUNS / 5) === 0) heaps.push(await heapInUse());
    });
    const [first = 0] = heaps;
    const last = heaps.at(-1) ?? 0;
    test.comment(
      `${JSON.stringify(statuses)}; MiB in use ${heaps.map((heap) => heap.toFixed(1)).join(', ')}`,
    );
    test.ok(last - first < 20, `${last.toFixed(1)} MiB at the end, ${first.toFixed(1)} MiB after a fifth`);
    for (const status of [400, 401, 404, 405, 413, 415])
      test.ok((statuses[status] ?? 0) > 0, `some were refused with ${status}`);
  });
