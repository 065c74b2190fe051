/** Logins in which values begin with a zero byte, found by counting: the same every time. */
import { sha256 } from '@noble/hashes/sha2.js';
import { evaluate, loadGraph, type ProfileName } from '../../spec/index.ts';
import type { Login } from './engines.ts';

/** Inputs of a login and values on the way whose leading zero bytes count; H(I) occurs in `documented` alone. */
const VALUES = [
  ...['SLT_Auth_2', 'SEC_PWD_Auth', 'srp.H_I', 'srp.inner', 'srp.x', 'SRP_Verifier'],
  ...['srp.A', 'srp.B', 'srp.u', 'srp.S', 'srp.K', 'srp.M1', 'srp.M2'],
];

/** A login for each number, the same every time. */
export function countedLogin(i: number): Login {
  const hashed = (name: string) => sha256(new TextEncoder().encode(`${name} ${i}`));
  const [SLT_Auth_2, SEC_PWD_Auth, a, b] = [hashed('s'), hashed('P'), hashed('a'), hashed('b')];
  return { email: `jane${i}@example.com`, SLT_Auth_2, SEC_PWD_Auth, a, b };
}

/** Where a short row of logins begins that has them all; any other start is as good and takes longer. */
const START: Readonly<Record<ProfileName, number>> = { documented: 1036, deployed: 13232 };

/** Logins in which values begin with a zero byte, until every value of fixed length has had its turn. */
export function* loginsWithZeros(profile: ProfileName): Generator<[names: string[], login: Login]> {
  const graph = loadGraph(profile);
  const missing = new Set(VALUES.filter((name) => graph.nodes.has(name)));
  for (let i = START[profile]; missing.size > 0; i++) {
    const { values } = evaluate(graph, { ...countedLogin(i) });
    const names = [...missing].filter((name) => (values.get(name) as Uint8Array)[0] === 0);
    for (const name of names) missing.delete(name);
    if (names.length > 0) yield [names, countedLogin(i)];
  }
}
