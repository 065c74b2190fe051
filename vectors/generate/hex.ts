/** Hex that no receiver takes (6.1). */
import type { Note } from './family.ts';

/** A change of hex text that no receiver takes. */
export type Change = readonly [id: string, comment: string, change: (hex: string) => string];

/** Hex of the right value in a form that is none (6.1). */
export const MALFORMED: readonly Change[] = [
  ['empty', 'empty', () => ''],
  ['odd', 'one digit less', (hex) => hex.slice(1)],
  ['short', 'one byte less at the end', (hex) => hex.slice(0, -2)],
  ['short-front', 'one byte less in front', (hex) => hex.slice(2)],
  ['long', 'a zero byte more in front', (hex) => `00${hex}`],
  ['long-end', 'a byte more at the end', (hex) => `${hex}00`],
  ['upper-case', 'upper-case digits', (hex) => hex.toUpperCase()],
  ['prefix', 'with the prefix 0x', (hex) => `0x${hex.slice(2)}`],
  ['non-hex', 'a letter that is no hex digit', (hex) => `g${hex.slice(1)}`],
  ['space', 'a space at the end', (hex) => `${hex} `],
  ['negative', 'with a sign', (hex) => `-${hex.slice(1)}`],
];

export const malformedHex: Note = {
  bugType: 'lenient decoding',
  description: 'Hex that is not exactly two lower-case digits for each byte of the value (6.1).',
  effect:
    'A value with two written forms: the sides hash different bytes, a comparison passes where it must not, or a value is read as negative or cut off.',
  links: [
    'https://github.com/aws-amplify/amplify-js/pull/7618',
    'https://github.com/idlesign/srptools/issues/1',
  ],
};
