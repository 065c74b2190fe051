/**
 * Fills in the constants, templates and variation points of an expression, so that only operators,
 * references and literals remain. `{"constant": NAME}` stands for a value of `protocol.json`,
 * `{"template": NAME, "of": …}` for a shared expression of `derivations.json`, and
 * `{"variation": NAME, "of": …}` for the expression that the profile supplies. Inside the latter two,
 * `"$"` is the argument `of`, and `"$name"` the argument `name`.
 */
import type { GraphSource } from './graph.ts';

/** JSON as it stands in the data files. */
export type Source =
  string | number | boolean | null | readonly Source[] | { readonly [key: string]: Source };
/** JSON members by name. */
export type SourceMap = Readonly<Record<string, Source>>;

export function resolve(source: Source, data: GraphSource, bound: SourceMap = {}): Source {
  if (typeof source === 'string') return source.startsWith('$') ? argument(source, bound) : source;
  if (Array.isArray(source)) return source.map((item: Source) => resolve(item, data, bound));
  if (typeof source !== 'object' || source === null) return source;
  const { constant, template, variation, ...rest } = source as SourceMap;
  if (typeof constant === 'string') return constantValue(constant, data);
  const members = Object.fromEntries(
    Object.entries(rest).map(([key, item]) => [key, resolve(item, data, bound)]),
  );
  if (typeof template === 'string')
    return expand('template', template, data.derivations.templates, data, members);
  if (typeof variation === 'string')
    return expand('variation', variation, data.profile.variations, data, members);
  return members;
}

/** Puts the arguments into a shared expression. */
function expand(kind: string, name: string, table: SourceMap, data: GraphSource, members: SourceMap): Source {
  const body = table[name];
  if (body === undefined) throw new Error(`there is no ${kind} ${name}`);
  return resolve(body, data, members);
}

function argument(placeholder: string, bound: SourceMap): Source {
  const found = bound[placeholder.slice(1) || 'of'];
  if (found === undefined) throw new Error(`nothing was given for ${placeholder}`);
  return found;
}

function constantValue(name: string, data: GraphSource): Source {
  const constant = data.constants[name];
  if (constant === undefined) throw new Error(`there is no constant ${name}`);
  return constant.type === 'bytes'
    ? { op: 'bytes', hex: constant.value as string }
    : (constant.value as Source);
}
