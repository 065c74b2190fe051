/**
 * The three implementations side by side: the specification's evaluator, and the steps of the reference over either
 * provider. Each answers with a record of values under the names of the derivation graph.
 */
import { evaluate, loadGraph, type Given, type ProfileName, type Value } from '../../spec/index.ts';
import { native } from '../primitives/native.ts';
import { portable } from '../primitives/portable.ts';
import { createSteps } from '../node.ts';
import type { Steps } from '../steps.ts';
import { same } from './property.ts';

export const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];

/** Values by the names of their nodes. */
export type Values = Readonly<Record<string, Value | undefined>>;

/** The steps of the reference in a profile, over both providers. */
export const providers = (profile: ProfileName): readonly Steps[] => [
  createSteps(profile, native),
  createSteps(profile, portable),
];

/** What the evaluator finds for the given values, restricted to the nodes that are asked for. */
export function evaluated(profile: ProfileName, given: Given, names: readonly string[]): Values {
  const { values } = evaluate(loadGraph(profile), given);
  return Object.fromEntries(names.map((name) => [name, values.get(name)]));
}

/** The evaluator's values against those of each provider, under the evaluator's names. */
export function agree(profile: ProfileName, given: Given, found: readonly Values[]): Values {
  const expected = evaluated(profile, given, Object.keys(found[0] ?? {}));
  for (const [i, values] of found.entries()) same(values, expected, i === 0 ? 'native' : 'portable');
  return expected;
}

/** The derived values that a chapter of the specification defines. */
export const derivedIn = (profile: ProfileName, chapter: number): string[] =>
  [...loadGraph(profile).nodes.values()]
    .filter(({ value, section }) => value !== undefined && section.startsWith(`${chapter}.`))
    .map(({ name }) => name)
    .sort();

/** An address as typed, and the salts that are bound to it. */
export interface Salts {
  readonly email: string;
  readonly SLT_Auth_1: Uint8Array;
  readonly SLT_Enc: Uint8Array;
}

/** Every value of chapter 4 that does not depend on the passphrase. */
export function saltValues(steps: Steps, { email, SLT_Auth_1, SLT_Enc }: Salts) {
  const address = steps.email(email);
  return {
    'normalized.email': address,
    SLT_TMP_1: steps.SLT_TMP(SLT_Auth_1, address),
    SLT_TMP_2: steps.SLT_TMP(SLT_Enc, address),
  };
}

/** Every value of chapter 4. */
export async function passwordValues(steps: Steps, typed: Salts & { readonly passphrase: string }) {
  const salts = saltValues(steps, typed);
  const passphrase = steps.passphrase(typed.passphrase);
  const [SEC_PWD_Auth, SEC_PWD_Enc] = await Promise.all([
    steps.SEC_PWD(passphrase, salts.SLT_TMP_1),
    steps.SEC_PWD(passphrase, salts.SLT_TMP_2),
  ]);
  return { ...salts, 'normalized.passphrase': passphrase, SEC_PWD_Auth, SEC_PWD_Enc };
}

/** What a login starts from, with the password key at hand. */
export interface Login {
  readonly email: string;
  readonly SLT_Auth_2: Uint8Array;
  readonly SEC_PWD_Auth: Uint8Array;
  readonly a: Uint8Array;
  readonly b: Uint8Array;
}

/** Every value of a login, in the order of chapter 5. */
export function loginValues({ srp, ...steps }: Steps, login: Login): Record<string, Uint8Array> {
  const { SLT_Auth_2: s, a, b } = login;
  const I = steps.I(steps.email(login.email));
  const P = steps.P(login.SEC_PWD_Auth);
  const x = srp.x(s, I, P);
  const v = srp.SRP_Verifier(x);
  const A = srp.A(a);
  const B = srp.B(b, v);
  const u = srp.u(A, B);
  const S = srp.S({ B, a, u, x });
  const K = srp.K(S);
  const M1 = srp.M1({ I, s, A, B, S, K });
  return {
    'srp.I': I,
    'srp.P': P,
    'srp.k': srp.k(),
    'srp.x': x,
    SRP_Verifier: v,
    'srp.A': A,
    'srp.B': B,
    'srp.u': u,
    'srp.S': S,
    'srp.S_server': srp.S_server({ A, b, u, v }),
    'srp.K': K,
    'srp.M1': M1,
    'srp.M2': srp.M2(A, M1, K),
    'session.id': K,
  };
}
