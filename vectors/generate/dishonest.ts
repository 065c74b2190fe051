/** Answers to a login that a client must refuse (7.3, 7.4). */
import protocol from '../../spec/protocol.json' with { type: 'json' };
import type { ProfileName } from '../../spec/index.ts';
import { answered, drawn, error, loginCalls, members } from './calls.ts';
import { keyPair } from './keys.ts';
import { inputsOf } from './logged-in.ts';
import { BOB_ACCOUNT, JANE_ACCOUNT } from './people.ts';
import { seededHex } from './random.ts';
import { seal } from './seal.ts';
import { refused, textHex, valuesOf, type Call, type Refusal, type Vector } from './vector.ts';

const flip = (hex: string): string => hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0');

export function dishonest(profile: ProfileName): Vector[] {
  const label = 'transcript/dishonest';
  const { values, calls } = loginCalls(profile, JANE_ACCOUNT, label);
  const [salts, ephemeral, proof, whoami] = calls;
  const inputs = inputsOf(JANE_ACCOUNT, label);
  const not = (id: string, comment: string, flag: string, refusal: Refusal, ...exchange: Call[]) =>
    refused('log-in', { id, comment, flags: [flag] }, refusal, inputs, {}, exchange);
  const changed = (of: Call, changes: Readonly<Record<string, unknown>>): Call =>
    answered(of, 200, JSON.parse(JSON.stringify({ ...(of.response as object), ...changes })));
  const element = (value: bigint) => value.toString(16).padStart(512, '0');
  const N = BigInt(`0x${protocol.constants.N.value}`);
  const ephemeralOf = (id: string, comment: string, requirement: string, srpB: string) =>
    not(
      `B.${id}`,
      comment,
      'group-element',
      { stage: 'auth', requirement },
      salts,
      changed(ephemeral, { srpB }),
    );
  const proofOf = (id: string, comment: string, srpM2: string) =>
    not(
      `M2.${id}`,
      comment,
      'server-proof',
      { stage: 'auth', requirement: 'SRP-31' },
      salts,
      ephemeral,
      changed(proof, { srpM2 }),
    );
  const account = (
    id: string,
    comment: string,
    flag: string,
    refusal: Refusal,
    changes: Readonly<Record<string, unknown>>,
  ) => not(`whoami.${id}`, comment, flag, refusal, salts, ephemeral, proof, changed(whoami, changes));
  const bob = members(profile, BOB_ACCOUNT.inputs);
  const weak = JSON.stringify({ ...keyPair('exponent-3').publicKey, e: 'Aw' });
  const lost = seal(profile, 'encSymmetricKey', {
    key: values['SEC_PWD_Enc'] ?? '',
    iv: seededHex(label, 12),
    plaintext: textHex('[object Object]'),
  });
  const otherKey = seal(profile, 'encSymmetricKey', {
    key: seededHex(`${label}/key`, 32),
    iv: seededHex(label, 12),
    plaintext: values['encSymmetricKey.plaintext'] ?? '',
  });
  const opens = { stage: 'decrypt', requirement: 'AES-09' } as const;
  const pair = { stage: 'decrypt', requirement: 'WRAP-10' } as const;
  return [
    ephemeralOf('zero', 'B is zero', 'SRP-19', element(0n)),
    ephemeralOf('N', 'B is N', 'SRP-19', element(N)),
    ephemeralOf('N-plus-1', 'B is N + 1', 'SRP-20', element(N + 1n)),
    proofOf('bit', 'M2 with one bit changed', flip(values['srp.M2'] ?? '')),
    proofOf('M1', 'M1 sent back', values['srp.M1'] ?? ''),
    proofOf('zero', 'M2 of zero bytes', '00'.repeat(32)),
    not(
      'salts.missing',
      'the answer to login-s lacks saltAuth',
      'malformed-answer',
      { stage: 'schema', requirement: 'HTTP-09' },
      changed(salts, { saltAuth: undefined }),
    ),
    not(
      'starter.missing',
      'the answer to login-a lacks the starter',
      'malformed-answer',
      { stage: 'schema', requirement: 'HTTP-09' },
      salts,
      changed(ephemeral, { sessionStarterId: undefined }),
    ),
    not(
      'M2.missing',
      'the answer to login-m1 lacks srpM2',
      'malformed-answer',
      { stage: 'schema', requirement: 'HTTP-09' },
      salts,
      ephemeral,
      changed(proof, { srpM2: undefined }),
    ),
    account(
      'salt.missing',
      'the answer to whoami lacks saltEnc',
      'malformed-answer',
      { stage: 'schema', requirement: 'HTTP-09' },
      { saltEnc: undefined },
    ),
    account(
      'email',
      'the account of another address',
      'other-account',
      { stage: 'state', requirement: 'WHOAMI-03' },
      { email: bob['email'] },
    ),
    account('salt', 'another saltEnc', 'unlock', opens, { saltEnc: seededHex(`${label}/salt`, 32) }),
    account('other-key', 'SYM_Account under another key', 'unlock', opens, {
      encSymmetricKey: JSON.stringify(otherKey),
    }),
    account(
      'lost',
      'an object turned to text in place of SYM_Account',
      'unlock',
      { stage: 'decrypt', requirement: 'WRAP-05' },
      { encSymmetricKey: JSON.stringify(lost) },
    ),
    account('other-private', 'the private key of another account', 'unlock', opens, {
      encPrivateKey: bob['encPrivateKey'],
    }),
    account('other-public', 'the public key of another account', 'substituted-key', pair, {
      publicKey: bob['publicKey'],
    }),
    account(
      'weak-public',
      'a public key with the exponent 3',
      'substituted-key',
      { stage: 'schema', requirement: 'JWK-06' },
      { publicKey: weak },
    ),
    ...statuses(profile, label, not, calls),
  ];
}

