/** `examples.json`, and the schemas with their examples. */
import type { SpecData } from './data.ts';
import { formatJson } from './examples-format.ts';
import type { Example, Examples } from './examples.ts';

/** What the files are to hold, by file name. */
export async function exampleFiles({ schemas }: SpecData, examples: Examples): Promise<Map<string, string>> {
  const list = {
    $schema: './schemas/examples.schema.json',
    examples: Object.fromEntries([...examples].map(([schema, named]) => [schema, Object.fromEntries(named)])),
  };
  const files = new Map([['examples.json', await formatJson(list)]]);
  const drafts = new Map<string, object>();
  for (const [name, named] of examples) {
    const [file = '', pointer = ''] = name.split('#');
    const draft = drafts.get(file) ?? structuredClone(schemas.get(file));
    if (draft === undefined) throw new Error(`there is no schema ${file} for its examples`);
    setExamples(draft, pointer, named);
    drafts.set(file, draft);
  }
  for (const [name, draft] of drafts) files.set(`schemas/${name}.schema.json`, await formatJson(draft));
  return files;
}

/** A schema says no value twice. */
function setExamples(schema: object, pointer: string, named: ReadonlyMap<string, Example>): void {
  let node = schema as Record<string, unknown>;
  for (const member of pointer.split('/').slice(1)) {
    if (typeof node[member] !== 'object') throw new Error(`there is no schema at ${pointer}`);
    node = node[member] as Record<string, unknown>;
  }
  const values = new Map([...named.values()].map(({ value }) => [JSON.stringify(value), value]));
  node['examples'] = [...values.values()];
}
