/** What opens an account of the suite without a passphrase: x is drawn, not stretched, and a server sees the verifier alone (5.2, 7.3). */
import { randomBytes } from 'node:crypto';
import { fromHex, toHex, type SignupRequest } from '../../../reference/index.ts';
import { Blocked } from '../../check.ts';
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import { statusAndBody, type ServerBench } from './bench.ts';

export interface Credential {
  readonly saltKey: string;
  readonly saltAuth: string;
  readonly saltEnc: string;
  /** x, 64 hex digits. */
  readonly x: string;
  readonly verifier: string;
  readonly encSymmetricKey: string;
}

export const hexOf = (length: number): string => toHex(Uint8Array.from(randomBytes(length)));

/** A new one: a login takes no time that a server would not take itself. */
export function credentialOf({ steps, made }: Pick<ServerBench, 'steps' | 'made'>): Credential {
  const x = hexOf(32);
  const verifier = toHex(steps.srp.SRP_Verifier(fromHex(x, 'x')));
  made.opens(verifier, () => x);
  return {
    saltKey: hexOf(32),
    saltAuth: hexOf(32),
    saltEnc: hexOf(32),
    x,
    verifier,
    encSymmetricKey: steps.wrap.sealKey(steps.primitives.random(32), steps.primitives.random(32)),
  };
}

/** The body of a signup with a new id, like another in everything else. */
export function accountWith(
  pattern: SignupRequest,
  { x: _x, ...shown }: Credential,
  email: string,
  firstName: string,
): SignupRequest {
  return { ...pattern, ...shown, id: `act_${hexOf(32)}`, email, firstName };
}

/** What an account can change to from another credential: where the profile keeps the salts, with those. */
export const successor = (
  { profile }: Pick<ServerBench, 'profile'>,
  { saltKey, saltAuth, saltEnc }: Credential,
  drawn: Credential,
): Credential => (profile === 'deployed' ? { ...drawn, saltKey, saltAuth, saltEnc } : drawn);

/** The body of a change (7.6) from one credential to another. */
export const changeTo = (
  { profile }: Pick<ServerBench, 'profile'>,
  newEmail: string,
  from: Credential,
  to: Credential,
) => ({
  verifier: from.verifier,
  newEmail,
  encSymmetricKey: from.encSymmetricKey,
  newVerifier: to.verifier,
  newEncSymmetricKey: to.encSymmetricKey,
  ...(profile === 'documented' && {
    ...{ newSaltKey: to.saltKey, newSaltAuth: to.saltAuth, newSaltEnc: to.saltEnc },
  }),
});

/** A login up to the proof. */
export interface ReadyLogin {
  /** As `login-s` gave it. */
  readonly saltKey: string;
  /** K, as 64 hex digits. */
  readonly session: string;
  /** What `login-m1` takes. */
  readonly proof: { readonly sessionStarterId: string; readonly srpM1: string };
  /** B, as 512 hex digits. */
  readonly srpB: string;
}

/** login-s and login-a. @throws Blocked where the answers cannot be used */
export async function readyLogin(
  { send, steps: { srp, I } }: Pick<ServerBench, 'send' | 'steps'>,
  email: string,
  { x }: Pick<Credential, 'x'>,
): Promise<ReadyLogin> {
  const salts = await send('POST', '/auth/login-s', { body: { email } });
  const a = Uint8Array.from(randomBytes(32));
  const A = srp.A(a);
  const opened = await send('POST', '/auth/login-a', { body: { email, srpA: toHex(A) } });
  const s = bytesIn(salts, 'saltAuth', 32);
  const B = bytesIn(opened, 'srpB', 256);
  const S = srp.S({ B, a, u: srp.u(A, B), x: fromHex(x, 'x') });
  const K = srp.K(S);
  const sessionStarterId = textOf(jsonOf(opened.responseBody), 'sessionStarterId');
  return {
    saltKey: textOf(jsonOf(salts.responseBody), 'saltKey'),
    session: toHex(K),
    proof: { sessionStarterId, srpM1: toHex(srp.M1({ I: I(email), s, A, B, S, K })) },
    srpB: toHex(B),
  };
}

function bytesIn(answer: Exchange, member: string, length: number): Uint8Array {
  try {
    return fromHex(textOf(jsonOf(answer.responseBody), member), member, length);
  } catch {
    throw new Blocked(`${answer.target} gave no ${member} of ${length} bytes: ${statusAndBody(answer)}`);
  }
}
