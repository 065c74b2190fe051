/**
 * SRP-6a over the 2048-bit group of RFC 5054 with SHA-256 (chapter 5), one function for each value, named by
 * its symbol. Integers enter and leave as bytes: hash outputs have 32, group elements 256, all with their
 * leading zero bytes.
 */
import { concat, fromHex, pad, toInteger, utf8 } from './bytes.ts';
import { g, GROUP_BYTES, N } from './constants.ts';
import { ProtocolError } from './errors.ts';
import type { Primitives } from './primitives/primitives.ts';
import type { Profile, ProofInput } from './profile.ts';

/** The values of an SRP login. */
export interface Srp {
  /** Multiplier. */
  k(): Uint8Array;
  /** Private key from the salt s (32 bytes), the identity I and the SRP password P. */
  x(s: Uint8Array, I: Uint8Array, P: Uint8Array): Uint8Array;
  /** Verifier v. */
  SRP_Verifier(x: Uint8Array): Uint8Array;
  /** The client's public ephemeral. */
  A(a: Uint8Array): Uint8Array;
  /** The server's public ephemeral. */
  B(b: Uint8Array, v: Uint8Array): Uint8Array;
  /** Scrambling parameter. */
  u(A: Uint8Array, B: Uint8Array): Uint8Array;
  /** Premaster secret on the client. */
  S(input: { B: Uint8Array; a: Uint8Array; u: Uint8Array; x: Uint8Array }): Uint8Array;
  /** Premaster secret on the server. */
  S_server(input: { A: Uint8Array; b: Uint8Array; u: Uint8Array; v: Uint8Array }): Uint8Array;
  /** Session key. */
  K(S: Uint8Array): Uint8Array;
  /** The client's proof. */
  M1(input: ProofInput): Uint8Array;
  /** The server's proof. */
  M2(A: Uint8Array, M1: Uint8Array, K: Uint8Array): Uint8Array;
}

/** SRP in a profile. */
export function createSrp(profile: Profile, primitives: Primitives): Srp {
  const H = primitives.sha256;
  const power = (base: bigint, exponent: bigint) => primitives.modExp(base, exponent, N);
  const element = (value: bigint) => pad(value, GROUP_BYTES);
  const k = profile.multiplier(H);
  const multiplier = toInteger(k);
  const colon = utf8(':');
  return {
    k: () => k,
    // x = H(s | H(I | ":" | P))
    x: (s, I, P) => H(concat(s, H(concat(I, colon, P)))),
    // v = g^x
    SRP_Verifier: (x) => element(power(g, toInteger(x))),
    // A = g^a
    A: (a) => element(power(g, toInteger(a))),
    // B = k v + g^b
    B: (b, v) => element((multiplier * toInteger(v) + power(g, toInteger(b))) % N),
    // u = H(A | B), and no login goes on with u = 0
    u(A, B) {
      const u = H(concat(A, B));
      if (toInteger(u) === 0n) throw new ProtocolError('auth/group-element', 'u is 0');
      return u;
    },
    // S = (B - k g^x)^(a + u x)
    S({ B, a, u, x }) {
      const base = (toInteger(B) - multiplier * power(g, toInteger(x))) % N;
      return element(power(base < 0n ? base + N : base, toInteger(a) + toInteger(u) * toInteger(x)));
    },
    // S = (A v^u)^b
    S_server: ({ A, b, u, v }) =>
      element(power((toInteger(A) * power(toInteger(v), toInteger(u))) % N, toInteger(b))),
    // K = H(S)
    K: (S) => H(S),
    M1: profile.clientProof(H),
    // M2 = H(A | M1 | K)
    M2: (A, M1, K) => H(concat(A, M1, K)),
  };
}

/**
 * Reads a group element, above all the other side's public ephemeral: 512 hex digits, from 1 to N - 1 (5.3).
 *
 * @throws ProtocolError `encoding/hex`, `encoding/length`, `auth/group-element`
 */
export function readGroupElement(hex: string, name: 'A' | 'B' | 'SRP_Verifier'): Uint8Array {
  const element = fromHex(hex, name, GROUP_BYTES);
  const value = toInteger(element);
  if (value % N === 0n) throw new ProtocolError('auth/group-element', `${name} is 0 modulo N`);
  if (value > N) throw new ProtocolError('auth/group-element', `${name} is not below N`);
  return element;
}
