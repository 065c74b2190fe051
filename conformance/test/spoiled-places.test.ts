/** Bodies that are made wrong in one place are wrong, each in its own way. */
import t from 'tap';
import { findFault } from '../../reference/index.ts';
import { findIllFormed } from '../../reference/well-formed.ts';
import { messageSchemas } from '../../spec/message-schemas.ts';
import { RAW } from '../requests/draft.ts';
import { spoiledBodies } from '../server/fixtures/spoiled-places.ts';

const resource = (messageSchemas.get('resource')?.['examples'] as object[])[0];
const RIGHT: Readonly<Record<string, unknown>> = {
  'push-request': [resource, resource],
  'pull-request': {
    resources: [{ id: 'req_1', resourceGroupId: 'rg_7Jx2', version: 'v1', removed: false }],
    blacklist: ['rg_7Jx2'],
  },
  'fix-dupes-request': { ids: ['rg_7Jx2'] },
};

/** As a receiver reads it that reads numbers as JavaScript does. */
const read = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, held: unknown) =>
    typeof held === 'string' && held.startsWith(RAW) ? Number(held.slice(RAW.length)) : held,
  );

for (const [schema, right] of Object.entries(RIGHT))
  t.test(schema, (test) => {
    test.equal(findFault(schema, right), undefined, 'the body is right before it is spoiled');
    const bodies = spoiledBodies(schema, right);
    for (const { what, body } of bodies)
      test.ok(findFault(schema, read(body)) ?? findIllFormed(body), `${what} is wrong`);
    test.equal(new Set(bodies.map(({ what }) => what)).size, bodies.length, 'no two are told alike');
    for (const name of ['id', 'removed', 'version'].filter(() => schema === 'push-request'))
      test.ok(
        bodies.some(({ pointer }) => pointer === `/1/${name}`),
        `${name} of the last resource is spoiled`,
      );
    test.end();
  });
