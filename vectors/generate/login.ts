/** The family `login`: one account and one login, for every class of email and passphrase (chapters 4 and 5). */
import type { ProfileName } from '../../spec/index.ts';
import { seeded } from './accounts.ts';
import { ids, type Family } from './family.ts';
import { notes } from './normalization-notes.ts';
import { derived, type Vector } from './vector.ts';

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

const DRAWN = ['SLT_Auth_1', 'SLT_Auth_2', 'SLT_Enc', 'a', 'b'];

/** The values that both sides of a login must reach. */
const OUTPUTS = [
  ...[
    'SEC_PWD_Auth',
    'SEC_PWD_Enc',
    'SRP_Verifier',
    'srp.A',
    'srp.B',
    'srp.S',
    'srp.S_server',
    'srp.K',
    'srp.M1',
  ],
  ...['srp.M2', 'session.id'],
];

const vector =
  (profile: ProfileName) =>
  ([id, comment, flags, email, passphrase]: Case): Vector =>
    derived(profile, { id, comment, flags }, { email, passphrase, ...seeded(`login/${id}`, DRAWN) }, OUTPUTS);

export const login: Family = {
  family: 'login',
  covers:
    'one account and one login from what the user types, for every class of email and passphrase (4, 5)',
  requirements: [
    ...ids('NORM', 1, 3),
    ...ids('PWD', 1, 6),
    ...ids('SRP', 1, 10),
    ...['SRP-13', 'SRP-15', 'SRP-22', ...ids('SRP', 24, 29), 'SRP-34'],
  ],
  notes,
  vectors: (profile) => CASES.map(vector(profile)),
};
