/** The calls of the HTTP binding as data (9.4, 9.5, 9.8): `calls.json`, which is generated from `openapi.yaml`. */
import list from './calls.json' with { type: 'json' };
import type { ProfileName } from './graph.ts';

/** An answer of a call, with one status. */
export interface HttpAnswer {
  /** The name of the schema of its body; a body without one is for a person, of any media type. */
  readonly schema?: string;
  /** The members that its body must not have, whatever else the schema leaves open. */
  readonly never?: readonly string[];
  /** Whether its body has the members of the schema and no others. */
  readonly closed?: boolean;
  /** The codes that its body may have, where it refuses. */
  readonly errors?: readonly string[];
}

/** A call: one method of one path. */
export interface HttpCall {
  /** Its name, for example `loginS`. */
  readonly id: string;
  /** `POST` */
  readonly method: string;
  /** `/api/resource_groups/{id}` */
  readonly path: string;
  /** Whether it carries a session id. */
  readonly session: boolean;
  /** The profiles in which a server has to have it. */
  readonly profiles: readonly ProfileName[];
  /** How many bytes of a body a server has to take; missing where it has none. */
  readonly maxRequestBytes?: number;
  /** Whether the body may be compressed with gzip. */
  readonly gzip?: boolean;
  /** The body: the name of its schema, and whether it must be there. */
  readonly request?: { readonly schema: string; readonly required: boolean };
  /** The answers by status; `5XX` stands for all from 500 to 599. */
  readonly answers: Readonly<Record<string, HttpAnswer>>;
}

/** Every call, in the order of 9.4. */
export const httpCalls = list.calls as readonly HttpCall[];

/** The call that a method and a path (with or without a query) make; undefined where there is none. */
export const httpCallOf = (method: string, target: string): HttpCall | undefined =>
  callsOfPath(target).find((call) => call.method === method);

/** The calls of the path that a target (with or without a query) names. */
export function callsOfPath(target: string): readonly HttpCall[] {
  const path = target.split('?')[0] ?? '';
  return patterns.filter(({ pattern }) => pattern.test(path)).map(({ call }) => call);
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);

const patterns = httpCalls.map((call) => ({ call, pattern: patternOf(call.path) }));
