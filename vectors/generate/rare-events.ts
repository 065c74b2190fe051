/** Rare events, each with what it is looked for in: inputs that a counter makes different. */
import type { ProfileName } from '../../spec/index.ts';
import { accountId, JANE, jane, loginInputs, seeded } from './accounts.ts';
import { keyPair } from './keys.ts';
import { seededHex } from './random.ts';
import { linkInputs } from './rsa-oaep.ts';
import type { Inputs, Values } from './vector.ts';

export interface Event {
  readonly id: string;
  readonly comment: string;
  readonly flag: 'leading-zero' | 'exponent';
  /** The value that begins with zero bytes. */
  readonly value: string;
  /** How many zero bytes; 1 where it is left out. */
  readonly zeros?: number;
  readonly outputs: readonly string[];
  readonly inputs: (counter: number) => Inputs;
  /** The one profile that has the value. */
  readonly only?: ProfileName;
}

/** Both sides of a login, from SEC_PWD_Auth. */
const LOGIN = [
  ...['SRP_Verifier', 'srp.A', 'srp.B', 'srp.S', 'srp.S_server', 'srp.K', 'srp.M1', 'srp.M2', 'session.id'],
];

/** A login in which one input depends on the counter. */
const login =
  (id: string, varied: string, length = 32) =>
  (counter: number): Inputs => ({
    ...loginInputs(`zeros/${id}`),
    [varied]: seededHex(`zeros/${id}/${varied}/${counter}`, length),
  });

/** A value of a login, and the input that is varied until it begins with a zero byte. */
const inLogin = (value: string, varied: string, comment: string, zeros = 1): Event => {
  const id = `${value}${zeros === 1 ? '' : `.${zeros}`}`;
  return { id, comment, flag: 'leading-zero', value, zeros, outputs: LOGIN, inputs: login(id, varied) };
};

const zeroFirst = (label: string, length = 32): string => `00${seededHex(label, length - 1)}`;

/** An input of a login that is made to begin with a zero byte. */
const given = (
  id: string,
  value: string,
  comment: string,
  hex: string,
  flag: Event['flag'] = 'leading-zero',
): Event => ({
  ...{ id, comment, flag, value, outputs: LOGIN },
  zeros: flag === 'exponent' ? 0 : 1,
  inputs: () => ({ ...loginInputs(`zeros/${id}`), [value]: hex }),
});

/** The keys that come of a passphrase; PBKDF2 makes the search long, so what was found is kept. */
const keys = (
  id: string,
  value: string,
  comment: string,
  outputs: readonly string[],
  varied: string,
): Event => ({
  ...{ id, comment, flag: 'leading-zero', value, outputs },
  inputs: (counter) => ({
    ...JANE,
    ...seeded(`zeros/${id}`, ['SLT_Auth_1', 'SLT_Enc']),
    [varied]: seededHex(`zeros/${id}/${varied}/${counter}`, 32),
  }),
});

const BOTH = ['SLT_TMP_1', 'SLT_TMP_2', 'SEC_PWD_Auth', 'SEC_PWD_Enc'];

/** A document; its IV, tag or ciphertext begins with a zero byte. */
const message = (id: string, value: string, comment: string, made: (counter: number) => Inputs): Event => ({
  ...{ id, comment, flag: 'leading-zero', value, outputs: ['encContent'], inputs: made },
});

const document = (label: string, changes: Inputs = {}): Inputs => ({
  ...seeded(label, ['SYM_ResourceGroup', 'encContent.iv']),
  M_Resource: { name: accountId(label).slice(0, 12) },
  ...changes,
});

const link = (
  id: string,
  value: string,
  comment: string,
  inputs: (counter: number) => Inputs,
  outputs = ['SYM_Link'],
): Event => ({
  ...{ id, comment, flag: 'leading-zero', value, outputs, inputs },
});

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

/** The inputs of an event at a counter. */
export const inputsOf = ({ inputs }: Event, counter: number): Inputs => inputs(counter);

/** Whether the value begins with so many zero bytes. */
export function happens({ value, zeros = 1 }: Event, values: Values): boolean {
  const hex = value === 'encContent.tag' ? values['encContent.sealed']?.slice(-32) : values[value];
  return zeros === 0 || hex?.startsWith('00'.repeat(zeros)) === true;
}
