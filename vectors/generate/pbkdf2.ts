/** The family `pbkdf2`: the password keys (4.3). */
import type { Family } from './family.ts';
import { seededHex } from './random.ts';
import { derived } from './vector.ts';

type Case = readonly [id: string, comment: string, flag: string, passphrase: string];

const CASES: readonly Case[] = [
  ['plain', 'ASCII', '', 'correct horse battery staple'],
  ['empty', 'the empty passphrase', 'length', ''],
  ['one', 'one character', 'length', 'x'],
  ['63', '63 bytes', 'length', 'y'.repeat(63)],
  ['64', '64 bytes, one block of SHA-256', 'length', 'y'.repeat(64)],
  ['65', '65 bytes: HMAC hashes its key first', 'length', 'y'.repeat(65)],
  ['200', '200 bytes', 'length', 'y'.repeat(200)],
  ['1000', '1 000 bytes', 'length', 'abcdefghij'.repeat(100)],
  [
    '32-characters',
    '32 characters that are 64 bytes',
    'length',
    'é'.normalize('NFKD').slice(0, 1) + 'ñ'.repeat(21),
  ],
  ['zero-byte', 'a character U+0000 inside', 'text', 'a\u0000b'],
  ['zero-bytes-at-end', 'characters U+0000 at the end are not the padding of HMAC', 'text', 'a\u0000\u0000'],
  ['latin', 'an accent', 'text', 'pässwörd'],
  ['compatibility', 'a ligature and a full-width letter', 'text', 'ﬁｘ'],
  ['astral', 'characters beyond the basic plane', 'text', '🔑🗝'],
  ['trimmed', 'white space at both ends', 'text', '\u00a0correct horse battery staple\n'],
];

export const pbkdf2: Family = {
  family: 'pbkdf2',
  covers: 'SEC_PWD_Auth and SEC_PWD_Enc from given SLT_TMP_1 and SLT_TMP_2 (4.3)',
  requirements: ['NORM-01', 'NORM-03', 'PWD-05', 'PWD-06', 'PWD-07'],
  notes: {
    length: {
      bugType: 'key derivation',
      description: 'Passphrases around the block of HMAC-SHA-256, and far from it.',
      effect: 'Long passphrases are cut off, or different ones give the same key.',
      links: [
        'https://www.rfc-editor.org/rfc/rfc8018#section-5.2',
        'https://www.rfc-editor.org/rfc/rfc2104#section-2',
      ],
    },
    text: {
      bugType: 'text encoding',
      description:
        'Passphrases that tell UTF-8 after NFKD from every other reading, and text from C strings.',
      effect: 'Another key: the account cannot be opened.',
      links: ['https://nvd.nist.gov/vuln/detail/CVE-2025-6547'],
    },
  },
  vectors: (profile) =>
    CASES.map(([id, comment, flag, passphrase]) => {
      const salt = (name: string) => seededHex(`pbkdf2/${id}/${name}`, 32);
      const inputs = { passphrase, SLT_TMP_1: salt('SLT_TMP_1'), SLT_TMP_2: salt('SLT_TMP_2') };
      const heading = { id, comment, flags: flag === '' ? [] : [flag] };
      return derived(profile, heading, inputs, ['SEC_PWD_Auth', 'SEC_PWD_Enc']);
    }),
};
