/** Every schema compiles, says what it is, and its examples validate; so do the data files and the chapters' examples. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import { findFault } from '../../reference/index.ts';
import { messageSchemas } from '../message-schemas.ts';
import { schemas, specFolder, type Schema } from '../schemas.ts';

type Node = Readonly<Record<string, unknown>>;

/** Every schema within a schema, with the pointer to it. */
function* inner(schema: unknown, pointer: string): Generator<readonly [pointer: string, schema: Node]> {
  if (typeof schema !== 'object' || schema === null) return;
  const node = schema as Node;
  if (!Array.isArray(schema)) yield [pointer, node];
  for (const [key, value] of Object.entries(node)) {
    if (!pointer.endsWith('/properties') && ['examples', 'const', 'enum', 'default'].includes(key)) continue;
    yield* inner(value, `${pointer}/${key}`);
  }
}

const ajv = new Ajv2020();

for (const [name, schema] of schemas)
  t.test(name, (test) => {
    test.ok(ajv.validateSchema(schema), ajv.errorsText());
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

t.test('the schemas of messages are the published ones, with all that they refer to', (test) => {
  for (const [name, schema] of messageSchemas) {
    test.same(schema, schemas.get(name), name);
    for (const [, { $ref }] of inner(schema, '')) {
      const other = /([\w-]+)\.schema\.json/.exec(typeof $ref === 'string' ? $ref : '')?.[1];
      test.ok(other === undefined || messageSchemas.has(other), `${name} refers to ${other ?? 'itself'}`);
    }
  }
  test.end();
});

/** The data files. */
const dataFiles = [
  'protocol.json',
  'derivations.json',
  'operators.json',
  'errors.json',
  'requirements.json',
  'calls.json',
  'ids.json',
  'source-map.json',
  'story.json',
  'examples.json',
  'profiles/documented.json',
  'profiles/deployed.json',
];

const read = (file: string): unknown => JSON.parse(readFileSync(join(specFolder, file), 'utf8'));

/** The name of the schema that a data file names; of its own name where it names none. */
const schemaOf = (file: string): string =>
  (((read(file) as Schema)['$schema'] as string | undefined) ?? file).replace(
    /^.*\/|(\.schema)?\.json$/g,
    '',
  );

t.test('the data files are of their schemas', (test) => {
  for (const file of dataFiles) {
    const name = schemaOf(file);
    test.ok(schemas.has(name), `${file} names its schema`);
    test.equal(findFault(name, read(file)), undefined, file);
  }
  test.end();
});

t.test('the examples in the chapters are of their schemas', (test) => {
  let examples = 0;
  for (const file of readdirSync(specFolder).filter((name) => name.endsWith('.md')))
    for (const [, name = '', text = ''] of readFileSync(join(specFolder, file), 'utf8').matchAll(
      /^ *```json schema=(\S+)(?: example=\S+)?\n(.*?)^ *```$/gms,
    )) {
      examples += 1;
      test.equal(findFault(name, JSON.parse(text)), undefined, `${file}: ${text.slice(0, 60)}`);
    }
  test.ok(examples > 20);
  test.end();
});

/** Whether a value is another with things left out: members of objects, and elements of lists. */
function isExcerpt(part: unknown, whole: unknown): boolean {
  if (typeof part !== 'object' || part === null) return part === whole;
  if (typeof whole !== 'object' || whole === null || Array.isArray(part) !== Array.isArray(whole))
    return false;
  if (Array.isArray(part))
    return part.every((item) => (whole as unknown[]).some((other) => isExcerpt(item, other)));
  return Object.entries(part).every(([name, value]) => isExcerpt(value, (whole as Node)[name]));
}

/** Whether a value is an excerpt of something in another. */
const isIn = (part: unknown, whole: unknown): boolean =>
  isExcerpt(part, whole) ||
  (typeof whole === 'object' && whole !== null && Object.values(whole).some((inside) => isIn(part, inside)));

t.test('the examples in the schemas of data files are excerpts of these files', (test) => {
  const data = dataFiles.map(read);
  for (const name of new Set(dataFiles.map(schemaOf)))
    for (const [pointer, { examples }] of inner(schemas.get(name), ''))
      for (const example of Array.isArray(examples) ? (examples as unknown[]) : [])
        test.ok(isIn(example, data), `${name}${pointer}: ${JSON.stringify(example).slice(0, 80)}`);
  test.end();
});
