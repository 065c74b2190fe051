/** The corpus held against every engine: which of them computes which vector, and whether they agree. */
import type { Engine, Outcome, Published } from '../../vectors/engines/engine.ts';
import { vectorFiles, type Vector } from '../vectors/files.ts';
import { deviations } from './deviations.ts';
import type { ProfileName } from '../../reference/index.ts';

/** A vector as an engine is asked for it. */
export interface Item {
  readonly family: string;
  readonly profile: ProfileName;
  readonly vector: Vector;
}

/** What became of a vector: the engine has every output, some of the values, something else, or nothing to say. */
export type Verdict = 'agrees' | 'agrees in part' | 'deviates' | 'silent';

/** An engine's verdicts on the corpus. */
export interface Agreement {
  readonly name: string;
  readonly about: string;
  /** Family and id → verdict. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** In words, one for each vector on which the engine says something else and no reason is known. */
  readonly faults: readonly string[];
  /** Reasons that no vector has met. */
  readonly stale: readonly string[];
}

/** Every vector but wrong answers: there is nothing in them to agree on. */
export function corpus(): readonly Item[] {
  const all = [...vectorFiles()].flatMap(([family, { groups }]) =>
    groups.flatMap(({ profile, vectors }) => vectors.map((vector) => ({ family, profile, vector }))),
  );
  return all.filter(({ vector }) => vector.mistake === undefined);
}

export const nameOf = ({ family, vector }: Item): string => `${family}/${vector.id}`;

/** Asks one engine for everything. */
export async function agreementOf(engine: Engine, items: readonly Item[]): Promise<Agreement> {
  const verdicts = new Map<string, Verdict>();
  const faults: string[] = [];
  const known = deviations.filter((deviation) => deviation.engine === engine.name);
  const met = new Set<string>();
  for (const item of items) {
    const name = nameOf(item);
    const found = compare(item.vector, await engine.outcome(item.profile, published(item)));
    const reason = found.difference && known.find(({ vectors }) => vectors.test(name));
    if (reason) met.add(reason.why);
    else if (found.difference) faults.push(`${engine.name}, ${name}: ${found.difference}`);
    verdicts.set(name, found.verdict);
  }
  const stale = known.filter(({ why }) => !met.has(why)).map(({ why }) => `${engine.name}: ${why}`);
  return { name: engine.name, about: engine.about, verdicts, faults, stale };
}

const published = (item: Item): Published => {
  const { step, inputs, intermediates, outputs, exchange } = item.vector;
  const values = { ...intermediates, ...outputs };
  return { id: nameOf(item), step, inputs, values, ...(exchange && { exchange }) };
};

interface Comparison {
  readonly verdict: Verdict;
  /** In words, where the engine says something else. */
  readonly difference?: string;
}

function compare({ result, intermediates, outputs }: Vector, outcome: Outcome): Comparison {
  if ('refusal' in outcome)
    return result === 'invalid'
      ? { verdict: 'agrees' }
      : { verdict: 'deviates', difference: `refuses: ${outcome.refusal}` };
  if ('departure' in outcome) return { verdict: 'deviates', difference: outcome.departure };
  const values = Object.entries(outcome.values);
  if (values.length === 0) return { verdict: 'silent' };
  if (result === 'invalid')
    return { verdict: 'deviates', difference: `accepts, and has ${values.map(([name]) => name).join(', ')}` };
  const expected: Readonly<Record<string, string>> = { ...intermediates, ...outputs };
  const wrong = values.find(([name, value]) => expected[name] !== undefined && expected[name] !== value);
  if (wrong !== undefined) return { verdict: 'deviates', difference: `has ${wrong[0]} = ${wrong[1]}` };
  const found = new Set(values.map(([name]) => name));
  if (Object.keys(outputs).every((name) => found.has(name))) return { verdict: 'agrees' };
  return { verdict: values.some(([name]) => name in expected) ? 'agrees in part' : 'silent' };
}
