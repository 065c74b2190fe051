/** A vector held against an implementation. */
import type { ProfileName } from '../../reference/index.ts';
import type { Values, Vector } from './files.ts';

/** Values, with the names of the outputs that the implementation does not compute. */
interface Computed {
  readonly values: Values;
  readonly leavesOut?: readonly string[];
}

/** A refusal: why, and by which stage or error code where the implementation says it. */
interface Refusal {
  readonly refusal: string;
  readonly stage?: string;
  readonly error?: string;
}

/** What an implementation made of a vector. */
export type Outcome = Computed | Refusal;

/** The same, or nothing, for want of what is named. */
export type Attempt = Outcome | { readonly skipped: string };

/** What is wrong with an outcome. */
export interface Fault {
  /** In words. */
  readonly text: string;
  /** The value that is wrong, by name, as hex. */
  readonly wrong?: Readonly<Record<string, string>>;
}

/**
 * Does what the step of a vector says. Values that it does not know by name it leaves out, but for the outputs, which
 * it names. What goes wrong by its own fault it throws.
 */
export type Implementation<T = Outcome> = (profile: ProfileName, vector: Vector) => Promise<T>;

/** @returns what is wrong, in words; undefined where the implementation does as the vector says */
export async function verify(
  implementation: Implementation,
  profile: ProfileName,
  vector: Vector,
): Promise<string | undefined> {
  return faultOf(vector, await implementation(profile, vector))?.text;
}

/** @returns what is wrong with the outcome; undefined where the implementation did as the vector says */
export function faultOf(vector: Vector, outcome: Outcome): Fault | undefined {
  if (vector.mistake !== undefined) return inWords(mistakeMade(vector, outcome));
  if (vector.result === 'valid')
    return 'refusal' in outcome ? inWords(`was refused: ${outcome.refusal}`) : difference(vector, outcome);
  if ('values' in outcome)
    return inWords(
      `was accepted (${Object.keys(outcome.values).join(', ')}); ${vector.requirement ?? ''} wants it refused`,
    );
  return inWords(wrongReason('stage', vector, outcome) ?? wrongReason('error', vector, outcome));
}

const inWords = (text: string | undefined): Fault | undefined => (text === undefined ? undefined : { text });

/** The inputs are well-formed and the outputs wrong: an implementation has other values. */
function mistakeMade({ mistake = '', comment, outputs }: Vector, outcome: Outcome): string | undefined {
  if ('refusal' in outcome) return `was refused: ${outcome.refusal}`;
  const wrong = Object.keys(outputs).find((name) => outcome.values[name] === outputs[name]);
  return wrong && `${wrong} is the value one gets with ${comment} (${mistake})`;
}

function difference(
  { outputs, intermediates }: Vector,
  { values, leavesOut = [] }: Computed,
): Fault | undefined {
  const absent = Object.keys(outputs).find((name) => values[name] === undefined && !leavesOut.includes(name));
  if (absent !== undefined) return { text: `${absent} was not computed` };
  const expected = { ...intermediates, ...outputs };
  const wrong = Object.keys(expected).find(
    (name) => values[name] !== undefined && values[name] !== expected[name],
  );
  if (wrong === undefined) return undefined;
  const text = `${wrong} is ${shorten(values[wrong])}, expected ${shorten(expected[wrong])}`;
  return { text, wrong: { [wrong]: values[wrong] ?? '' } };
}

/** An implementation need not say why it refuses. */
function wrongReason(member: 'stage' | 'error', vector: Vector, outcome: Refusal): string | undefined {
  const [actual, expected] = [outcome[member], vector[member]];
  if (actual === undefined || expected === undefined || actual === expected) return undefined;
  return `was refused with ${member} ${actual} (${outcome.refusal}), expected ${expected}`;
}

const shorten = (hex = ''): string => (hex.length > 80 ? `${hex.slice(0, 77)}…` : hex);
