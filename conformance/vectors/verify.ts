/** A vector held against an implementation. */
import type { ProfileName } from '../../reference/index.ts';
import type { Values, Vector } from './files.ts';

/** What an implementation made of a vector: values, or a refusal. */
export type Outcome =
  | { readonly values: Values }
  | { readonly refusal: string; readonly stage?: string; readonly error?: string };

/**
 * Does what the step of a vector says. Values that it does not know by name it leaves out, but for the outputs. What
 * goes wrong by its own fault it throws.
 */
export type Implementation = (profile: ProfileName, vector: Vector) => Promise<Outcome>;

/** @returns what is wrong, in words; undefined where the implementation does as the vector says */
export async function verify(
  implementation: Implementation,
  profile: ProfileName,
  vector: Vector,
): Promise<string | undefined> {
  const outcome = await implementation(profile, vector);
  if (vector.mistake !== undefined) return mistakeMade(vector, outcome);
  if (vector.result === 'valid')
    return 'refusal' in outcome ? `was refused: ${outcome.refusal}` : difference(vector, outcome.values);
  if ('values' in outcome)
    return `was accepted (${Object.keys(outcome.values).join(', ')}); ${vector.requirement ?? ''} wants it refused`;
  return wrongReason('stage', vector, outcome) ?? wrongReason('error', vector, outcome);
}

/** The inputs are well-formed and the outputs wrong: an implementation has other values. */
function mistakeMade({ mistake = '', comment, outputs }: Vector, outcome: Outcome): string | undefined {
  if ('refusal' in outcome) return `was refused: ${outcome.refusal}`;
  const wrong = Object.keys(outputs).find((name) => outcome.values[name] === outputs[name]);
  return wrong && `${wrong} is the value one gets with ${comment} (${mistake})`;
}

function difference({ outputs, intermediates }: Vector, values: Values): string | undefined {
  const absent = Object.keys(outputs).find((name) => values[name] === undefined);
  if (absent !== undefined) return `${absent} was not computed`;
  const expected = { ...intermediates, ...outputs };
  const wrong = Object.keys(expected).find(
    (name) => values[name] !== undefined && values[name] !== expected[name],
  );
  return wrong && `${wrong} is ${shorten(values[wrong])}, expected ${shorten(expected[wrong])}`;
}

/** An implementation need not say why it refuses. */
function wrongReason(
  member: 'stage' | 'error',
  vector: Vector,
  outcome: { readonly refusal: string; readonly stage?: string; readonly error?: string },
): string | undefined {
  const [actual, expected] = [outcome[member], vector[member]];
  if (actual === undefined || expected === undefined || actual === expected) return undefined;
  return `was refused with ${member} ${actual} (${outcome.refusal}), expected ${expected}`;
}

const shorten = (hex = ''): string => (hex.length > 80 ? `${hex.slice(0, 77)}…` : hex);
