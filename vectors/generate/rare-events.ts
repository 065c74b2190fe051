/** The rare events, one vector each. */
import { JANE, jane, loginInputs } from './accounts.ts';
import { keyPair } from './keys.ts';
import { linkInputs } from './links.ts';
import { seededHex } from './random.ts';
import {
  BOTH,
  document,
  given,
  inLogin,
  keys,
  link,
  LOGIN,
  message,
  zeroFirst,
  type Event,
} from './rare-event.ts';

export const EVENTS: readonly Event[] = [
  given('SLT_Auth_2', 'SLT_Auth_2', 'the salt of SRP', zeroFirst('zeros/SLT_Auth_2')),
  {
    ...given('SLT_Auth_2.2', 'SLT_Auth_2', 'two zero bytes', `0000${seededHex('zeros/SLT_Auth_2.2', 30)}`),
    zeros: 2,
  },
  given(
    'SEC_PWD_Auth.given',
    'SEC_PWD_Auth',
    'the password key: P begins with 30 30 or with 00',
    zeroFirst('zeros/SEC_PWD_Auth'),
  ),
  { ...given('P', 'SEC_PWD_Auth', 'P: raw bytes', zeroFirst('zeros/P')), value: 'srp.P', only: 'deployed' },
  inLogin('srp.inner', 'SEC_PWD_Auth', 'the inner hash of x'),
  inLogin('srp.x', 'SLT_Auth_2', 'the private key x'),
  inLogin('SRP_Verifier', 'SLT_Auth_2', 'the verifier'),
  inLogin('srp.A', 'a', 'the client’s public ephemeral'),
  inLogin('srp.B', 'b', 'the server’s public ephemeral'),
  inLogin('srp.u', 'b', 'the scrambling parameter'),
  inLogin('srp.u', 'b', 'the scrambling parameter, two zero bytes', 2),
  inLogin('srp.S', 'b', 'the premaster secret'),
  inLogin('srp.K', 'b', 'the session key, and the session id with it'),
  inLogin('srp.M1', 'b', 'the client’s proof'),
  inLogin('srp.M2', 'b', 'the server’s proof'),
  {
    ...{
      id: 'srp.H_I',
      comment: 'the hash of the identity',
      flag: 'leading-zero',
      value: 'srp.H_I',
      outputs: LOGIN,
    },
    inputs: (counter) => loginInputs('zeros/srp.H_I', `jane${counter}@example.com`),
    only: 'documented',
  },
  given('a.zero', 'a', 'the client’s ephemeral', zeroFirst('zeros/a')),
  given('b.zero', 'b', 'the server’s ephemeral', zeroFirst('zeros/b')),
  given(
    'a.zeros',
    'a',
    'an ephemeral of 64 bytes, the first 32 of them zero',
    `${'00'.repeat(32)}${seededHex('zeros/a.zeros', 32)}`,
    'exponent',
  ),
  given(
    'b.zeros',
    'b',
    'an ephemeral of 64 bytes, the first 32 of them zero',
    `${'00'.repeat(32)}${seededHex('zeros/b.zeros', 32)}`,
    'exponent',
  ),
  given(
    'a.long',
    'a',
    'an ephemeral of 256 bytes, the first of them zero',
    zeroFirst('zeros/a.long', 256),
    'exponent',
  ),
  given(
    'b.long',
    'b',
    'an ephemeral of 256 bytes, the first of them zero',
    zeroFirst('zeros/b.long', 256),
    'exponent',
  ),
  {
    ...keys('SLT_Auth_1', 'SLT_Auth_1', 'the salt of the authentication key', BOTH, 'SLT_Enc'),
    inputs: () => ({
      ...JANE,
      SLT_Auth_1: zeroFirst('zeros/SLT_Auth_1'),
      SLT_Enc: seededHex('zeros/1/SLT_Enc', 32),
    }),
  },
  {
    ...keys('SLT_Enc', 'SLT_Enc', 'the salt of the encryption key', BOTH, 'SLT_Enc'),
    inputs: () => ({
      ...JANE,
      SLT_Auth_1: seededHex('zeros/2/SLT_Auth_1', 32),
      SLT_Enc: zeroFirst('zeros/SLT_Enc'),
    }),
  },
  keys('SLT_TMP_1', 'SLT_TMP_1', 'the PBKDF2 salt for authentication', BOTH, 'SLT_Auth_1'),
  keys('SLT_TMP_2', 'SLT_TMP_2', 'the PBKDF2 salt for encryption', BOTH, 'SLT_Enc'),
  keys('SEC_PWD_Auth', 'SEC_PWD_Auth', 'the password key for authentication', BOTH, 'SLT_Auth_1'),
  keys('SEC_PWD_Enc', 'SEC_PWD_Enc', 'the password key for encryption', BOTH, 'SLT_Enc'),
  message('iv', 'encContent.iv', 'the IV of a message', () =>
    document('zeros/iv', { 'encContent.iv': zeroFirst('zeros/iv', 12) }),
  ),
  message('tag', 'encContent.tag', 'the tag of a message', (counter) =>
    document('zeros/tag', { 'encContent.iv': seededHex(`zeros/tag/${counter}`, 12) }),
  ),
  message('ciphertext', 'encContent.sealed', 'the ciphertext of a message', (counter) =>
    document('zeros/ciphertext', { 'encContent.iv': seededHex(`zeros/ciphertext/${counter}`, 12) }),
  ),
  message('SYM_ResourceGroup', 'SYM_ResourceGroup', 'the key of a group', () =>
    document('zeros/key', { SYM_ResourceGroup: zeroFirst('zeros/SYM_ResourceGroup') }),
  ),
  link('SYM_Link', 'SYM_Link', 'the RSA ciphertext', (counter) =>
    linkInputs('zeros/link', jane, { 'SYM_Link.seed': seededHex(`zeros/link/${counter}`, 32) }),
  ),
  link('SYM_Link.seed', 'SYM_Link.seed', 'the OAEP seed', () =>
    linkInputs('zeros/seed', jane, { 'SYM_Link.seed': zeroFirst('zeros/SYM_Link.seed') }),
  ),
  link('SYM_Link.key', 'SYM_ResourceGroup', 'the key in a link', () =>
    linkInputs('zeros/wrapped', jane, { SYM_ResourceGroup: zeroFirst('zeros/wrapped/key') }),
  ),
  {
    ...link(
      'private-exponent',
      'd',
      'the private exponent: a number as large as the modulus, and a byte shorter',
      () => linkInputs('zeros/d', keyPair('short-d')),
    ),
    zeros: 0,
  },
];
