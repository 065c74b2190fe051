/** The page of what machines read: the data files of the specification, and every JSON Schema. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { schemas, type Schema } from '../../spec/schemas.ts';
import { anchor, blocks, code, groupBy, table } from './markdown.ts';
import type { Page } from './page.ts';
import { dataFiles, linksFrom, root } from './site.ts';

const path = 'spec/schemas/README.md';
const link = linksFrom(path);

const binding = readFileSync(join(root, 'spec/openapi.yaml'), 'utf8');

export function schemasPage(): Page {
  const groups = groupBy([...schemas], ([name]) => groupOf(name));
  const text = blocks(
    '# Data files and schemas',
    'What machines read is served beside the chapters, at the same paths as in the repository.',
    '## Data files',
    table(['file', 'what it holds'], [...dataFiles.filter(isData).map(dataRow), bindingRow]),
    `The vectors are listed ${link('vectors/families.md', '', 'by family')}.`,
    '## Schemas',
    `${schemas.size} JSON Schemas (2020-12). An ${code('$id')} is a name, not an address to fetch from.`,
    ...[...groups].flatMap(([group, items]) => [`### ${group}`, schemaTable(items)]),
  );
  return { path, text };
}

/** What the schemas are of; those of messages are the ones that the HTTP binding refers to. */
function groupOf(name: string): string {
  if (name.startsWith('adapter-')) return 'Adapters';
  if (name.startsWith('record-')) return 'What a server stores';
  return binding.includes(`schemas/${name}.schema.json`) ? 'Messages' : 'Files and values';
}

const isData = (file: string): boolean => /^spec\/(profiles\/)?[\w-]+\.json$/.test(file);

/** A data file says what it is by the schema that it names, or that has its name. */
function dataRow(file: string): string[] {
  const { $schema = '' } = JSON.parse(readFileSync(join(root, file), 'utf8')) as { $schema?: string };
  const schema = schemas.get(basename($schema, '.schema.json')) ?? schemas.get(basename(file, '.json'));
  const words = text(schema?.['description'] ?? WITHOUT_SCHEMA[file]).replace(/^The form of \S+: /, '');
  return [link(file, '', code(file)), words.charAt(0).toUpperCase() + words.slice(1)];
}

const WITHOUT_SCHEMA: Readonly<Record<string, string>> = {
  'spec/ids.json': 'Every requirement id that was ever published, so that none is given to another sentence.',
};

const bindingRow = [
  link('spec/openapi.yaml', '', code('spec/openapi.yaml')),
  `OpenAPI 3.1: ${/^ {2}summary: (.*)$/m.exec(binding)?.[1] ?? ''}. ${link('spec/09-http.md', '', 'Chapter 9')} is the reference.`,
];

const schemaTable = (items: readonly (readonly [string, Schema])[]): string =>
  table(
    ['title', 'schema', 'description', code('$id')],
    items.map(([name, schema]) => [
      text(schema['title']),
      anchor(name) + link(`spec/schemas/${name}.schema.json`, '', code(name)),
      text(schema['description']),
      code(schema.$id),
    ]),
  );

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
