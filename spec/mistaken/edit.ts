/**
 * An edit of the data that a graph is built from. It says where by name: `constants/HASH`, `templates/NAME`,
 * `variations/NAME` or `nodes/NAME`, then the arguments on the way (`nodes/srp.u/of/of/0`); with `find`, every
 * expression equal to it within that place. In `put`, `"$old"` stands for what stood there, `"$old.of"` for its argument
 * `of`, and `"$other"` for what the other profile has in the same place.
 */
import { isDeepStrictEqual } from 'node:util';
import type { GraphSource, ProfileName } from '../graph.ts';
import type { Source, SourceMap } from '../resolve.ts';

/** One replacement, or the same one in several places. */
export interface Edit {
  /** Where: a kind, a name, and arguments. */
  readonly at: string | readonly string[];
  /** What is replaced within that place; all of it by default. */
  readonly find?: Source;
  /** What is put there. */
  readonly put: Source;
  /** The profile in which the edit is made; both by default. */
  readonly profile?: ProfileName;
}

/** An edit of something that is not there. */
export class EditError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EditError';
  }
}

/**
 * The data with edits made, one after the other; what was given stays as it was.
 *
 * @param other - the data of the other profile, for `"$other"`
 * @throws {@link EditError} that names the place that does not exist
 */
export function applyEdits(source: GraphSource, edits: readonly Edit[], other: GraphSource): GraphSource {
  const profile = source.profile.name;
  const made = edits.filter((edit) => edit.profile === undefined || edit.profile === profile);
  return made.flatMap(places).reduce((edited, { at, find, put }) => {
    const path = locate(edited, at);
    const replaced = (old: Source): Source => fill(put, old, () => valueAt(other, locate(other, at), at));
    const change = (old: Source): Source =>
      find === undefined ? replaced(old) : replaceAll(old, find, replaced, at);
    return update(edited as unknown as Source, path, change, at) as unknown as GraphSource;
  }, source);
}

type Place = Edit & { readonly at: string };
const places = (edit: Edit): Place[] => [edit.at].flat().map((at) => ({ ...edit, at }));

/** Where an address leads in the data. */
function locate({ derivations, profile }: GraphSource, at: string): string[] {
  const [kind = '', name = '', ...rest] = at.split('/');
  const starts: Readonly<Record<string, string[]>> = {
    constants: ['constants', name, 'value'],
    templates: ['derivations', 'templates', name],
    variations: ['profile', 'variations', name],
    nodes: [...(name in profile.nodes ? ['profile'] : ['derivations']), 'nodes', name, 'value'],
  };
  const start = starts[kind];
  if (start === undefined) throw new EditError(`${at}: ${kind} is none of ${Object.keys(starts).join(', ')}`);
  if (kind === 'nodes' && name in derivations.inputs) throw new EditError(`${at}: ${name} is not computed`);
  return [...start, ...rest];
}

function valueAt(source: GraphSource, path: readonly string[], at: string): Source {
  return path.reduce((found, key) => member(found, key, at), source as unknown as Source);
}

/** A member of an object or an item of a list. */
function member(of: Source, key: string, at: string): Source {
  const found =
    typeof of === 'object' && of !== null && Object.hasOwn(of, key) ? (of as SourceMap)[key] : undefined;
  if (found === undefined) throw new EditError(`${at}: there is no ${key}`);
  return found;
}

function update(of: Source, path: readonly string[], change: (old: Source) => Source, at: string): Source {
  const [key, ...rest] = path;
  if (key === undefined) return change(of);
  const changed = update(member(of, key, at), rest, change, at);
  return Array.isArray(of) ? of.with(Number(key), changed) : { ...(of as SourceMap), [key]: changed };
}

function replaceAll(of: Source, find: Source, replaced: (old: Source) => Source, at: string): Source {
  let count = 0;
  const visit = (source: Source): Source => {
    if (isDeepStrictEqual(source, find)) {
      count += 1;
      return replaced(source);
    }
    if (Array.isArray(source)) return source.map(visit);
    if (typeof source !== 'object' || source === null) return source;
    return Object.fromEntries(Object.entries(source).map(([key, item]) => [key, visit(item)]));
  };
  const edited = visit(of);
  if (count === 0) throw new EditError(`${at}: there is no ${JSON.stringify(find)} in it`);
  return edited;
}

/** Puts what stood there into what is put. */
function fill(put: Source, old: Source, other: () => Source): Source {
  if (put === '$old') return old;
  if (typeof put === 'string' && put.startsWith('$old.')) return member(old, put.slice(5), put);
  if (put === '$other') return other();
  if (Array.isArray(put)) return put.map((item: Source) => fill(item, old, other));
  if (typeof put !== 'object' || put === null) return put;
  return Object.fromEntries(Object.entries(put).map(([key, item]) => [key, fill(item, old, other)]));
}
