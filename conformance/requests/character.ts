/**
 * Any character: a code point that is no surrogate. The same values as unit `binary` of fast-check, which makes a table of
 * all 1 112 064 of them before its first text: more than a second, and a hundred MB.
 */
import fc from 'fast-check';

const SURROGATES = { first: 0xd800, count: 0x800 };
const LAST = 0x10ffff;

export const character: fc.Arbitrary<string> = fc
  .nat(LAST - SURROGATES.count)
  .map((n) => String.fromCodePoint(n < SURROGATES.first ? n : n + SURROGATES.count), numberOf);

/** Which of them it is. @throws where it is none, as fast-check asks for */
function numberOf(value: unknown): number {
  const code = typeof value === 'string' ? (value.codePointAt(0) ?? -1) : -1;
  if (code < 0 || String.fromCodePoint(code) !== value || !value.isWellFormed())
    throw new RangeError('no single character');
  return code < SURROGATES.first ? code : code - SURROGATES.count;
}
