/** The HTTP messages that carry the values of the vectors (chapters 7 and 8). */
import type { ProfileName } from '../../spec/index.ts';
import { accountId, accountInputs } from './accounts.ts';
import { seededHex } from './random.ts';
import type { KeyPair } from './rsa.ts';
import { valuesOf, type Call, type Inputs, type Values } from './vector.ts';

/** An account of the vectors: what its user typed, and everything that was drawn for it. */
export interface Account {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly inputs: Inputs;
}

export function account(
  label: string,
  typed: { email: string; passphrase: string },
  pair: KeyPair,
  names: { firstName: string; lastName: string },
): Account {
  return { id: accountId(label), ...names, inputs: accountInputs(label, typed, pair) };
}

/** Values as they stand in messages: text as text, bytes as hex. */
export function members(profile: ProfileName, inputs: Inputs): Record<string, string> {
  const values = valuesOf(profile, inputs);
  const text = (name: string) => Buffer.from(values[name] ?? '', 'hex').toString('utf8');
  return {
    email: text('normalized.email'),
    saltKey: values['SLT_Auth_1'] ?? '',
    saltAuth: values['SLT_Auth_2'] ?? '',
    saltEnc: values['SLT_Enc'] ?? '',
    verifier: values['SRP_Verifier'] ?? '',
    publicKey: text('PUB_Account'),
    encPrivateKey: text('encPrivateKey'),
    encSymmetricKey: text('encSymmetricKey'),
  };
}

const ok = (
  method: Call['method'],
  path: string,
  request: unknown,
  response: unknown,
  session?: string,
): Call => ({
  ...{ method, path, ...(session !== undefined && { session }) },
  ...(request !== undefined && { request }),
  ...{ status: 200, response },
});

/** A call without a session. */
export const post = (path: string, request: unknown, response: unknown): Call =>
  ok('POST', path, request, response);

/** A call with a session. */
export const call = (
  session: string,
  method: Call['method'],
  path: string,
  request: unknown,
  response: unknown,
): Call => ok(method, path, request, response, session);

/** An answer in place of the one that stands there. */
export const answered = (of: Call, status: number, response: unknown): Call => ({ ...of, status, response });

export const error = (code: string, message: string) => ({ error: code, message });

export function signupCall(profile: ProfileName, { id, firstName, lastName, inputs }: Account): Call {
  const { email = '', ...rest } = members(profile, inputs);
  return post(
    '/auth/signup',
    { id, email, firstName, lastName, ...rest },
    { id, email, firstName, lastName },
  );
}

/** `GET /auth/whoami` of the account whose session it is. */
export function whoamiCall(
  profile: ProfileName,
  { id, firstName, lastName, inputs }: Account,
  session: string,
): Call {
  const { email, publicKey, encPrivateKey, encSymmetricKey, saltEnc } = members(profile, inputs);
  return call(session, 'GET', '/auth/whoami', undefined, {
    ...{ accountId: id, email, firstName, lastName, publicKey, encPrivateKey, encSymmetricKey, saltEnc },
    ...{ isVerified: true, created: '2025-01-01T00:00:00.000Z' },
  });
}

/** What a login draws: the ephemerals of both sides, and the name of the starter. */
export const drawn = (label: string) => ({
  a: seededHex(`${label}/a`, 32),
  b: seededHex(`${label}/b`, 32),
  starter: seededHex(`${label}/starter`, 16),
});

/** The four calls of a login, and every value of it. */
export function loginCalls(
  profile: ProfileName,
  of: Account,
  label: string,
): { values: Values; calls: readonly [Call, Call, Call, Call] } {
  const { a, b, starter } = drawn(label);
  const values = valuesOf(profile, { ...of.inputs, a, b });
  const { email, saltKey, saltAuth } = members(profile, of.inputs);
  const value = (name: string) => values[name] ?? '';
  return {
    values,
    calls: [
      post('/auth/login-s', { email }, { saltKey, saltAuth }),
      post(
        '/auth/login-a',
        { email, srpA: value('srp.A') },
        { sessionStarterId: starter, srpB: value('srp.B') },
      ),
      post(
        '/auth/login-m1',
        { sessionStarterId: starter, srpM1: value('srp.M1') },
        { srpM2: value('srp.M2') },
      ),
      whoamiCall(profile, of, value('session.id')),
    ],
  };
}
