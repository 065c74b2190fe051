/**
 * The family `decoy`: logins at addresses that have no account (7.3). How a server makes salts and a verifier for such
 * an address is its own affair; here it is HMAC-SHA-256 with a secret of the server, and a power of g. What binds
 * every server is that the same address gets the same salts, and B is computed as for an account.
 */
import { createHmac } from 'node:crypto';
import type { ProfileName } from '../../spec/index.ts';
import { answered, drawn, error, post } from './calls.ts';
import type { Family } from './family.ts';
import { seededBytes, seededHex } from './random.ts';
import { derived, valueOf, valuesOf, type Inputs, type Vector } from './vector.ts';

const SECRET = seededBytes('decoy/secret of the server', 32);

const ADDRESSES = [
  ['nobody', 'nobody@example.com'],
  ['other', 'somebody@example.com'],
  ['greek', 'ουδείς@example.com'],
] as const;

const ATTEMPTS = [
  ['first', 'the first attempt'],
  ['again', 'another attempt: the same salts, another starter and B'],
] as const;

/** 32 bytes for an address and a use. */
const made = (use: string, email: string): string =>
  createHmac('sha256', SECRET).update(`${use}\0${email}`).digest('hex');

/** What the server has for an address without an account. */
function standIn(profile: ProfileName, email: string): Inputs {
  return {
    SLT_Auth_1: made('saltKey', email),
    SLT_Auth_2: made('saltAuth', email),
    SRP_Verifier: valueOf(profile, { 'srp.x': made('verifier', email) }, 'SRP_Verifier'),
  };
}

function attempt(profile: ProfileName, id: string, comment: string, email: string): Vector {
  const { a, b, starter } = drawn(`decoy/${id}`);
  const server = standIn(profile, email);
  // The client that asks guesses: whatever it computes from its passphrase, M1 is wrong.
  const srpM1 = seededHex(`decoy/${id}/M1`, 32);
  const inputs = { email, ...server, a, b };
  const values = valuesOf(profile, inputs);
  const refusal = error('wrong-proof', 'the email or the passphrase is wrong, or the login took too long');
  const salts = { saltKey: server['SLT_Auth_1'], saltAuth: server['SLT_Auth_2'] };
  const proof = post('/auth/login-m1', { sessionStarterId: starter, srpM1 }, {});
  return derived(
    profile,
    { id, comment, flags: ['enumeration'] },
    inputs,
    ['srp.A', 'srp.B', 'srp.S_server'],
    [
      post('/auth/login-s', { email }, salts),
      post(
        '/auth/login-a',
        { email, srpA: values['srp.A'] },
        { sessionStarterId: starter, srpB: values['srp.B'] },
      ),
      answered(proof, 401, refusal),
    ],
  );
}

export const decoy: Family = {
  family: 'decoy',
  covers: 'logins at addresses without an account: stable salts, a fresh B, a wrong proof (7.3)',
  requirements: [
    'SRP-15',
    'SRP-25',
    'LOGIN-02',
    'LOGIN-08',
    'ENUM-01',
    'ENUM-02',
    'ENUM-03',
    'ENUM-04',
    'ENUM-05',
  ],
  notes: {
    enumeration: {
      bugType: 'enumeration',
      description: 'An address without an account: the exchange is that of a wrong passphrase.',
      effect: 'Salts that are missing, change or have another form tell anybody who has an account.',
      links: [
        'https://www.rfc-editor.org/rfc/rfc9807',
        'https://www.rfc-editor.org/rfc/rfc5054#section-2.5.1.3',
      ],
    },
  },
  vectors: (profile) =>
    ADDRESSES.flatMap(([id, email]) =>
      ATTEMPTS.map(([name, comment]) => attempt(profile, `${id}.${name}`, comment, email)),
    ),
};
