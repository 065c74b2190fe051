/** Nothing in an example can change unseen: neither the example itself, nor what it is computed from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { readSpecData, type SpecData } from '../generate/data.ts';
import { fillFences } from '../generate/examples-fences.ts';
import { exampleFiles } from '../generate/examples-files.ts';
import { examplesOf } from '../generate/examples.ts';
import { readChapters } from '../generate/files.ts';
import { fillMarkers } from '../generate/markers.ts';
import { generatedParts } from '../generate/parts.ts';
import { specFolder, type Schema } from '../schemas.ts';

const data = readSpecData();
const chapters = readChapters();
const examples = examplesOf(data);
const parts = generatedParts(data);

/** Every digit another, and every `true` `false`. */
const otherwise = (text: string): string =>
  text.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10)).replaceAll('true', 'false');

t.test('a changed digit of an example in a chapter is set right', async (test) => {
  const FENCE = /^( *```json schema=[^\n]*\n)(.*?)(^ *```)$/gms;
  const PART = /^(<!-- generated: example [^\n]* -->\n\n```text\n)(.*?)(^```)$/gms;
  let blocks = 0;
  const edit = (text: string): string =>
    [FENCE, PART].reduce(
      (edited, pattern) =>
        edited.replace(pattern, (_, first: string, inside: string, last: string) => {
          blocks += 1;
          return `${first}${otherwise(inside)}${last}`;
        }),
      text,
    );
  const edited = new Map([...chapters].map(([file, text]) => [file, edit(text)]));
  test.ok(blocks > 20);
  const filled = await fillFences(fillMarkers(edited, parts), examples);
  for (const [file, text] of chapters) test.equal(filled.get(file), text, file);
});

t.test('an example that the story does not have is refused in words', async (test) => {
  const fill = (fence: string) => fillFences(new Map([['1.md', `${fence}\n{}\n\`\`\`\n`]]), examples);
  await test.rejects(fill('```json schema=login-b-request'), {
    message: '1.md: the story has no example of login-b-request',
  });
  await test.rejects(fill('```json schema=share-a-request example=eve'), {
    message: '1.md: the story has no example of share-a-request named eve',
  });
  const filled = await fill('```json schema=share-a-request example=persons');
  test.equal(
    filled.get('1.md'),
    '```json schema=share-a-request example=persons\n{ "emails": ["bob@example.com"] }\n```\n',
  );
});

/** Every schema within a schema that has examples, with its name as in examples.json. */
function* withExamples(
  node: unknown,
  name: string,
): Generator<[name: string, holder: { examples: unknown[] }]> {
  if (typeof node !== 'object' || node === null) return;
  if ('examples' in node && Array.isArray(node.examples)) yield [name, node as { examples: unknown[] }];
  for (const [key, value] of Object.entries(node))
    if (key !== 'examples') yield* withExamples(value, `${name}${name.includes('#') ? '' : '#'}/${key}`);
}

t.test('a changed digit of an example in a schema, or in examples.json, is set right', async (test) => {
  const schemas = structuredClone(data.schemas) as Map<string, Schema>;
  for (const [name, schema] of schemas)
    for (const [at, holder] of withExamples(schema, name))
      if (examples.has(at)) holder.examples = [otherwise(JSON.stringify(holder.examples))];
  const files = await exampleFiles({ ...data, schemas }, examples);
  test.ok(files.size > 50);
  for (const [file, text] of files) test.equal(text, readFileSync(join(specFolder, file), 'utf8'), file);
});

t.test(
  'what the story does not tell: forms of data files and of what the suite prints, and names',
  (test) => {
    const typed = new Set<string>();
    for (const [name, schema] of data.schemas)
      for (const [at] of withExamples(schema, name)) if (!examples.has(at)) typed.add(at.replace(/#.*/, ''));
    const dataFiles = [
      'calls',
      'derivations',
      'errors',
      'examples',
      'ids',
      'operators',
      'profile',
      'protocol',
      'requirements',
    ];
    const printed = ['list', 'mistakes', 'result', 'source-map', 'story', 'types', 'vector-file'];
    test.same([...typed].sort(), [...dataFiles, ...printed].sort());
    const names = [...withExamples(data.schemas.get('types'), 'types')].map(([at]) => at);
    test.same(
      names.filter((at) => !examples.has(at)).map((at) => at.replace(/.*\//, '')),
      ['hex', 'profile', 'stage', 'level', 'role', 'sectionNumber', 'id', 'semver', 'valueName'],
      'single values that are no values of the protocol',
    );
    test.end();
  },
);

/** The data after a change; what is changed may be nothing that the types allow. */
function changed(edit: (draft: Draft) => void): SpecData {
  const draft: unknown = structuredClone(data);
  edit(draft as Draft);
  return draft as SpecData;
}
interface Draft {
  readonly protocol: { readonly constants: Record<string, { value: unknown }> };
  readonly story: Record<'change' | 'resource' | 'login', { given: Record<string, unknown> }>;
}

/** The names of the examples that are others, or why there are none. */
function othersIn(other: SpecData): string[] | string {
  try {
    const found = examplesOf(other);
    return [...found.keys()].filter((name) => !isDeepStrictEqual(found.get(name), examples.get(name)));
  } catch (error) {
    return (error as Error).message;
  }
}

/** No example is so long that it shows them. */
const LIMITS = ['BODY_BYTES', 'SYNC_BODY_BYTES'];

t.test('a changed constant makes other examples, or none at all', (test) => {
  const others: Readonly<Record<string, (value: string | number) => unknown>> = {
    name: () => 'sha-512',
    count: (value) => Number(value) + 1,
    bytes: (value) => String(value).replace(/.$/, (digit) => (digit === '3' ? '7' : '3')),
  };
  for (const [name, { type, value }] of Object.entries(data.protocol.constants)) {
    const edit = ({ protocol }: Draft) =>
      Object.assign(protocol.constants[name] ?? {}, { value: others[type]?.(value) });
    const found = othersIn(changed(edit));
    const isLimit = LIMITS.includes(name);
    test.equal(
      found.length > 0,
      !isLimit,
      `${name}: ${typeof found === 'string' ? found : found.join(', ')}`,
    );
    test.not(generated(changed(edit)), generated(data), `${name}: and another part, or none`);
  }
  test.end();
});

/** The parts as one text, or why there are none. */
function generated(of: SpecData): string {
  try {
    return JSON.stringify([...generatedParts(of)]);
  } catch (error) {
    return (error as Error).message;
  }
}

t.test('a changed word of the story changes what depends on it, and nothing else', (test) => {
  const found = othersIn(changed(({ story }) => Object.assign(story.resource.given, { M_Resource: {} })));
  const files = new Set([found].flat().map((name) => name.split('#')[0]));
  const due = [
    'adapter-pull',
    'adapter-push',
    'aes-message',
    'pull-response',
    'push-request',
    'push-response',
  ];
  test.same([...files].sort(), [...due, 'record-resource', 'resource'], 'the document');
  const wrong = othersIn(changed(({ story }) => Object.assign(story.login.given, { a: '00' })));
  test.match(wrong, /^a: is 1 bytes long, expected 32 to 256/);
  test.end();
});
