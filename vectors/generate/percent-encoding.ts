/** The family `percent-encoding`: how JSON text becomes bytes and back; `documented` has plain UTF-8 (6.1, 6.3). */
import type { ProfileName } from '../../spec/index.ts';
import { seeded } from './accounts.ts';
import type { Family } from './family.ts';
import { keyAndIv, seal } from './seal.ts';
import { accepted, derived, jsonHex, refused, textHex, type Vector } from './vector.ts';

const row = (first: number): string =>
  String.fromCharCode(...Array.from({ length: 16 }, (_, i) => first + i));

const TEXTS: readonly (readonly [id: string, comment: string, text: string])[] = [
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((i) => [`ascii.${i}0`, `U+00${i}0 to U+00${i}F`, row(16 * i)] as const),
  ...[8, 10, 12, 14].map((i) => [`latin.${i.toString(16)}0`, `a row of Latin-1`, row(16 * i)] as const),
  ['kept', 'the characters that stay', "AZaz09-_.!~*'()"],
  ['reserved', 'the characters that URIs reserve', ';/?:@&=+$,#[]'],
  ['percent', 'what looks encoded is encoded again', '%41 %25 %zz %'],
  ['plus', 'a space is %20 and a plus %2B', 'a b+c'],
  ['two-bytes', 'the first and last character of two bytes', '\u0080\u07ff'],
  ['three-bytes', 'the first and last character of three bytes', '\u0800\uffff'],
  ['around-surrogates', 'the characters beside the surrogates', '\ud7ff\ue000'],
  ['four-bytes', 'the first and last character of four bytes', '\u{10000}\u{10ffff}'],
  ['planes', 'one character of each plane that has some', '\u{1f511}\u{20000}\u{30000}\u{e0041}\u{f0000}'],
  ['combining', 'text is not normalised', 'e\u0301 é ﬁ'],
  ['right-to-left', 'Hebrew and Arabic', 'שלום مرحبا'],
];

/** What a plaintext must not be: bytes, as hex, between the quotes of a JSON text. */
const NOT_UTF8: readonly (readonly [id: string, comment: string, bytes: string])[] = [
  ['continuation', 'a continuation byte alone', '80'],
  ['cut', 'the first byte of two', 'c3'],
  ['cut-4', 'three bytes of four', 'f09f94'],
  ['not-continued', 'a first byte and a letter', 'c328'],
  ['overlong-2', 'U+0000 in two bytes', 'c080'],
  ['overlong-3', 'a slash in three bytes', 'e080af'],
  ['surrogate', 'a surrogate in UTF-8', 'eda080'],
  ['surrogates', 'a surrogate pair in UTF-8', 'eda0bdedb491'],
  ['too-large', 'a number beyond U+10FFFF', 'f4908080'],
  ['five-bytes', 'a first byte of five', 'f888808080'],
  ['latin-1', 'Latin-1', 'e9'],
  ['ff', 'a byte that UTF-8 does not have', 'ff'],
];

/** What a percent-encoded text must not hold. */
const NOT_ENCODED: readonly (readonly [id: string, comment: string, text: string])[] = [
  ['alone', 'a percent sign at the end', 'a%'],
  ['one-digit', 'one digit at the end', 'a%4'],
  ['one-digit-inside', 'one digit and another character', '%4x'],
  ['no-digits', 'letters that are no digits', '%zz'],
  ['signed', 'a sign in place of a digit', '%+1'],
  ['spaced', 'a space in place of a digit', '% 41'],
  ['unicode', 'the escape of old browsers', '%u0041'],
  ['double', 'two percent signs', '%%41'],
];

const sealing = keyAndIv('percent/received');

/** Vectors around a plaintext. */
function received(profile: ProfileName) {
  const inputs = (plaintext: string) => ({
    SYM_ResourceGroup: sealing.key,
    encContent: JSON.stringify(seal(profile, 'encContent', { ...sealing, plaintext })),
  });
  const between = (plaintext: string) => ({ 'encContent.plaintext': plaintext });
  return {
    taken: (id: string, comment: string, plaintext: string, document: unknown) =>
      accepted(
        'open-document',
        { id: `open.${id}`, comment, flags: ['decoding'] },
        inputs(plaintext),
        { M_Resource: jsonHex(document) },
        between(plaintext),
      ),
    not: (id: string, comment: string, plaintext: string) =>
      refused(
        'open-document',
        { id: `refuse.${id}`, comment, flags: ['ill-formed'] },
        { stage: 'decrypt', requirement: 'WRAP-06' },
        inputs(plaintext),
        between(plaintext),
      ),
  };
}

