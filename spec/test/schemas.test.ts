/** Every schema compiles, says what it is, and its examples validate; so do the data files and the chapters' examples. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { findFault } from '../../reference/index.ts';
import { schemas, specFolder, type Schema } from '../schemas.ts';

type Node = Readonly<Record<string, unknown>>;

/** Every schema within a schema, with the pointer to it. */
function* inner(schema: unknown, pointer: string): Generator<readonly [pointer: string, schema: Node]> {
  if (typeof schema !== 'object' || schema === null) return;
  const node = schema as Node;
  if (!Array.isArray(schema)) yield [pointer, node];
  for (const [key, value] of Object.entries(node)) {
    if (['examples', 'const', 'enum', 'default'].includes(key)) continue;
    yield* inner(value, `${pointer}/${key}`);
  }
}

for (const [name, schema] of schemas)
  t.test(name, (test) => {
    test.equal(schema.$id, `https://e2ee-sync.example/spec/1/schemas/${name}.schema.json`);
    test.type(schema['title'], 'string');
    test.type(schema['description'], 'string');
    let examples = 0;
    for (const [pointer, { examples: given }] of inner(schema, ''))
      for (const example of Array.isArray(given) ? (given as unknown[]) : []) {
        examples += 1;
        test.equal(
          findFault(pointer === '' ? name : `${name}#${pointer}`, example),
          undefined,
          `example at ${pointer}`,
        );
      }
    test.ok(examples > 0, 'has examples');
    for (const [pointer, node] of inner(schema, ''))
      if (/\/(properties|\$defs)\/[^/]+$/.test(pointer) && !pointer.endsWith('/properties/properties'))
        test.ok('description' in node || 'title' in node, `${pointer} says what it is`);
    test.end();
  });

t.test('the data files are of their schemas', (test) => {
  const files = [
    'protocol.json',
    'derivations.json',
    'operators.json',
    'errors.json',
    'requirements.json',
    'ids.json',
    'source-map.json',
    'profiles/documented.json',
    'profiles/deployed.json',
  ];
  for (const file of files) {
    const data = JSON.parse(readFileSync(join(specFolder, file), 'utf8')) as Schema;
    const name = ((data['$schema'] as string | undefined) ?? file).replace(/^.*\/|(\.schema)?\.json$/g, '');
    test.ok(schemas.has(name), `${file} names its schema`);
    test.equal(findFault(name, data), undefined, file);
  }
  test.end();
});

t.test('the examples in the chapters are of their schemas', (test) => {
  let examples = 0;
  for (const file of readdirSync(specFolder).filter((name) => name.endsWith('.md')))
    for (const [, name = '', text = ''] of readFileSync(join(specFolder, file), 'utf8').matchAll(
      /^ *```json schema=(\S+)\n(.*?)^ *```$/gms,
    )) {
      examples += 1;
      test.equal(findFault(name, JSON.parse(text)), undefined, `${file}: ${text.slice(0, 60)}`);
    }
  test.ok(examples > 20);
  test.end();
});
