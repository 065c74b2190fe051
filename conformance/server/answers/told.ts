/** What an answer tells of what the specification knows: a server may add members of its own to it (HTTP-10), and those may change from one answer to the next. */
import { messageSchemas } from '../../../spec/message-schemas.ts';
import { jsonOf, type Exchange } from '../../peer/exchange.ts';

type Schema = Readonly<Record<string, unknown>>;

/**
 * The members that a schema lists, at any depth, as text to compare: neither the order of members nor that of lists
 * shows in it.
 *
 * @param schema - its name, such as `pull-response`
 */
export function toldOf(schema: string, value: unknown): string {
  const root = messageSchemas.get(schema) ?? {};
  return canonical(known(value, root, root));
}

/** What whoami tells of an account; how old its session is tells the time, and nothing of the account. */
export function accountTold(answer: Readonly<Record<string, unknown>>): string {
  const { sessionAge: _, sessionExpiry: __, ...account } = answer;
  return toldOf('whoami-response', account);
}

/** The status of an answer, and what its body tells; `error` is the schema of a refusal (10.1). */
export const answerTold = (schema: string, { status, responseBody }: Exchange): string =>
  `${String(status)} ${toldOf(schema, jsonOf(responseBody))}`;

/** @param root - the schema that the part `schema` is from */
function known(value: unknown, schema: Schema, root: Schema): unknown {
  const { $ref: ref, items, properties } = schema;
  if (typeof ref === 'string') {
    const [file = '', pointer = ''] = ref.split('#');
    const there = file === '' ? root : (messageSchemas.get(file.replace('.schema.json', '')) ?? {});
    return known(value, at(there, pointer), there);
  }
  if (Array.isArray(value)) return value.map((item: unknown) => known(item, asSchema(items), root));
  if (typeof value !== 'object' || value === null || properties === undefined) return value;
  const listed = asSchema(properties);
  const members = Object.entries(value).filter(([name]) => Object.hasOwn(listed, name));
  return Object.fromEntries(members.map(([name, held]) => [name, known(held, asSchema(listed[name]), root)]));
}

/** @param pointer - such as `/$defs/account` */
const at = (schema: Schema, pointer: string): Schema =>
  pointer
    .split('/')
    .slice(1)
    .reduce((held, name) => asSchema(held[name]), schema);

const asSchema = (value: unknown): Schema =>
  typeof value === 'object' && value !== null ? (value as Schema) : {};

/** As JSON text in which neither the order of members nor that of lists shows. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`);
  return `{${members.sort().join()}}`;
}
