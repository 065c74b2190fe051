/** The family `login`: one account and one login, for every class of email and passphrase (chapters 4 and 5). */
import type { Family, Scenario } from './family.ts';
import { seededHex } from './random.ts';

type Case = readonly [
  id: string,
  comment: string,
  flags: readonly string[],
  email: string,
  passphrase: string,
];

const CASES: readonly Case[] = [
  ['plain', 'nothing to normalise', [], 'jane@example.com', 'correct horse battery staple'],
  ['trimmed', 'white space at both ends', ['trim'], ' \tjane@example.com\n', '\r correct horse\u2003'],
  [
    'bom',
    'U+FEFF and U+00A0 are white space',
    ['trim'],
    '\ufeffjane@example.com\u00a0',
    '\u00a0correct\ufeffhorse\ufeff',
  ],
  [
    'next-line',
    'U+0085 is no white space for ECMAScript',
    ['trim'],
    'jane@example.com',
    '\u0085correct horse\u0085',
  ],
  [
    'upper-case',
    'the email is lower-cased, the passphrase is not',
    ['lower-case'],
    'Jane.DOE@Example.COM',
    'Correct HORSE',
  ],
  ['final-sigma', 'a capital sigma at the end of a word', ['lower-case'], 'ΟΔΥΣΣΕΥΣ@example.com', 'ΟΔΥΣΣΕΥΣ'],
  ['dotted-i', 'U+0130 becomes two code points', ['lower-case'], 'İstanbul@example.com', 'İstanbul'],
  ['ligature', 'a compatibility character', ['NFKD'], 'ﬁne@example.com', 'ﬁne ﬂow'],
  ['composed', 'a composed accent', ['NFKD'], 'zoë@example.com', 'p\u00e4ssw\u00f6rd'],
  ['decomposed', 'the same accents, decomposed', ['NFKD'], 'zoe\u0308@example.com', 'pa\u0308sswo\u0308rd'],
  ['hangul', 'Hangul syllables', ['NFKD'], 'jane@example.com', '각하'],
  [
    'mark-order',
    'two combining marks in the order that is not canonical',
    ['NFKD'],
    'jane@example.com',
    'q\u0307\u0323',
  ],
  ['emoji', 'characters outside the basic plane', [], 'jane@example.com', '👩‍👩‍👧 🔑'],
  ['reserved', 'characters that percent-encoding treats apart', [], "o'neil+a%41@example.com", 'a%2Fb:c&d=é'],
];

const REQUIREMENTS = [
  ...['NORM-01', 'NORM-02', 'NORM-03', 'PWD-01', 'PWD-02', 'PWD-03', 'PWD-04', 'PWD-05', 'PWD-06'],
  ...['SRP-01', 'SRP-02', 'SRP-03', 'SRP-04', 'SRP-05', 'SRP-06', 'SRP-07', 'SRP-08', 'SRP-09', 'SRP-10'],
  ...['SRP-13', 'SRP-15', 'SRP-22', 'SRP-24', 'SRP-25', 'SRP-26', 'SRP-27', 'SRP-28', 'SRP-29', 'SRP-34'],
];

const scenario = ([id, comment, flags, email, passphrase]: Case): Scenario => {
  const bytes = (name: string) => seededHex(`login/${id}/${name}`, 32);
  const salts = {
    SLT_Auth_1: bytes('SLT_Auth_1'),
    SLT_Auth_2: bytes('SLT_Auth_2'),
    SLT_Enc: bytes('SLT_Enc'),
  };
  return { id, comment, flags, inputs: { email, passphrase, ...salts, a: bytes('a'), b: bytes('b') } };
};

export const login: Family = {
  family: 'login',
  source: 'vectors/generate/login.ts',
  requirements: REQUIREMENTS,
  notes: {
    trim: {
      bugType: 'input normalisation',
      description: 'White space as String.prototype.trim of ECMAScript sees it.',
      effect: 'Another passphrase or address: the account cannot be opened.',
      links: ['https://tc39.es/ecma262/#sec-string.prototype.trim'],
    },
    'lower-case': {
      bugType: 'input normalisation',
      description: 'The full Unicode lower-case mapping, independent of locale.',
      effect: 'Another address: the account is not found, or its keys differ.',
      links: ['https://www.unicode.org/Public/UCD/latest/ucd/SpecialCasing.txt'],
    },
    NFKD: {
      bugType: 'input normalisation',
      description: 'Unicode normalization form NFKD, of the passphrase only.',
      effect: 'Another passphrase: the account cannot be opened.',
      links: ['https://www.unicode.org/reports/tr15/'],
    },
  },
  outputs: [
    'SEC_PWD_Auth',
    'SEC_PWD_Enc',
    'SRP_Verifier',
    'srp.A',
    'srp.B',
    'srp.S',
    'srp.K',
    'srp.M1',
    'srp.M2',
    'session.id',
  ],
  scenarios: CASES.map(scenario),
};
