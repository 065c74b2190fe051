/** The family `normalization`: what becomes of an email and a passphrase as typed (4.1). */
import type { ProfileName } from '../../spec/index.ts';
import type { Family } from './family.ts';
import { notes } from './normalization-notes.ts';
import { derived, refused, type Vector } from './vector.ts';

/** What `String.prototype.trim` of ECMAScript removes (4.1), and what looks as if it did. */
const WHITE_SPACE = [
  ...[0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0xa0, 0x1680],
  ...[0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a],
  ...[0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff],
];
const NO_WHITE_SPACE = [0x00, 0x08, 0x1c, 0x1d, 0x1e, 0x1f, 0x85, 0x180e, 0x200b, 0x200c, 0x200d, 0x2060];

type Case = readonly [id: string, comment: string, flag: string, email: string, passphrase: string];

const EMAIL = 'jane@example.com';
const PASSPHRASE = 'correct horse';

const CASES: readonly Case[] = [
  ['none', 'nothing to do', '', EMAIL, PASSPHRASE],
  [
    'trim-all',
    'every white space character at both ends',
    'trim',
    around(WHITE_SPACE, EMAIL),
    around(WHITE_SPACE, PASSPHRASE),
  ],
  ['trim-inside', 'white space inside stays as it is', 'trim', 'jane doe@example.com', 'correct  \t horse'],
  ['trim-only', 'nothing but white space: both become empty', 'trim', ' \t\u00a0\ufeff', '\u3000 \r\n'],
  ['trim-one-end', 'white space at one end only', 'trim', ` ${EMAIL}`, `${PASSPHRASE} `],
  ['trim-before-NFKD', 'U+00A8 becomes a space and a mark: the space stays', 'trim', EMAIL, '\u00a8x\u00a8'],
  [
    'trim-nbsp-inside',
    'U+00A0 inside becomes a space in the passphrase only',
    'NFKD',
    'a\u00a0b@example.com',
    'a\u00a0b',
  ],
  ['empty', 'nothing at all', 'trim', '', ''],
  [
    'upper-case',
    'the email is lower-cased, the passphrase is not',
    'lower-case',
    'Jane.DOE@Example.COM',
    'Correct HORSE',
  ],
  ['final-sigma', 'a capital sigma at the end of a word', 'lower-case', 'ΟΔΥΣΣΕΥΣ@example.com', 'ΟΔΥΣΣΕΥΣ'],
  ['final-sigma-end', 'a capital sigma at the end of the email', 'lower-case', 'a@ΑΣ', 'ΑΣ'],
  [
    'sigma-alone',
    'a capital sigma with no letter before it is not final',
    'lower-case',
    'Σ@example.com',
    'Σ',
  ],
  [
    'sigma-apostrophe',
    'an apostrophe is passed over when the end of a word is sought',
    'lower-case',
    "ΑΣ'Α@example.com",
    "ΑΣ'Α",
  ],
  ['dotted-i', 'U+0130 becomes i and U+0307', 'lower-case', 'İstanbul@example.com', 'İstanbul'],
  ['plain-i', 'I becomes i in every locale, Turkish too', 'lower-case', 'IRIS@EXAMPLE.COM', 'IRIS'],
  ['sharp-s', 'ß stays, ẞ becomes ß', 'lower-case', 'STRAẞE.ß@example.com', 'STRAẞEß'],
  [
    'kelvin',
    'the Kelvin sign and the Ångström sign become letters',
    'lower-case',
    '\u212a\u212b@example.com',
    '\u212a\u212b',
  ],
  ['titlecase', 'the titlecase letter U+01C5', 'lower-case', '\u01c5@example.com', '\u01c5'],
  ['cherokee', 'Cherokee capitals have lower-case letters', 'lower-case', '\u13a0@example.com', '\u13a0'],
  ['deseret', 'lower case beyond the basic plane', 'lower-case', '\u{10400}@example.com', '\u{10400}'],
  ['greek-iota', 'a capital with iota below', 'lower-case', '\u1f88@example.com', '\u1f88'],
  ['email-composed', 'the email keeps its composed accent', 'NFKD', 'zo\u00eb@example.com', 'zo\u00eb'],
  [
    'email-decomposed',
    'the same text decomposed is another email and the same passphrase',
    'NFKD',
    'zoe\u0308@example.com',
    'zoe\u0308',
  ],
  ['ligature', 'ligatures', 'NFKD', 'ﬁne@example.com', 'ﬁne ﬂow ﬃ ĳ'],
  ['full-width', 'full-width letters and digits', 'NFKD', 'ｊ@example.com', 'Ｐａｓｓ１２３'],
  ['superscript', 'superscripts, fractions and circled digits', 'NFKD', 'x²@example.com', 'x² ½ ① ℡'],
  ['angstrom', 'U+212B becomes A and U+030A', 'NFKD', EMAIL, '\u212b'],
  ['long-s', 'U+1E9B U+0323 becomes s with two marks in canonical order', 'NFKD', EMAIL, '\u1e9b\u0323'],
  ['hangul', 'Hangul syllables become conjoining jamo', 'NFKD', '각@example.com', '각하'],
  [
    'hangul-compatibility',
    'a Hangul compatibility letter and a half-width one',
    'NFKD',
    EMAIL,
    '\u3131\uffa1',
  ],
  ['kana', 'half-width katakana with a voiced mark', 'NFKD', EMAIL, '\uff76\uff9e'],
  ['mark-order', 'two marks in the order that is not canonical', 'NFKD', EMAIL, 'q\u0307\u0323'],
  [
    'mark-order-kept',
    'two marks of the same class keep their order',
    'NFKD',
    EMAIL,
    'a\u0301\u0300 a\u0300\u0301',
  ],
  ['singleton', 'the Ohm sign and a CJK compatibility ideograph', 'NFKD', EMAIL, '\u2126 \uf900 \u{2f800}'],
  ['joiner', 'zero-width joiner and variation selector stay', 'NFKD', EMAIL, '👩\u200d👩\u200d👧 ❤\ufe0f'],
  ['mathematical', 'mathematical letters beyond the basic plane', 'NFKD', EMAIL, '\u{1d400}\u{1d7d8}'],
  ['arabic', 'an Arabic ligature of eighteen letters', 'NFKD', EMAIL, '\ufdfa'],
  ['devanagari', 'a composition exclusion', 'NFKD', EMAIL, '\u0958'],
  ['soft-hyphen', 'the soft hyphen stays', 'NFKD', EMAIL, 'co\u00adop'],
  ['control', 'control characters inside stay', 'NFKD', EMAIL, 'a\u0000b\u0007c'],
];

