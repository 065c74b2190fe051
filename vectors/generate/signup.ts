/** The family `signup`: the record of an account, as its client sends it (7.1). */
import { signupCall } from './calls.ts';
import { ids, type Family } from './family.ts';
import { BOB_ACCOUNT, JANE_ACCOUNT, SHORT_ACCOUNT, ZOE_ACCOUNT } from './people.ts';
import { derived } from './vector.ts';

const ACCOUNTS = [
  ['jane', 'ASCII', JANE_ACCOUNT],
  ['bob', 'a passphrase with ligatures and accents', BOB_ACCOUNT],
  ['zoë', 'everything that normalisation changes', ZOE_ACCOUNT],
  [
    'short',
    'the shortest address, one character, no names, a short number in the private key',
    SHORT_ACCOUNT,
  ],
] as const;

export const signup: Family = {
  family: 'signup',
  covers: 'the record of an account from what its user typed, with the request (7.1)',
  requirements: [
    ...[
      ...ids('NORM', 1, 3),
      'NORM-05',
      ...ids('PWD', 1, 6),
      ...ids('SRP', 6, 10),
      'ENC-01',
      'AES-01',
      'AES-03',
      'AES-04',
    ],
    ...[
      ...ids('WRAP', 1, 4),
      'WRAP-07',
      'WRAP-08',
      'JWK-01',
      'JWK-02',
      'SIGNUP-01',
      'SIGNUP-02',
      'SIGNUP-03',
      'SIGNUP-06',
    ],
  ],
  notes: {},
  vectors: (profile) =>
    ACCOUNTS.map(([id, comment, account]) =>
      derived(
        profile,
        { id: id.replace('ë', 'e'), comment },
        account.inputs,
        ['SRP_Verifier', 'encSymmetricKey', 'encPrivateKey'],
        [signupCall(profile, account)],
      ),
    ),
};
