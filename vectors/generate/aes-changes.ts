/** Changes of a message that no client opens afterwards (6.2). */
import type { Message } from './seal.ts';

export type Change = readonly [
  id: string,
  comment: string,
  flag: string,
  requirement: string,
  change: (message: Message) => unknown,
];

const bytes = (hex: string, change: (bytes: Buffer) => Buffer): string =>
  change(Buffer.from(hex, 'hex')).toString('hex');
export const flip = (hex: string, at: number): string =>
  bytes(hex, (all) => {
    const place = at < 0 ? all.length + at : at;
    all[place] = (all[place] ?? 0) ^ 1;
    return all;
  });
const resized = (hex: string, length: number): string => hex.padEnd(2 * length, '0').slice(0, 2 * length);
const without = (message: Message, name: keyof Message): unknown =>
  Object.fromEntries(Object.entries(message).filter(([member]) => member !== name));

/** Well-formed messages that do not verify. */
export const FORGED: readonly Change[] = [
  ['t.bit-0', 'the first bit of the tag changed', 'tag', 'AES-09', (m) => ({ ...m, t: flip(m.t, 0) })],
  ['t.bit-last', 'the last byte of the tag changed', 'tag', 'AES-09', (m) => ({ ...m, t: flip(m.t, -1) })],
  [
    't.byte-12',
    'a byte changed that a tag of 12 bytes would lack',
    'tag',
    'AES-09',
    (m) => ({ ...m, t: flip(m.t, 12) }),
  ],
  ['t.zero', 'a tag of zero bytes', 'tag', 'AES-09', (m) => ({ ...m, t: '00'.repeat(16) })],
  [
    'd.bit-first',
    'the first byte of the ciphertext changed',
    'tag',
    'AES-09',
    (m) => ({ ...m, d: flip(m.d, 0) }),
  ],
  [
    'd.bit-last',
    'the last byte of the ciphertext changed',
    'tag',
    'AES-09',
    (m) => ({ ...m, d: flip(m.d, -1) }),
  ],
  [
    'd.shorter',
    'the ciphertext without its last byte',
    'tag',
    'AES-09',
    (m) => ({ ...m, d: m.d.slice(0, -2) }),
  ],
  ['d.longer', 'a byte more in the ciphertext', 'tag', 'AES-09', (m) => ({ ...m, d: `${m.d}00` })],
  ['d.empty', 'no ciphertext', 'tag', 'AES-09', (m) => ({ ...m, d: '' })],
  [
    'd.with-tag',
    'the tag at the end of the ciphertext, too',
    'tag',
    'AES-09',
    (m) => ({ ...m, d: m.d + m.t }),
  ],
  ['d.doubled', 'the ciphertext twice', 'tag', 'AES-09', (m) => ({ ...m, d: m.d + m.d })],
  ['iv.bit', 'a bit of the IV changed', 'tag', 'AES-09', (m) => ({ ...m, iv: flip(m.iv, 0) })],
  ['iv.zero', 'an IV of zero bytes', 'tag', 'AES-09', (m) => ({ ...m, iv: '00'.repeat(12) })],
  [
    'iv-and-t-swapped',
    'the IV of a tag and the tag of an IV',
    'tag',
    'AES-09',
    (m) => ({ ...m, iv: m.t.slice(0, 24), t: resized(m.iv, 16) }),
  ],
];