const quoted = (hex: string): string => textHex('"') + hex + textHex('"');

function documented(): Vector[] {
  const { taken, not } = received('documented');
  return [
    taken('text', 'UTF-8', textHex('"é🔑"'), 'é🔑'),
    taken('escaped', 'characters that JSON need not escape', textHex('"\\u00e9\\/\\ud83d\\udd11"'), 'é/🔑'),
    taken('white-space', 'white space around and within', textHex(' { "a" : 1 }\n'), { a: 1 }),
    taken('percent', 'what looks percent-encoded is not', textHex('"%41%20"'), '%41%20'),
    ...NOT_UTF8.map(([id, comment, bytes]) => not(id, comment, quoted(bytes))),
    not('encoded', 'in the form of the other profile', textHex(encodeURIComponent('{"a":"é"}'))),
    not('utf-16', 'UTF-16', Buffer.from('"é"', 'utf16le').toString('hex')),
  ];
}

function deployed(): Vector[] {
  const { taken, not } = received('deployed');
  const encoded = (text: string) => textHex(`%22${text}%22`);
  const bytes = (hex: string) => encoded(hex.replace(/../g, (digits) => `%${digits.toUpperCase()}`));
  return [
    taken('text', 'as it is sent', textHex(encodeURIComponent('"é🔑"')), 'é🔑'),
    taken('lower-case', 'escapes with lower-case digits', encoded('%c3%a9%f0%9f%94%91'), 'é🔑'),
    taken(
      'mixed-case',
      'escapes with digits of either case',
      encoded('%c3%A9%aF'.replace('%aF', '%2f')),
      'é/',
    ),
    taken('letters', 'letters escaped, too', encoded('%41%62%2D'), 'Ab-'),
    taken('kept', 'reserved characters as they are', textHex('{"a":"b+c d&e"}'), { a: 'b+c d&e' }),
    taken('raw', 'characters of more than one byte as they are', textHex('%22é🔑%22'), 'é🔑'),
    taken('plus', 'a plus is no space', encoded('a+b%20c'), 'a+b c'),
    taken('once', 'decoded once, not twice', encoded('%2541'), '%41'),
    ...NOT_UTF8.map(([id, comment, hex]) => not(id, comment, bytes(hex))),
    not('raw-latin-1', 'Latin-1 as it is', quoted('e9')),
    ...NOT_ENCODED.map(([id, comment, text]) => not(`escape.${id}`, comment, encoded(text))),
    not('twice', 'percent-encoded twice', textHex(encodeURIComponent(encodeURIComponent('{"a":"é"}')))),
  ];
}

export const percentEncoding: Family = {
  family: 'percent-encoding',
  covers: 'text of every range as plaintext, and plaintexts that are no text (6.1, 6.3)',
  requirements: ['WRAP-03', 'WRAP-04', 'WRAP-06'],
  notes: {
    decoding: {
      bugType: 'decoding',
      description:
        'Plaintexts that nobody writes and everybody has to read: what decodeURIComponent and JSON take.',
      effect: 'Documents of other clients cannot be read.',
      links: ['https://tc39.es/ecma262/#sec-decodeuricomponent-encodeduricomponent'],
    },
    'ill-formed': {
      bugType: 'lenient decoding',
      description: 'Bytes that are not UTF-8, escapes that are none, and the form of the other profile.',
      effect: 'Replacement characters are written back at the next edit, and the document is damaged.',
      links: ['https://www.rfc-editor.org/rfc/rfc3629#section-3', 'https://tc39.es/ecma262/#sec-decode'],
    },
  },
  vectors: (profile) => [
    ...TEXTS.map(([id, comment, text]) => {
      const inputs = {
        ...seeded(`percent/${id}`, ['SYM_ResourceGroup', 'encContent.iv']),
        M_Resource: { text },
      };
      return derived(profile, { id, comment }, inputs, ['encContent.plaintext', 'encContent']);
    }),
    ...(profile === 'documented' ? documented() : deployed()),
  ],
};
