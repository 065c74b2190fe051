/** What a server takes of A, M1 and a verifier, a client of B and M2, and what they refuse (5.2, 5.3, 5.5). */
import protocol from '../../spec/protocol.json' with { type: 'json' };
import type { ProfileName } from '../../spec/index.ts';
import { loginInputs } from './accounts.ts';
import { MALFORMED, type Change } from './hex.ts';
import { seededHex } from './random.ts';
import {
  accepted,
  refused,
  valuesOf,
  type Inputs,
  type Refusal,
  type Step,
  type Values,
  type Vector,
} from './vector.ts';

const N = BigInt(`0x${protocol.constants.N.value}`);
const element = (value: bigint): string => value.toString(16).padStart(512, '0');

/** Values of the form of a group element that are none. */
const OUT_OF_RANGE: readonly (readonly [id: string, comment: string, flag: string, value: bigint])[] = [
  ['zero', 'zero', 'zero-modulo-N', 0n],
  ['N', 'N, which is zero modulo N', 'zero-modulo-N', N],
  ['N-plus-1', 'N + 1', 'not-below-N', N + 1n],
  ['N-plus-2', 'N + 2, which is g modulo N', 'not-below-N', N + 2n],
  ['largest', 'the largest number of 256 bytes', 'not-below-N', (1n << 2048n) - 1n],
];

/** Group elements at the edges of what is taken; a verifier is narrower. */
const EDGES: readonly (readonly [id: string, comment: string, value: bigint])[] = [
  ['one', 'one is in range', 1n],
  ['two', 'two', 2n],
  ['N-minus-2', 'N - 2', N - 2n],
  ['N-minus-1', 'N - 1 is in range', N - 1n],
];

export function received(profile: ProfileName): Vector[] {
  const values = valuesOf(profile, loginInputs('one'));
  return [
    ...publicEphemeral('A', values['srp.A'] ?? ''),
    ...publicEphemeral('B', values['srp.B'] ?? ''),
    ...verifier(values['SRP_Verifier'] ?? ''),
    ...proofs(profile, 'M1', values),
    ...proofs(profile, 'M2', values),
  ];
}

/** Requirements: zero modulo N, N or more, not hex of 256 bytes. */
const EPHEMERAL = { A: ['SRP-16', 'SRP-17', 'SRP-18'], B: ['SRP-19', 'SRP-20', 'SRP-21'] } as const;

function publicEphemeral(name: 'A' | 'B', right: string): Vector[] {
  const step: Step = `accept-${name}`;
  const [zero, large, form] = EPHEMERAL[name];
  const server = (error: string) => (name === 'A' ? { error } : {});
  const taken = (id: string, comment: string, hex: string) =>
    accepted(step, { id: `${name}.${id}`, comment }, { [`srp${name}`]: hex }, { [`srp.${name}`]: hex });
  const not = (id: string, comment: string, flag: string, hex: string, refusal: Refusal) =>
    refused(step, { id: `${name}.${id}`, comment, flags: [flag] }, refusal, { [`srp${name}`]: hex });
  return [
    taken('right', 'as it must be', right),
    ...EDGES.map(([id, comment, value]) => taken(id, comment, element(value))),
    ...OUT_OF_RANGE.map(([id, comment, flag, value]) =>
      not(id, comment, flag, element(value), {
        stage: 'auth',
        requirement: flag === 'zero-modulo-N' ? zero : large,
        ...server('group-element'),
      }),
    ),
    ...[
      ...MALFORMED,
      ['2N', '2N, which takes 257 bytes', () => `0${(2n * N).toString(16)}`] as Change,
      ['zero-short', 'zero as one byte', () => '00'] as Change,
    ].map(([id, comment, change]) =>
      not(id, comment, 'malformed-hex', change(right), {
        stage: 'encoding',
        requirement: form,
        ...server('malformed'),
      }),
    ),
  ];
}

