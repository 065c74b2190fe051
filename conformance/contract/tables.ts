/** The generated parts of `conformance/ADAPTER.md` and `SERVER.md`, each from where it is laid down. */
import type { SpecData } from '../../spec/generate/data.ts';
import { code, codes, table } from '../../spec/generate/markdown.ts';
import { stages } from '../../spec/generate/tables.ts';
import { httpCalls } from '../../spec/calls.ts';
import { NEEDED_FOR_CALLS, serverCapabilities } from '../server/capabilities.ts';
import { LIMITS } from '../target/limits.ts';
import { SERVER_ENVIRONMENT } from '../target/server-process.ts';
import { capabilities, type Capability, type Use } from './capabilities.ts';

/** Name of the marker → what stands between it and its end. */
export const contractParts = (data: SpecData): ReadonlyMap<string, string> =>
  new Map([
    ['verbs', verbs(data)],
    ['capabilities', capabilityTable()],
    ['stages', stages(data)],
    ['limits', limits()],
    ['server-environment', serverEnvironment()],
    ['server-capabilities', serverCapabilityTable()],
  ]);

/** What the tables read of a schema. */
interface Described {
  readonly description?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Described>>;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

const SCHEMA = /^adapter-(?!request$|response$)(\w+)$/;

/** Every verb, in the order in which the capabilities name them, `describe` first. */
function verbs({ schemas }: SpecData): string {
  const named = capabilities.flatMap(({ uses }) => uses.map(({ verb }) => verb as string));
  const order = ['describe', ...new Set(named)];
  const found = [...schemas.keys()].flatMap((name) => SCHEMA.exec(name)?.[1] ?? []);
  const lost = found.filter((verb) => !order.includes(verb));
  if (lost.length > 0) throw new Error(`no capability stands for ${lost.join(', ')}`);
  const rows = order.map((verb) => {
    const schema = schemas.get(`adapter-${verb}`) as Described | undefined;
    const { params, result } = schema?.$defs ?? {};
    return [
      `[${code(verb)}](../spec/schemas/adapter-${verb}.schema.json)`,
      members(params, schemas),
      members(result, schemas),
      (schema?.description ?? '').replace(/[;,] capabilit(?:y|ies) .*$|\.$/, ''),
    ];
  });
  return table(['verb', 'parameters', 'result', 'what it does'], rows);
}

/** The members of an object; those that may be absent with a question mark. */
function members(object: Described | undefined, schemas: SpecData['schemas']): string {
  const other = /^([\w-]+)\.schema\.json$/.exec(object?.$ref ?? '')?.[1];
  const { properties = {}, required = [] } =
    other === undefined ? (object ?? {}) : ((schemas.get(other) as Described | undefined) ?? {});
  const names = Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`));
  return names.length === 0 ? code('{}') : codes(names);
}

/** What a client may declare. */
function capabilityTable(): string {
  const rows = capabilities.map((capability) => [
    code(capability.name),
    uses(capability),
    [
      capability.can,
      ...(capability.profile === undefined ? [] : [`only in ${code(capability.profile)}`]),
    ].join('; '),
    codes(capability.needs ?? []),
  ]);
  return table(['capability', 'verbs', 'what the client can do', 'needs too'], rows);
}

/** Which calls a server has with what it declares. */
function serverCapabilityTable(): string {
  const declarable = new Set((['documented', 'deployed'] as const).flatMap(serverCapabilities));
  const rows = capabilities
    .filter(({ name }) => declarable.has(name))
    .map(({ name, needs = [], profile }) => [
      code(name) + (profile === undefined ? '' : ` (${code(profile)})`),
      codes(httpCalls.filter(({ id }) => isOf(id, name)).map(({ method, path }) => `${method} ${path}`)),
      codes(needs),
    ]);
  return table(['capability', 'calls', 'needs too'], rows);
}

/** What is judged at the calls of another capability: a flow of it, or `sharing`, which is either of two. */
const FLOWS_OF: Readonly<Record<string, readonly string[]>> = {
  'change-email': ['changePassword'],
  'change-with-code': ['changePassword'],
};
const SHARING = ['share-email', 'share-team'];

function isOf(call: string, capability: string): boolean {
  const needed = NEEDED_FOR_CALLS[call] ?? 'account';
  const isShared = needed === 'sharing' && SHARING.includes(capability);
  return needed === capability || isShared || (FLOWS_OF[capability] ?? []).includes(call);
}

const uses = ({ uses: all }: Capability): string => (all.length === 0 ? 'none' : all.map(written).join(', '));

const written = ({ verb, with: parameter }: Use): string =>
  parameter === undefined ? code(verb) : `${code(verb)} with ${code(parameter)}`;

function limits(): string {
  const rows = Object.values(LIMITS).map(({ value, unit, what }) => [what, `${value} ${unit}`]);
  return table(['what', 'limit'], rows);
}

const serverEnvironment = (): string =>
  table(
    ['variable', 'what it holds'],
    Object.entries(SERVER_ENVIRONMENT).map(([name, what]) => [code(name), what]),
  );
