/** Whether a value is as a schema in `openapi.yaml` says. The schemas it refers to are those of `spec/schemas`. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { findFault } from '../../reference/index.ts';
import { baseOf, openapi, type Located } from '../generate/openapi.ts';
import { schemas } from '../schemas.ts';

/** Where references of the document lead; the folder of the schemas lies beside it. */
const ID = 'https://e2ee-sync.example/spec/1/openapi.yaml';

const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: false });
for (const schema of schemas.values()) ajv.addSchema(schema);
ajv.addSchema({ ...openapi, $id: ID });

/** What is wrong with a value that a schema of the document describes; undefined when nothing is. */
export function findValueFault(schema: Located, value: unknown): string | undefined {
  const base = baseOf(schema);
  const fault = base === undefined ? undefined : findFault(base, value);
  if (fault !== undefined) return `${fault.pointer} ${fault.reason}`.trim();
  // What the document adds to a schema stands beside the reference to it.
  const validate = ajv.getSchema(`${ID}#${schema.pointer.split('/').map(encodeURIComponent).join('/')}`);
  if (validate === undefined) throw new Error(`there is no schema at ${schema.pointer}`);
  if (validate(value) === true) return undefined;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath ?? ''} ${error?.message ?? 'is not as its schema says'}`.trim();
}