/** Messages that are not of their form. */
export const MISSHAPEN: readonly Change[] = [
  ...[0, 4, 8, 12, 13, 14, 15, 17, 32].map((length): Change => [
    `t.${length}`,
    `a tag of ${length} bytes`,
    'tag-length',
    'AES-07',
    (m) => ({ ...m, t: resized(m.t, length) }),
  ]),
  ...[0, 8, 11, 13, 16].map((length): Change => [
    `iv.${length}`,
    `an IV of ${length} bytes`,
    'iv-length',
    'AES-08',
    (m) => ({ ...m, iv: resized(m.iv, length) }),
  ]),
  [
    'tag-in-ciphertext',
    'the tag at the end of the ciphertext instead of in t',
    'tag-length',
    'AES-07',
    (m) => ({ ...m, d: m.d + m.t, t: '' }),
  ],
  ...(['iv', 't', 'd', 'ad'] as const).map((name): Change => [
    `missing.${name}`,
    `${name} is missing`,
    'members',
    'AES-10',
    (m) => without(m, name),
  ]),
  ['extra', 'a fifth member', 'members', 'AES-10', (m) => ({ ...m, v: '1' })],
  ['null', 'ad is null', 'members', 'AES-10', (m) => ({ ...m, ad: null })],
  ['number', 't is a number', 'members', 'AES-10', (m) => ({ ...m, t: 12345678901234 })],
  [
    'bytes',
    'd is an array of bytes',
    'members',
    'AES-10',
    (m) => ({ ...m, d: [...Buffer.from(m.d, 'hex')] }),
  ],
  [
    'case',
    'a member in upper case',
    'members',
    'AES-10',
    (m) => ({ ...(without(m, 'iv') as object), IV: m.iv }),
  ],
  ['array', 'an array', 'members', 'AES-10', (m) => [m.iv, m.t, m.d, m.ad]],
  ['string', 'the message as a string within the string', 'members', 'AES-10', (m) => JSON.stringify(m)],
  ['null-message', 'null', 'members', 'AES-10', () => null],
];

/** Messages of which the hex is none. */
export const NOT_HEX: readonly Change[] = [
  [
    'iv.upper-case',
    'the IV in upper case',
    'malformed-hex',
    'ENC-02',
    (m) => ({ ...m, iv: m.iv.toUpperCase() }),
  ],
  [
    't.upper-case',
    'the tag in upper case',
    'malformed-hex',
    'ENC-02',
    (m) => ({ ...m, t: m.t.toUpperCase() }),
  ],
  [
    'd.upper-case',
    'the ciphertext in upper case',
    'malformed-hex',
    'ENC-02',
    (m) => ({ ...m, d: m.d.toUpperCase() }),
  ],
  ['iv.odd', 'a digit of the IV is missing', 'malformed-hex', 'ENC-02', (m) => ({ ...m, iv: m.iv.slice(1) })],
  ['t.odd', 'a digit of the tag is missing', 'malformed-hex', 'ENC-02', (m) => ({ ...m, t: m.t.slice(1) })],
  [
    'd.odd',
    'a digit of the ciphertext is missing',
    'malformed-hex',
    'ENC-02',
    (m) => ({ ...m, d: m.d.slice(1) }),
  ],
  ['ad.odd', 'additional data of one digit', 'malformed-hex', 'ENC-02', (m) => ({ ...m, ad: '0' })],
  [
    'd.non-hex',
    'a letter that is no digit',
    'malformed-hex',
    'ENC-02',
    (m) => ({ ...m, d: `g${m.d.slice(1)}` }),
  ],
  ['t.space', 'a space in the tag', 'malformed-hex', 'ENC-02', (m) => ({ ...m, t: `${m.t.slice(0, -1)} ` })],
  [
    'd.base64',
    'the ciphertext as base64',
    'malformed-hex',
    'ENC-02',
    (m) => ({ ...m, d: Buffer.from(m.d, 'hex').toString('base64') }),
  ],
];

/** Text that is no JSON. */
export const NOT_JSON: readonly (readonly [id: string, comment: string, change: (text: string) => string])[] =
  [
    ['empty', 'empty text', () => ''],
    ['cut', 'without its last character', (text) => text.slice(0, -1)],
    ['longer', 'with something after it', (text) => `${text}{}`],
    ['quotes', 'single quotes', (text) => text.replaceAll('"', "'")],
    ['encoded', 'percent-encoded', (text) => encodeURIComponent(text)],
    ['hex', 'hex instead of JSON', (text) => `d${Buffer.from(text).toString('hex')}`],
    ['object', 'an object of a programming language turned to text', () => '[object Object]'],
  ];
