/** One vector, and the two ways to make one: computed by the specification's evaluator, or given to be judged. */
import {
  evaluate,
  loadGraph,
  readGiven,
  valueToHex,
  type Expression,
  type Graph,
  type Pbkdf2Cache,
  type ProfileName,
} from '../../spec/index.ts';
import { references } from '../../spec/operators.ts';

/** What an implementation is asked to do. */
export type Step =
  | 'derive'
  | `accept-${'A' | 'B' | 'M1' | 'M2' | 'verifier' | 'public-key' | 'private-key' | 'key-pair'}`
  | `open-${'account-key' | 'private-key' | 'document' | 'link'}`
  | 'log-in';

/** Values by name: hex for bytes, text for text, any value for JSON. */
export type Inputs = Readonly<Record<string, unknown>>;

/** Values by name, as hex. */
export type Values = Readonly<Record<string, string>>;

/** A request and its answer. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly session?: string;
  readonly request?: unknown;
  readonly status: number;
  readonly response: unknown;
}

export interface Vector {
  readonly id: string;
  readonly comment: string;
  readonly flags: readonly string[];
  readonly result: 'valid' | 'invalid';
  readonly step: Step;
  readonly stage?: 'encoding' | 'schema' | 'auth' | 'decrypt' | 'state';
  readonly requirement?: string;
  readonly error?: string;
  /** The known mistake that yields the outputs, where these are a wrong answer. */
  readonly mistake?: string;
  readonly inputs: Inputs;
  readonly intermediates: Values;
  readonly outputs: Values;
  readonly exchange?: readonly Call[];
}

/** What every vector says about itself. */
export interface Heading {
  readonly id: string;
  readonly comment: string;
  readonly flags?: readonly string[];
}

/** Why and where something is refused; `error` where a server refuses it. */
export type Refusal = Required<Pick<Vector, 'stage' | 'requirement'>> & Pick<Vector, 'error'>;

/** Results of PBKDF2, shared by everything that is generated. */
export const pbkdf2Cache: Pbkdf2Cache = new Map();

/** Every value that follows from the inputs, as hex, by the specification's evaluator. */
export function valuesOf(profile: ProfileName, inputs: Inputs, graph = loadGraph(profile)): Values {
  const { values } = evaluate(graph, readGiven(graph, inputs), pbkdf2Cache);
  return Object.fromEntries([...values].map(([name, value]) => [name, valueToHex(value)]));
}

/** One value that follows from the inputs, as hex. */
export function valueOf(profile: ProfileName, inputs: Inputs, name: string): string {
  const value = valuesOf(profile, inputs)[name];
  if (value === undefined) throw new Error(`${name} does not follow from ${Object.keys(inputs).join(', ')}`);
  return value;
}

/** One value that is text, such as a message. */
export const textOf = (profile: ProfileName, inputs: Inputs, name: string): string =>
  Buffer.from(valueOf(profile, inputs, name), 'hex').toString('utf8');

/** A vector of which the outputs follow from the inputs; what lies between them are the intermediates. */
export function derived(
  profile: ProfileName,
  heading: Heading,
  inputs: Inputs,
  outputs: readonly string[],
  exchange?: readonly Call[],
): Vector {
  const graph = loadGraph(profile);
  const values = valuesOf(profile, inputs);
  const absent = outputs.find((name) => values[name] === undefined);
  if (absent !== undefined) throw new Error(`${heading.id}: ${absent} does not follow from the inputs`);
  const between = usedFor(outputs, graph, inputs);
  const pick = (wanted: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => wanted(name)));
  return {
    ...valid('derive', heading),
    inputs,
    intermediates: pick((name) => between.has(name) && !outputs.includes(name)),
    outputs: pick((name) => outputs.includes(name)),
    ...(exchange && { exchange }),
  };
}

/** The derived values that the outputs are computed from, as far as the inputs do not take their place. */
export function usedFor(outputs: readonly string[], graph: Graph, inputs: Inputs): Set<string> {
  const used = new Set<string>();
  const visit = (name: string): void => {
    const value: Expression | undefined = graph.nodes.get(name)?.value;
    if (value === undefined || name in inputs || used.has(name)) return;
    used.add(name);
    references(value).forEach(visit);
  };
  outputs.forEach(visit);
  return used;
}

/** A vector that must be accepted: what comes of it is known from how it was made. */
export const accepted = (
  step: Step,
  heading: Heading,
  inputs: Inputs,
  outputs: Values,
  intermediates: Values = {},
  exchange?: readonly Call[],
): Vector => ({ ...valid(step, heading), inputs, intermediates, outputs, ...(exchange && { exchange }) });

/** A vector that must be refused. */
export const refused = (
  step: Step,
  heading: Heading,
  refusal: Refusal,
  inputs: Inputs,
  intermediates: Values = {},
  exchange?: readonly Call[],
): Vector => ({
  ...headingOf(heading),
  result: 'invalid',
  step,
  ...refusal,
  inputs,
  intermediates,
  outputs: {},
  ...(exchange && { exchange }),
});

const valid = (step: Step, heading: Heading) => ({ ...headingOf(heading), result: 'valid', step }) as const;

const headingOf = ({ id, comment, flags = [] }: Heading) => ({ id, comment, flags });

/** Text as the hex of its UTF-8 bytes. */
export const textHex = (text: string): string => Buffer.from(text, 'utf8').toString('hex');

/** JSON as the hex of its compact text. */
export const jsonHex = (value: unknown): string => textHex(JSON.stringify(value));