function verifier(right: string): Vector[] {
  const not = (id: string, comment: string, flag: string, hex: string, refusal: Refusal) =>
    refused('accept-verifier', { id: `verifier.${id}`, comment, flags: [flag] }, refusal, { verifier: hex });
  const range = { stage: 'auth', requirement: 'SRP-11', error: 'group-element' } as const;
  const form = { stage: 'encoding', requirement: 'ENC-02', error: 'malformed' } as const;
  const values = [
    ...OUT_OF_RANGE,
    ['one', 'one', '', 1n] as const,
    ['N-minus-1', 'N - 1', '', N - 1n] as const,
  ];
  return [
    accepted(
      'accept-verifier',
      { id: 'verifier.right', comment: 'as it must be' },
      { verifier: right },
      { SRP_Verifier: right },
    ),
    ...EDGES.filter(([, , value]) => value > 1n && value < N - 1n).map(([id, comment, value]) => {
      const hex = element(value);
      return accepted(
        'accept-verifier',
        { id: `verifier.${id}`, comment },
        { verifier: hex },
        { SRP_Verifier: hex },
      );
    }),
    ...values.map(([id, comment, , value]) => not(id, comment, 'trivial-verifier', element(value), range)),
    ...MALFORMED.map(([id, comment, change]) => not(id, comment, 'malformed-hex', change(right), form)),
  ];
}

const flip = (hex: string, at: number, bit: number): string => {
  const bytes = Buffer.from(hex, 'hex');
  bytes[at] = (bytes[at] ?? 0) ^ bit;
  return bytes.toString('hex');
};

/** A proof that is wrong, though of its form. */
function wrongProofs(profile: ProfileName, name: 'M1' | 'M2', values: Values): readonly Change[] {
  const other = valuesOf(profile, loginInputs('two'));
  const sameKeys = valuesOf(profile, { ...loginInputs('one'), a: loginInputs('two')['a'] });
  const value = (from: Values, of: string) => () => from[of] ?? '';
  return [
    ...[0, 1, 15, 16, 31].map((at): Change => [
      `bit-${at}`,
      `one bit of byte ${at} changed`,
      (hex) => flip(hex, at, 0x01),
    ]),
    ['high-bit', 'the first bit changed', (hex) => flip(hex, 0, 0x80)],
    ['zero', '32 zero bytes', () => '00'.repeat(32)],
    ['reversed', 'the bytes in reverse order', (hex) => Buffer.from(hex, 'hex').reverse().toString('hex')],
    ['other-login', 'that of another account', value(other, `srp.${name}`)],
    ['other-ephemeral', 'that of another login of the same account', value(sameKeys, `srp.${name}`)],
    ['K', 'K in its place', value(values, 'srp.K')],
    [
      'other-proof',
      name === 'M1' ? 'M2 in its place' : 'M1 in its place',
      value(values, name === 'M1' ? 'srp.M2' : 'srp.M1'),
    ],
    ['random', 'a random value', () => seededHex(`srp/${name}/random`, 32)],
  ];
}

function proofs(profile: ProfileName, name: 'M1' | 'M2', values: Values): Vector[] {
  const right = values[`srp.${name}`] ?? '';
  const held: Inputs = Object.fromEntries(HELD[name].map((of) => [of, values[of]]));
  const inputs = (hex: string): Inputs => ({ ...held, [`srp${name}`]: hex });
  const server = (error: string) => (name === 'M1' ? { error } : {});
  const not = ([id, comment, change]: Change, flag: string, refusal: Refusal) =>
    refused(
      `accept-${name}`,
      { id: `${name}.${id}`, comment, flags: [flag] },
      refusal,
      inputs(change(right)),
      {
        [`srp.${name}`]: right,
      },
    );
  const [wrong, form] = name === 'M1' ? ['LOGIN-08', 'ENC-02'] : ['SRP-31', 'SRP-31'];
  return [
    accepted(`accept-${name}`, { id: `${name}.right`, comment: 'as it must be' }, inputs(right), {
      [`srp.${name}`]: right,
    }),
    ...wrongProofs(profile, name, values).map((change) =>
      not(change, 'wrong-proof', { stage: 'auth', requirement: wrong, ...server('wrong-proof') }),
    ),
    ...[...MALFORMED, ['half', 'the first half', (hex: string) => hex.slice(0, 32)] as Change].map((change) =>
      not(change, 'malformed-hex', { stage: 'encoding', requirement: form, ...server('malformed') }),
    ),
  ];
}

/** What each side computes its own proof from. */
const HELD = {
  M1: ['srp.I', 'SLT_Auth_2', 'srp.A', 'srp.B', 'srp.S'],
  M2: ['srp.A', 'srp.M1', 'srp.K'],
};
