/**
 * `ids.json`: every requirement id that was ever published. An id is never renumbered and never given to
 * another sentence; one that falls away is listed under `withdrawn`, with the reason. Section 1.4.
 */
import { createHash } from 'node:crypto';
import type { Requirement } from './requirements.ts';

/** The ledger of the ids. */
export interface Ids {
  /** Id → the version that brought it, and what its sentence is known by. */
  readonly ids: Readonly<Record<string, { readonly since: string; readonly sentence: string }>>;
  /** Id → in which version and why it was withdrawn. */
  readonly withdrawn: Readonly<Record<string, string>>;
}

/**
 * The ledger with the requirements of today.
 *
 * @param version - the version of the specification, which a new id gets
 * @throws Error in words for an id that is gone and not withdrawn, one that is withdrawn and used again, and
 * one that has the sentence of another
 */
export function updateIds(before: Ids, requirements: readonly Requirement[], version: string): Ids {
  const owner = new Map(Object.entries(before.ids).map(([id, { sentence }]) => [sentence, id]));
  const present = new Set(requirements.map(({ id }) => id));
  const ids = new Map<string, { since: string; sentence: string }>();
  for (const requirement of requirements) {
    const { id } = requirement;
    const sentence = digest(requirement);
    if (id in before.withdrawn) throw new Error(`${id} was withdrawn; an id is never used again`);
    const known = before.ids[id];
    const other = owner.get(sentence) ?? id;
    if (other !== id && known?.sentence !== sentence)
      throw new Error(`${id} has the sentence of ${other}; an id is never renumbered`);
    ids.set(id, { since: known?.since ?? version, sentence });
  }
  for (const id of Object.keys(before.ids))
    if (!present.has(id) && !(id in before.withdrawn))
      throw new Error(`${id} is gone; list it under "withdrawn" in ids.json, with version and reason`);
  return { ids: Object.fromEntries([...ids].sort(byId)), withdrawn: before.withdrawn };
}

/** The file: one line for each id. */
export function idsText({ ids, withdrawn }: Ids): string {
  const lines = Object.entries(ids).map(
    ([id, { since, sentence }]) => `    "${id}": { "since": "${since}", "sentence": "${sentence}" }`,
  );
  const gone = Object.entries(withdrawn).map(([id, why]) => `    "${id}": ${JSON.stringify(why)}`);
  return `{\n  "$schema": "./schemas/ids.schema.json",\n  "ids": ${members(lines)},\n  "withdrawn": ${members(gone)}\n}\n`;
}

const members = (lines: readonly string[]): string =>
  lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;

/** The first 16 hex digits of the SHA-256 of role, profile and sentence. */
const digest = ({ role, profile, text }: Requirement): string =>
  createHash('sha256').update(`${role}, ${profile}: ${text}`).digest('hex').slice(0, 16);

const byId = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