/** Answers that are no success. */
function statuses(
  profile: ProfileName,
  label: string,
  not: (id: string, comment: string, flag: string, refusal: Refusal, ...exchange: Call[]) => Vector,
  [salts, ephemeral, proof, whoami]: readonly [Call, Call, Call, Call],
): Vector[] {
  const wrong = error('wrong-proof', 'the email or the passphrase is wrong, or the login took too long');
  const auth = { stage: 'auth', requirement: 'HTTP-13' } as const;
  const unconfirmed = answered(proof, 403, error('not-confirmed', 'the address is not confirmed'));
  return [
    ...[wrongPassphrase(profile, label, auth, wrong)],
    not(
      'status.wrong-proof',
      'a right M1 refused: another account, or none',
      'refused',
      auth,
      salts,
      ephemeral,
      answered(proof, 401, wrong),
    ),
    not(
      'status.no-session',
      'the session is dead',
      'refused',
      auth,
      salts,
      ephemeral,
      proof,
      answered(whoami, 401, error('no-session', 'no such session')),
    ),
    not(
      'status.not-found',
      'there is no such call',
      'refused',
      { stage: 'state', requirement: 'HTTP-13' },
      answered(salts, 404, error('not-found', 'no such path')),
    ),
    ...(profile === 'documented'
      ? [
          not(
            'status.not-confirmed',
            'the address is not confirmed',
            'refused',
            { stage: 'state', requirement: 'HTTP-13' },
            salts,
            ephemeral,
            unconfirmed,
          ),
        ]
      : []),
  ];
}

/** The user typed another passphrase: the server compares M1 and refuses it. */
function wrongPassphrase(profile: ProfileName, label: string, refusal: Refusal, answer: unknown): Vector {
  const { values, calls } = loginCalls(profile, JANE_ACCOUNT, label);
  const [salts, ephemeral, proof] = calls;
  const passphrase = 'correct horse battery stable';
  const { a, starter } = drawn(label);
  const typed = { ...JANE_ACCOUNT.inputs, passphrase, a, 'srp.B': values['srp.B'] };
  const srpM1 = valuesOf(profile, typed)['srp.M1'];
  const sent = { ...proof, request: { sessionStarterId: starter, srpM1 } };
  const heading = { id: 'status.wrong-passphrase', comment: 'another passphrase', flags: ['refused'] };
  return refused('log-in', heading, refusal, { email: JANE_ACCOUNT.inputs['email'], passphrase, a }, {}, [
    salts,
    ephemeral,
    answered(sent, 401, answer),
  ]);
}
