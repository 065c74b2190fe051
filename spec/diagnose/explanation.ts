/** What explains a value that an implementation has reached, in words. */
import type { ProfileName } from '../graph.ts';
import type { Mistake } from '../mutate.ts';

/** One explanation of what was observed. */
export interface Explanation {
  /**
   * `correct`: it is right. `other-profile`: it is right in the other profile. `other-value`: it is another value of
   * the same run. `mistake`, `pair`, `several`: it follows from one, two or more mistakes.
   */
  readonly kind: 'correct' | 'other-profile' | 'other-value' | 'mistake' | 'pair' | 'several';
  /** The observed values that it explains, in the order of computation. */
  readonly explains: readonly string[];
  /** The mistakes that were made, the first one first. */
  readonly mistakes: readonly Mistake[];
  /** What was done, to follow "the value one gets with". */
  readonly title: string;
  /** What is right. */
  readonly hint: string;
  /** The section of the specification, for example `4.2`. */
  readonly section: string;
  /** All of it as a sentence, the section included. */
  readonly sentence: string;
}

/** `A`, `A and B`, `A, B and C`. */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

const plural = (names: readonly string[], one: string, several: string): string =>
  names.length === 1 ? one : several;

/** Mistakes in the order in which they are made. */
export function byMistakes(explains: readonly string[], made: readonly Mistake[]): Explanation {
  const mistakes = made.toSorted((one, other) => Number(one.section) - Number(other.section));
  const kind = mistakes.length === 1 ? 'mistake' : mistakes.length === 2 ? 'pair' : 'several';
  const title = listed(mistakes.map((mistake) => `${mistake.title} (§${mistake.section})`));
  const hint = [...new Set(mistakes.map((mistake) => mistake.hint))].join(' ');
  const values = plural(explains, 'is the value', 'are the values');
  const sentence = `Your ${listed(explains)} ${values} one gets with ${title}. ${hint}`;
  const section = mistakes[0]?.section ?? '';
  return {
    kind,
    explains,
    mistakes,
    title: mistakes.map((item) => item.title).join(', and with '),
    hint,
    section,
    sentence,
  };
}

export function asCorrect(explains: readonly string[]): Explanation {
  const sentence = `Your ${listed(explains)} ${plural(explains, 'is', 'are')} right.`;
  return { kind: 'correct', explains, mistakes: [], title: 'no mistake', hint: '', section: '', sentence };
}

export function asOtherProfile(
  explains: readonly string[],
  profile: ProfileName,
  other: ProfileName,
): Explanation {
  const title = `the profile ${other}`;
  const hint = `Section 11.1 lists what differs from ${profile}.`;
  const values = plural(explains, 'is the right value', 'are the right values');
  const sentence = `Your ${listed(explains)} ${values} of the profile ${other} (§11.1), not of ${profile}. ${hint}`;
  return { kind: 'other-profile', explains, mistakes: [], title, hint, section: '11.1', sentence };
}

export function asOtherValue(name: string, other: string, section: string): Explanation {
  const title = `${other} in place of ${name}`;
  const hint = `Send ${name} where ${name} belongs.`;
  const sentence = `Your ${name} is another value of the same run: you have ${other} where ${name} belongs (§${section}).`;
  return { kind: 'other-value', explains: [name], mistakes: [], title, hint, section, sentence };
}

/** An explanation as an implementer is told it. */
export interface Diagnosed {
  /** All of it in words. */
  readonly text: string;
  /** The observed values that it explains. */
  readonly explains: readonly string[];
  /** The mistakes that the text names; none where it names something else, such as the other profile. */
  readonly mistakes: readonly Mistake[];
  /** Whether each of them alone explains it, and not all of them together. */
  readonly alone: boolean;
}

/** How many mistakes that come to the same are told besides the first. */
const OTHERS = 5;

/**
 * Explanations in words: the first as a sentence, and the single mistakes that come to exactly the same.
 *
 * @param explanations - the most likely first
 */
export function inWords([first, ...others]: readonly Explanation[]): Diagnosed | undefined {
  if (first === undefined) return undefined;
  if (first.mistakes.length > 1) return asTold(first);
  const isMechanical = first.mistakes.some(({ kind }) => kind === 'mechanical');
  const alike = others
    .filter(({ explains, mistakes }) => mistakes.length === 1 && listed(explains) === listed(first.explains))
    .flatMap(({ mistakes }) => mistakes)
    .filter(({ kind }) => isMechanical || kind === 'named');
  return asTold(first, alike);
}

/** The first of several mistakes that come to the same, with the others; undefined where there are none. */
export const oneOf = (
  explains: readonly string[],
  [first, ...others]: readonly Mistake[],
): Diagnosed | undefined => first && asTold(byMistakes(explains, [first]), others);

/** @param alike - mistakes that come to the same */
export function asTold(first: Explanation, alike: readonly Mistake[] = []): Diagnosed {
  const { sentence, explains, kind } = first;
  const told = alike.slice(0, OTHERS);
  const named = told.map(({ title, section }) => `${title} (§${section})`);
  const text = sentence + (named.length === 0 ? '' : ` The same comes of ${named.join(', and of ')}.`);
  return { text, explains, mistakes: [...first.mistakes, ...told], alone: kind === 'mistake' };
}

/** Several diagnoses of one thing as one. */
export const together = (several: readonly Diagnosed[]): Diagnosed => ({
  text: several.map(({ text }) => text).join(' '),
  explains: several.flatMap(({ explains }) => explains),
  mistakes: [...new Set(several.flatMap(({ mistakes }) => mistakes))],
  alone: false,
});

/** A diagnosis that names no mistake of the graph. */
export const inOtherWords = (text: string): Diagnosed => ({
  ...{ text, explains: [], mistakes: [], alone: false },
});
