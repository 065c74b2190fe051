/** `openapi.yaml` as data: its nodes by JSON pointer, and its calls. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { specFolder } from '../schemas.ts';

/** An object of the document. */
export type Node = Readonly<Record<string, unknown>>;

/** A node and where it stands. */
export interface Located {
  /** JSON pointer from the root of the document. */
  readonly pointer: string;
  readonly node: Node;
}

/** One method of one path. */
export interface Call extends Located {
  /** `POST` */
  readonly method: string;
  /** `/api/resource_groups/{id}` */
  readonly path: string;
}

export const openapiFile: string = join(specFolder, 'openapi.yaml');
export const openapi = parseYaml(readFileSync(openapiFile, 'utf8')) as Node;

const examples = JSON.parse(readFileSync(join(specFolder, 'examples.json'), 'utf8')) as Node;

const EXAMPLE_REF = './examples.json#';
const SCHEMA_REF = /^\.\/schemas\/(.+)\.schema\.json(?:#(.*))?$/;
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** The node at a pointer; where it refers to one of the document or to an example, the node that this leads to. */
export function at(pointer: string): Located | undefined {
  const node = step(openapi, pointer);
  const { $ref = '' } = node ?? {};
  if (typeof $ref !== 'string' || node === undefined) return undefined;
  if ($ref.startsWith('#')) return at($ref.slice(1));
  const found = $ref.startsWith(EXAMPLE_REF) ? step(examples, $ref.slice(EXAMPLE_REF.length)) : node;
  return found && { pointer, node: found };
}

/** The object at a pointer into another. */
function step(from: Node, pointer: string): Node | undefined {
  let node: unknown = from;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    node = typeof node === 'object' && node !== null ? (node as Node)[name] : undefined;
  }
  return typeof node === 'object' && node !== null ? (node as Node) : undefined;
}

/** The node at this place within another, if there is one. */
export const within = ({ pointer }: Located, ...names: readonly (string | number)[]): Located | undefined =>
  at([pointer, ...names.map(escaped)].join('/'));

/** The members of the node at a pointer, by name. */
export const membersAt = (from: Located, ...names: readonly string[]): [name: string, member: Located][] =>
  Object.keys(within(from, ...names)?.node ?? {}).flatMap((name) => {
    const member = within(from, ...names, name);
    return member === undefined ? [] : [[name, member]];
  });

const escaped = (name: string | number): string => String(name).replaceAll('~', '~0').replaceAll('/', '~1');

/** The document as a whole. */
export const root: Located = { pointer: '', node: openapi };

/** The path that a call belongs to, with what holds for every method of it. */
export function pathItemOf({ path }: Call): Located {
  const item = within(root, 'paths', path);
  if (item === undefined) throw new Error(`there is no path ${path}`);
  return item;
}

/** Every call of the document. */
export const calls: readonly Call[] = membersAt(root, 'paths').flatMap(([path, item]) =>
  membersAt(item)
    .filter(([name]) => METHODS.includes(name))
    .map(([name, located]) => ({ ...located, path, method: name.toUpperCase() })),
);

/** The name of the schema in `spec/schemas` that a schema of the document rests on, as `findFault` takes it. */
export function baseOf({ node }: Located): string | undefined {
  const [, name, fragment] = SCHEMA_REF.exec(String(node['$ref'])) ?? [];
  return fragment === undefined ? name : `${name ?? ''}#${fragment}`;
}
