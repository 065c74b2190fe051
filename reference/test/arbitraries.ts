/**
 * Random inputs of the protocol: what users type, in every class of character that normalisation, encoding or hashing
 * could trip over, and bytes that often begin with zeros.
 */
import fc from 'fast-check';

/** At the ends of a text the first seven go, the others stay. */
const WHITE_SPACE = [' ', '\t', '\n', '\u00a0', '\u3000', '\u2028', '\ufeff'];
const ALMOST_WHITE_SPACE = ['\u0085', '\u180e', '\u200b', '\u001c', '\u0000'];

/** Upper case, final sigma, U+0130, titlecase digraph, an astral capital. */
const CASED = ['Jane', 'ΟΔΟΣ', 'Σ', 'İ', 'I', 'ẞ', 'ǅ', '\u{10400}', '\u212b'];

/** Ligatures, compatibility forms, accents in either form, Hangul in either form, Arabic presentation forms. */
const DECOMPOSED = [
  'ﬁ',
  'ﬃ',
  '²½',
  '\u00a8',
  'é',
  'e\u0301',
  'a\u0307\u0323',
  '각',
  '\u1100\u1161\u11a8',
  'ﷺ',
];

/** Emoji with joiners and flags, astral letters, noncharacters, percent-reserved characters, JSON escapes. */
const AWKWARD = [
  ...['👩‍👩‍👧', '🇩🇪', '\u{1d400}', '\u{10ffff}', '\uffff', '%', '%41', "!'()*~-._", ';/?:@&=+$,#'],
  ...['"', '\\', '\u007f'],
];

const piece = fc.oneof(
  fc.constantFrom(...WHITE_SPACE, ...ALMOST_WHITE_SPACE, ...CASED, ...DECOMPOSED, ...AWKWARD),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);

/** Any well-formed text, the awkward ones often. */
export const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));

/** An address as typed; all that the protocol knows of its form is that it is text. */
export const email = fc.oneof(
  text,
  fc.tuple(text, text).map(([before, after]) => `${before}@Example.COM${after}`),
);

/** Text that holds half of a surrogate pair. */
export const illFormed = fc
  .tuple(text, fc.constantFrom('\ud800', '\udbff', '\udc00', '\udfff', '\udc00\ud800'), fc.string())
  .map((parts) => parts.join(''));

/** This many bytes, every fourth time with zeros in front. */
export function bytes(length: number): fc.Arbitrary<Uint8Array> {
  const any = fc.uint8Array({ minLength: length, maxLength: length });
  const zeros = fc
    .tuple(any, fc.nat(length))
    .map(([tail, count]) => Uint8Array.from(tail, (byte, i) => (i < count ? 0 : byte)));
  return fc.oneof({ arbitrary: any, weight: 3 }, { arbitrary: zeros, weight: 1 });
}

/** Salts, keys and password keys. */
export const bytes32 = bytes(32);

export const iv = bytes(12);

/** 32 to 256 bytes: any value from 0 (A = 1) over the smallest (A is nearly all zeros) to above N. */
export const ephemeral = fc.oneof(
  { arbitrary: bytes32, weight: 5 },
  { arbitrary: fc.nat(2100).map((value) => small(value)), weight: 2 },
  { arbitrary: fc.uint8Array({ minLength: 32, maxLength: 256 }), weight: 1 },
  { arbitrary: fc.constant(new Uint8Array(256).fill(255)), weight: 1 },
);

/** Any JSON value. */
export const document = fc.oneof(
  fc.jsonValue({ stringUnit: 'binary' }),
  fc.record({ _id: fc.string(), name: text, url: text, body: fc.record({ text }) }),
);

/** A number below 65 536 as 32 bytes. */
export const small = (value: number): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => (i < 30 ? 0 : (value >> (8 * (31 - i))) & 255));
