/** The family `srp`: every value of a login on both sides, and what each side refuses of the other (chapter 5). */
import type { ProfileName } from '../../spec/index.ts';
import { loginInputs } from './accounts.ts';
import { ids, type Family } from './family.ts';
import { seededHex } from './random.ts';
import { srpNotes } from './srp-notes.ts';
import { received } from './srp-received.ts';
import { derived, type Inputs, type Vector } from './vector.ts';

/** The values of both sides. */
const OUTPUTS = [
  ...['srp.x', 'SRP_Verifier', 'srp.k', 'srp.A', 'srp.B', 'srp.u', 'srp.S', 'srp.S_server', 'srp.K'],
  ...['srp.M1', 'srp.M2', 'session.id'],
];

type Case = readonly [id: string, comment: string, flags: readonly string[], inputs: Inputs];

const bytes = (label: string, length: number): string => seededHex(`srp/${label}`, length);

const CASES: readonly Case[] = [
  ...['one', 'two', 'three', 'four'].map((id): Case => [`login.${id}`, 'random values', [], loginInputs(id)]),
  ['a.33', 'a of 33 bytes', ['ephemeral'], { ...loginInputs('a'), a: bytes('a.33', 33) }],
  ['a.64', 'a of 64 bytes', ['ephemeral'], { ...loginInputs('a'), a: bytes('a.64', 64) }],
  ['a.255', 'a of 255 bytes', ['ephemeral'], { ...loginInputs('a'), a: bytes('a.255', 255) }],
  ['a.256', 'a of 256 bytes, above N', ['ephemeral'], { ...loginInputs('a'), a: `ff${bytes('a.256', 255)}` }],
  ['b.33', 'b of 33 bytes', ['ephemeral'], { ...loginInputs('b'), b: bytes('b.33', 33) }],
  ['b.64', 'b of 64 bytes', ['ephemeral'], { ...loginInputs('b'), b: bytes('b.64', 64) }],
  ['b.256', 'b of 256 bytes, above N', ['ephemeral'], { ...loginInputs('b'), b: `ff${bytes('b.256', 255)}` }],
  [
    'both.256',
    'a and b of 256 bytes',
    ['ephemeral'],
    { ...loginInputs('both'), a: bytes('both/a', 256), b: bytes('both/b', 256) },
  ],
  ['a.all-ones', 'every bit of a is one', ['ephemeral'], { ...loginInputs('ones'), a: 'ff'.repeat(32) }],
  [
    'a.power-of-two',
    'a is 2^255: its bits are all zero but the first',
    ['ephemeral'],
    { ...loginInputs('power'), a: `80${'00'.repeat(31)}` },
  ],
  ['a.one', 'a is 1: A is g', ['ephemeral'], { ...loginInputs('a-one'), a: `${'00'.repeat(31)}01` }],
  ['b.one', 'b is 1', ['ephemeral'], { ...loginInputs('b-one'), b: `${'00'.repeat(31)}01` }],
  [
    'same',
    'a and b are the same',
    ['ephemeral'],
    { ...loginInputs('same'), a: bytes('same', 32), b: bytes('same', 32) },
  ],
  [
    'password.zero',
    'SEC_PWD_Auth of zero bytes',
    ['password'],
    { ...loginInputs('pz'), SEC_PWD_Auth: '00'.repeat(32) },
  ],
  [
    'password.letters',
    'SEC_PWD_Auth of which the hex text holds letters only',
    ['password'],
    { ...loginInputs('pl'), SEC_PWD_Auth: 'abcdef'.repeat(11).slice(0, 64) },
  ],
  [
    'salt.zero',
    'SLT_Auth_2 of zero bytes',
    ['password'],
    { ...loginInputs('sz'), SLT_Auth_2: '00'.repeat(32) },
  ],
  [
    'identity.upper-case',
    'the identity is the normalised email',
    ['identity'],
    loginInputs('one', 'Jane@Example.COM '),
  ],
  ['identity.colon', 'a colon in the email', ['identity'], loginInputs('colon', 'jane:doe@example.com')],
  ['identity.greek', 'an email in Greek', ['identity'], loginInputs('greek', 'Ζωή@example.com')],
  [
    'identity.astral',
    'an email with a character beyond the basic plane',
    ['identity'],
    loginInputs('astral', '🔑@example.com'),
  ],
];

export const srp: Family = {
  family: 'srp',
  covers: 'all values of SRP on both sides; A, B, verifier, M1 and M2 as received (5)',
  requirements: [
    ...ids('SRP', 1, 11),
    'SRP-13',
    ...ids('SRP', 15, 22),
    ...ids('SRP', 24, 29),
    'SRP-31',
    'SRP-34',
  ],
  notes: srpNotes,
  vectors: (profile: ProfileName): Vector[] => [
    ...CASES.map(([id, comment, flags, inputs]) => derived(profile, { id, comment, flags }, inputs, OUTPUTS)),
    ...received(profile),
  ],
};
