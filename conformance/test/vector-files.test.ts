/** The published vectors are of their schema, explain every flag, and are bound to requirements that exist. */
import t from 'tap';
import requirementsFile from '../../spec/requirements.json' with { type: 'json' };
import { findFault } from '../../reference/index.ts';
import type { Exchange } from '../peer/exchange.ts';
import { vectorFiles, type Call, type Vector } from '../vectors/files.ts';
import { findExchangeFault } from './openapi.ts';

const files = vectorFiles();
const requirements = new Map(requirementsFile.requirements.map((item) => [item.id, item]));
const ids = (vectors: readonly Vector[]): string[] => vectors.map(({ id }) => id);
const all = [...files.values()].flatMap(({ groups }) => groups.flatMap(({ vectors }) => vectors));

t.test('every file is of its schema', (test) => {
  for (const [name, file] of files) {
    test.equal(findFault('vector-file', file), undefined, name);
    test.equal(file.family, name);
    test.notMatch(JSON.stringify(file), /acceptable/i, 'there is nothing between valid and invalid');
    const unknown = file.requirements.filter((id) => !requirements.has(id));
    test.same(unknown, [], 'requirements that exist');
  }
  test.end();
});

t.test('every flag has a note, every note a flag, every id one vector', (test) => {
  for (const [name, { notes, groups }] of files) {
    const vectors = groups.flatMap((group) => group.vectors);
    const flags = new Set(vectors.flatMap((vector) => vector.flags));
    test.same([...flags].sort(), Object.keys(notes).sort(), name);
    test.equal(new Set(vectors.map(({ id }) => id)).size, vectors.length, name);
  }
  test.end();
});

t.test('every refusal is explained: bug, effect, source, requirement', (test) => {
  for (const [name, { notes, groups }] of files)
    for (const { profile, vectors } of groups) {
      const invalid = vectors.filter(({ result, mistake }) => result === 'invalid' && mistake === undefined);
      const unexplained = invalid.filter(({ flags }) =>
        flags.some((flag) => notes[flag]?.effect === undefined || (notes[flag].links ?? []).length === 0),
      );
      test.same(ids(unexplained), [], `${name}, ${profile}: effect and links`);
      const unbound = invalid.filter(({ requirement = '' }) => {
        const bound = requirements.get(requirement)?.profile;
        return bound !== 'both' && bound !== profile;
      });
      test.same(ids(unbound), [], `${name}, ${profile}: a requirement of the profile`);
    }
  test.end();
});

t.test('wherever something is refused, something is accepted too', (test) => {
  for (const [name, { groups }] of files)
    for (const { profile, vectors } of groups) {
      const accepting = new Set(vectors.filter(({ result }) => result === 'valid').map(({ step }) => step));
      const alone = vectors.filter(({ result, step }) => result === 'invalid' && !accepting.has(step));
      test.same(ids(alone), [], `${name}, ${profile}`);
    }
  test.end();
});

t.test('at least 600 vectors, at least a third of them negative', (test) => {
  const negative = all.filter(({ result }) => result === 'invalid').length;
  test.ok(all.length >= 600, `${all.length} vectors`);
  test.ok(3 * negative >= all.length, `${negative} negative`);
  test.end();
});

t.test('every HTTP message is one that the binding has', (test) => {
  const faults = all.flatMap(({ id, result, exchange = [] }) =>
    // The last answer of a refusal may be ill-formed: that is why it is refused.
    (result === 'valid' ? exchange : exchange.slice(0, -1))
      .map((call) => findExchangeFault(exchangeOf(call)))
      .flatMap((fault) => (fault === undefined ? [] : `${id}: ${fault}`)),
  );
  test.same(faults, []);
  test.end();
});

function exchangeOf({ method, path, session, request, status, response }: Call): Exchange {
  const json = { 'content-type': 'application/json' };
  const requestBody = request === undefined ? '' : JSON.stringify(request);
  return {
    method,
    target: path,
    requestHeaders: {
      ...(request !== undefined && json),
      ...(session !== undefined && { 'x-session-id': session }),
    },
    requestBody,
    requestBytes: Buffer.from(requestBody),
    status,
    responseHeaders: { ...json, 'cache-control': 'no-store' },
    responseBody: JSON.stringify(response),
  };
}
