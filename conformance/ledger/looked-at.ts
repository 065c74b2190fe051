/**
 * Which sentence of the specification each check was written for: check → requirement → digest of the sentence, as in
 * `spec/ids.json`. Where a sentence is changed, its checks are looked at again, and then recorded anew.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ids from '../../spec/ids.json' with { type: 'json' };
import { specFolder } from '../../spec/schemas.ts';
import type { ListedCheck } from '../catalogue.ts';

/** Check → requirement → the first 16 hex digits of the SHA-256 of the sentence. */
export type LookedAt = Readonly<Record<string, Readonly<Record<string, string>>>>;

export const lookedAtFile = join(specFolder, '..', 'conformance', 'ledger', 'looked-at.json');

export const readLookedAt = (): LookedAt => JSON.parse(readFileSync(lookedAtFile, 'utf8')) as LookedAt;

const sentences: Readonly<Record<string, { readonly sentence: string }>> = ids.ids;

/** What a check is recorded with when it is looked at now. @throws Error for a requirement that there is not */
function present({ id, requirements }: Pick<ListedCheck, 'id' | 'requirements'>): Record<string, string> {
  return Object.fromEntries(
    requirements.map((name) => {
      const sentence = sentences[name]?.sentence;
      if (sentence === undefined) throw new Error(`${id} is bound to ${name}, which is no requirement`);
      return [name, sentence];
    }),
  );
}

/**
 * The record with checks and bindings that are new in it; what is recorded stays.
 *
 * @param isLookedAt - tells by its id whether a check was looked at again: it is recorded as it is now
 */
export function recorded(
  before: LookedAt,
  checks: readonly Pick<ListedCheck, 'id' | 'requirements'>[],
  isLookedAt: (id: string) => boolean = () => false,
): LookedAt {
  const gone = Object.keys(before).filter((id) => !isLookedAt(id) && checks.every((one) => one.id !== id));
  const kept = gone.map((id) => [id, before[id] ?? {}] as const);
  const entries = checks.map((check) => {
    const now = present(check);
    return [check.id, isLookedAt(check.id) ? now : { ...now, ...before[check.id] }] as const;
  });
  return Object.fromEntries([...entries, ...kept]);
}

/** What is wrong with the record, in words, with what to do. */
export function complaints(
  record: LookedAt,
  checks: readonly Pick<ListedCheck, 'id' | 'requirements'>[],
): string[] {
  const wrong = (id: string, why: string): string =>
    `${id}: ${why}; look at the check, then npm run looked-at -- ${id}`;
  const ofChecks = checks.flatMap((check) => {
    const now = present(check);
    const then = record[check.id] ?? {};
    return [...new Set([...Object.keys(now), ...Object.keys(then)])].flatMap((name) => {
      if (then[name] === now[name]) return [];
      if (then[name] === undefined) return [`${check.id}: its ${name} is not recorded yet; npm run generate`];
      if (now[name] === undefined) return [wrong(check.id, `it is not bound to ${name} any more`)];
      return [wrong(check.id, `the sentence of ${name} was changed`)];
    });
  });
  const gone = Object.keys(record).filter((id) => checks.every((check) => check.id !== id));
  return [...ofChecks, ...gone.map((id) => wrong(id, 'there is no such check any more'))];
}

/** The file: one line for each check. */
export const lookedAtText = (record: LookedAt): string =>
  `{\n${Object.entries(record)
    .map(([id, sentence]) => `  ${JSON.stringify(id)}: ${JSON.stringify(sentence)}`)
    .join(',\n')}\n}\n`;
