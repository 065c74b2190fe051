/** What values must be: the specification's own evaluator, with the results of PBKDF2 kept for a whole run. */
import type { ProfileName } from '../reference/index.ts';
import { evaluate, type Given } from '../spec/evaluate.ts';
import { loadGraph } from '../spec/graph.ts';

/** What is known of an account: raw inputs, salts as hex. */
export interface KnownAccount {
  readonly email: string;
  readonly passphrase: string;
  readonly saltKey: string;
  readonly saltAuth: string;
  readonly saltEnc?: string;
}

/** The values that follow, by symbol; bytes. */
export type Expected = (symbol: string) => Uint8Array;

export interface Oracle {
  readonly profile: ProfileName;
  /** The derived values of an account. */
  account(known: KnownAccount): Expected;
  /** The values of a login, seen from the server: A as it came, B as it was sent, and b. */
  loginAtServer(known: KnownAccount, seen: { A: Uint8Array; B: Uint8Array; b: Uint8Array }): Expected;
  /** The values of a login, seen from the client: a, and B as it came. */
  loginAtClient(known: KnownAccount, seen: { a: Uint8Array; B?: Uint8Array }): Expected;
}

export function createOracle(profile: ProfileName): Oracle {
  const graph = loadGraph(profile);
  const cache = new Map<string, Uint8Array>();
  const expect = (given: Given): Expected => {
    const { values } = evaluate(graph, given, cache);
    return (symbol) => {
      const value = values.get(symbol);
      if (value instanceof Uint8Array) return value;
      if (typeof value === 'string') return new TextEncoder().encode(value);
      throw new Error(`${symbol} does not follow from what was given`);
    };
  };
  return {
    profile,
    account: (known) => expect(inputs(known)),
    loginAtServer(known, { A, B, b }) {
      const given = { ...inputs(known), 'srp.A': A, 'srp.B': B, b };
      return expect({ ...given, 'srp.S': expect(given)('srp.S_server') });
    },
    loginAtClient: (known, { a, B }) =>
      expect({ ...inputs(known), a, ...(B !== undefined && { 'srp.B': B }) }),
  };
}

function inputs({ email, passphrase, saltKey, saltAuth, saltEnc }: KnownAccount): Given {
  const salts = { SLT_Auth_1: bytes(saltKey), SLT_Auth_2: bytes(saltAuth) };
  return { email, passphrase, ...salts, ...(saltEnc !== undefined && { SLT_Enc: bytes(saltEnc) }) };
}

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