const HALVES: readonly (readonly [id: string, comment: string, half: string])[] = [
  ['high', 'a high surrogate with nothing after it', 'a\ud83d'],
  ['low', 'a low surrogate with nothing before it', '\udd11a'],
  ['reversed', 'a pair in the wrong order', 'a\udd11\ud83db'],
  ['two-high', 'two high surrogates before a low one', 'a\ud83d\ud83d\udd11b'],
];

function around(characters: readonly number[], text: string): string {
  const space = String.fromCodePoint(...characters);
  return space + text + space;
}

const named = (character: number): string => `U+${character.toString(16).toUpperCase().padStart(4, '0')}`;

const single =
  (prefix: string, comment: string) =>
  (character: number): Case => [
    `${prefix}.${named(character).slice(2)}`,
    `${named(character)} ${comment}`,
    'trim',
    around([character], EMAIL),
    around([character], PASSPHRASE),
  ];

function vectors(profile: ProfileName): Vector[] {
  const cases = [
    ...CASES,
    ...WHITE_SPACE.map(single('trim', 'is removed at both ends')),
    ...NO_WHITE_SPACE.map(single('keep', 'is no white space and stays')),
  ];
  return [
    ...cases.map(([id, comment, flag, email, passphrase]) => {
      const heading = { id, comment, flags: flag === '' ? [] : [flag] };
      return derived(profile, heading, { email, passphrase }, ['normalized.email', 'normalized.passphrase']);
    }),
    ...HALVES.flatMap(([id, comment, half]) => [
      surrogate(`email.${id}`, `${comment}, in the email`, { email: `${half}@example.com` }),
      surrogate(`passphrase.${id}`, `${comment}, in the passphrase`, { passphrase: half }),
    ]),
  ];
}

const surrogate = (id: string, comment: string, inputs: Readonly<Record<string, string>>): Vector =>
  refused(
    'derive',
    { id: `surrogate.${id}`, comment, flags: ['surrogate'] },
    { stage: 'encoding', requirement: 'NORM-04' },
    inputs,
  );

export const normalization: Family = {
  family: 'normalization',
  covers: 'email and passphrase as typed: trim, lower case, NFKD, lone surrogates (4.1)',
  requirements: ['NORM-01', 'NORM-02', 'NORM-03'],
  notes: {
    ...notes,
    surrogate: {
      bugType: 'ill-formed text',
      description:
        'Half of a surrogate pair, in JSON as an escape such as \\ud83d: there is no UTF-8 for it.',
      effect: 'Where it is replaced or dropped, different passphrases open the same account.',
      links: ['https://www.unicode.org/faq/utf_bom.html#utf16-7'],
    },
  },
  vectors,
};
