/** Values checked against JSON Schemas. A string that holds JSON (`contentSchema`) is parsed and checked inside as well. */
import { Ajv2020, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Schema } from '../spec/schemas.ts';
import { ProtocolError } from './errors.ts';

/** What is wrong with a message: where (a JSON pointer) and why; undefined when nothing is. */
export interface SchemaFault {
  /** JSON pointer into the message; empty for the whole of it. */
  readonly pointer: string;
  /** What is wrong there, in words that follow the pointer. */
  readonly reason: string;
}

/** Checks against some schemas, by their names. */
export interface Checker {
  /**
   * Looks for what is wrong with a message.
   *
   * @param name - name of a schema, or of a definition in it: `types#/$defs/entityId`
   */
  findFault(name: string, message: unknown): SchemaFault | undefined;
  /**
   * Checks a message and hands it back.
   *
   * @throws ProtocolError `schema/message` that names the field and what was expected, never the value
   */
  checkMessage(name: string, message: unknown): unknown;
}

/** @param schemas - by name, with all that they refer to; each is compiled when it is first needed */
export function createChecker(schemas: ReadonlyMap<string, Schema>): Checker {
  // That the schemas are schemas is a test of theirs: to look again took a third of the time in which a program starts.
  const ajv = new Ajv2020({ strict: true, verbose: true, validateSchema: false });
  const validator = (id: string): ValidateFunction => {
    const found = ajv.getSchema(id);
    if (found === undefined) throw new Error(`there is no schema ${id}`);
    return found;
  };
  const isJsonOf = (id: string, text: string): boolean => {
    try {
      return validator(id)(JSON.parse(text));
    } catch {
      return false;
    }
  };
  ajv.removeKeyword('contentSchema');
  ajv.addKeyword({
    keyword: 'contentSchema',
    type: 'string',
    errors: false,
    compile(schema: AnySchema & { $ref?: string }, _parent, it) {
      const id = new URL(schema.$ref ?? '', it.baseId).href;
      return (text: string) => isJsonOf(id, text);
    },
  });
  for (const schema of schemas.values()) ajv.addSchema(schema);
  ajv.compile({}); // where a page forbids `new Function`, it fails here, and not in the middle of a login

  const findFault: Checker['findFault'] = (name, message) => {
    const [file = '', fragment] = name.split('#');
    const base = schemas.get(file)?.$id;
    if (base === undefined) throw new Error(`there is no schema ${file}`);
    const validate = validator(fragment === undefined ? base : `${base}#${fragment}`);
    return validate(message) ? undefined : describe(validate.errors?.[0], findFault);
  };
  return {
    findFault,
    checkMessage(name, message) {
      const fault = findFault(name, message);
      if (fault === undefined) return message;
      const where = fault.pointer === '' ? name : `${fault.pointer} of ${name}`;
      throw new ProtocolError('schema/message', `${where} ${fault.reason}`);
    },
  };
}

function describe(error: ErrorObject | undefined, findFault: Checker['findFault']): SchemaFault {
  if (error === undefined) return { pointer: '', reason: 'is not as its schema says' };
  const { instancePath, keyword, params } = error;
  if (keyword === 'contentSchema') return { pointer: instancePath, reason: innerReason(error, findFault) };
  const name = (params['missingProperty'] ??
    params['additionalProperty'] ??
    params['unevaluatedProperty']) as string | undefined;
  const pointer = name === undefined ? instancePath : `${instancePath}/${escaped(name)}`;
  if (keyword === 'required') return { pointer, reason: 'is missing' };
  if (name !== undefined) return { pointer, reason: 'is not expected here' };
  if (keyword === 'contains')
    return { pointer, reason: `must contain ${JSON.stringify(constOf(error.schema))}` };
  if (keyword === 'enum')
    return { pointer, reason: `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}` };
  return { pointer, reason: error.message ?? 'is not as its schema says' };
}

/** The name of a member as a part of a JSON pointer (RFC 6901). */
export const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const constOf = (schema: unknown): unknown => (schema as { readonly const?: unknown }).const;

/** What is wrong with the JSON that a string holds. */
function innerReason({ data, schema }: ErrorObject, findFault: Checker['findFault']): string {
  const name = /([\w-]+)\.schema\.json$/.exec(String((schema as { readonly $ref?: string }).$ref))?.[1] ?? '';
  let value: unknown;
  try {
    value = JSON.parse(String(data));
  } catch {
    return `does not hold JSON, expected that of ${name}`;
  }
  const fault = findFault(name, value);
  return `holds ${name} JSON in which ${fault?.pointer ?? ''} ${fault?.reason ?? 'something is wrong'}`;
}
