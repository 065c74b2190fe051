/** One login with everything that follows from it: what both halves of it are measured with. */
import { createSteps, native, toHex, type ProfileName, type Steps } from '../../reference/index.ts';

const EMAIL = 'jane@example.com';

/** Every value of a login, named as in the specification. */
export type Login = ReturnType<typeof loginOf>;

export function loginOf(profile: ProfileName) {
  const steps = createSteps(profile);
  const { srp } = steps;
  const [s, a, b, SEC_PWD_Auth] = [fresh(), fresh(), fresh(), fresh()];
  const I = steps.I(EMAIL);
  const P = steps.P(SEC_PWD_Auth);
  const x = srp.x(s, I, P);
  const v = srp.SRP_Verifier(x);
  const [A, B] = [srp.A(a), srp.B(b, v)];
  const u = srp.u(A, B);
  const S = srp.S({ B, a, u, x });
  const K = srp.K(S);
  const M1 = srp.M1({ I, s, A, B, S, K });
  return { steps, email: EMAIL, SEC_PWD_Auth, s, I, P, x, v, a, b, A, B, u, M1, M2: srp.M2(A, M1, K) };
}

/** What a server computes from A, b and what it keeps; it compares M1 and gives M2. */
export function serverHalf(steps: Steps, { I, s, v, b, A, M1 }: Login): Uint8Array {
  const { srp } = steps;
  const B = srp.B(b, v);
  const u = srp.u(A, B);
  const S = srp.S_server({ A, b, u, v });
  const K = srp.K(S);
  const expected = srp.M1({ I, s, A, B, S, K });
  if (!steps.accept.M1(expected, M1))
    throw new Error(`the proof is ${toHex(M1)}, expected ${toHex(expected)}`);
  return srp.M2(A, M1, K);
}

const fresh = (): Uint8Array => native.random(32);
