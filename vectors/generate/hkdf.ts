/** The family `hkdf`: the salts of PBKDF2, bound to the email (4.2). */
import type { Family } from './family.ts';
import { seededHex } from './random.ts';
import { derived } from './vector.ts';

type Case = readonly [
  id: string,
  comment: string,
  flag: string,
  email: string,
  SLT_Auth_1: string,
  SLT_Enc: string,
];

const salt = (label: string): string => seededHex(`hkdf/${label}`, 32);
const long = (length: number): string => `${'a'.repeat(length - '@example.com'.length)}@example.com`;

const CASES: readonly Case[] = [
  ['plain', 'two random salts', '', 'jane@example.com', salt('plain/1'), salt('plain/2')],
  [
    'normalised',
    'the email is normalised first',
    'email',
    ' Jane@Example.COM\u00a0',
    salt('plain/1'),
    salt('plain/2'),
  ],
  [
    'other-email',
    'the same salts, another email',
    'email',
    'bob@example.com',
    salt('plain/1'),
    salt('plain/2'),
  ],
  [
    'swapped',
    'the salts swapped give the outputs swapped',
    'salt',
    'jane@example.com',
    salt('plain/2'),
    salt('plain/1'),
  ],
  [
    'one-salt',
    'the same salt twice gives the same output twice',
    'salt',
    'jane@example.com',
    salt('one'),
    salt('one'),
  ],
  [
    'zero-salt',
    'salts of zero bytes and of ones',
    'salt',
    'jane@example.com',
    '00'.repeat(32),
    'ff'.repeat(32),
  ],
  [
    'letters',
    'salts of which the hex text holds letters only, and digits only',
    'salt',
    'jane@example.com',
    'abcdef'.repeat(11).slice(0, 64),
    '1234567890'.repeat(7).slice(0, 64),
  ],
  [
    'ascii-salt',
    'a salt that is ASCII itself',
    'salt',
    'jane@example.com',
    Buffer.from('0123456789abcdef'.repeat(2)).toString('hex'),
    salt('ascii'),
  ],
  ['short-email', 'an email of three characters', 'email', 'a@b', salt('short/1'), salt('short/2')],
  [
    'block',
    'an email of 64 bytes, one block of SHA-256',
    'email',
    long(64),
    salt('block/1'),
    salt('block/2'),
  ],
  ['longer-than-block', 'an email of 65 bytes', 'email', long(65), salt('65/1'), salt('65/2')],
  ['longest-email', 'an email of 254 characters', 'email', long(254), salt('long/1'), salt('long/2')],
  [
    'latin',
    'an email with a character of Latin-1',
    'UTF-8',
    'zoë@example.com',
    salt('latin/1'),
    salt('latin/2'),
  ],
  ['greek', 'an email in Greek', 'UTF-8', 'Ζωή@παράδειγμα.example', salt('greek/1'), salt('greek/2')],
  [
    'astral',
    'an email with a character beyond the basic plane',
    'UTF-8',
    '🔑@example.com',
    salt('astral/1'),
    salt('astral/2'),
  ],
];

export const hkdf: Family = {
  family: 'hkdf',
  covers: 'SLT_TMP_1 and SLT_TMP_2 (4.2)',
  requirements: ['NORM-02', 'PWD-01', 'PWD-02', 'PWD-03', 'PWD-04', 'SRP-03'],
  notes: {
    salt: {
      bugType: 'wrong salt',
      description:
        'The salts tell apart raw bytes from hex text, salt from input keying material, and one salt from the other.',
      effect: 'Keys that no other client derives: the account opens on one device only.',
      links: ['https://www.rfc-editor.org/rfc/rfc5869#section-2.2'],
    },
    email: {
      bugType: 'input normalisation',
      description: 'The normalised email, whatever its length, is the input keying material.',
      effect: 'Another spelling of the same address, or a longer one, opens nothing.',
      links: ['https://www.rfc-editor.org/rfc/rfc5869#section-2.2'],
    },
    'UTF-8': {
      bugType: 'text encoding',
      description: 'Characters beyond ASCII: UTF-8 tells from Latin-1 and UTF-16.',
      effect: 'Addresses beyond ASCII open on one platform only.',
      links: ['https://www.rfc-editor.org/rfc/rfc3629'],
    },
  },
  vectors: (profile) =>
    CASES.map(([id, comment, flag, email, SLT_Auth_1, SLT_Enc]) => {
      const heading = { id, comment, flags: flag === '' ? [] : [flag] };
      return derived(profile, heading, { email, SLT_Auth_1, SLT_Enc }, ['SLT_TMP_1', 'SLT_TMP_2']);
    }),
};
