/**
 * Inputs that tell mistakes apart: an email and a passphrase on which every step of normalisation shows, a document
 * in which every encoding does, and rare values, such as hashes that begin with a zero byte, found by trying.
 */
import { readGiven } from './encode.ts';
import type { Given, Pbkdf2Cache, Value } from './evaluate.ts';
import { loadGraph, type ProfileName } from './graph.ts';
import { createDerivation } from './diagnose/derivation.ts';
import { upstream } from './operators.ts';

/** Inputs in the form of `readGiven`. */
export type Inputs = Readonly<Record<string, unknown>>;
/** That many bytes; the same ones for the same label, if a test or vector is to be repeated. */
export type Random = (label: string, length: number) => Uint8Array;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/**
 * Inputs for every value of the graph.
 *
 * @param keys - an RSA key pair as JWKs
 */
export function tellingInputs(
  random: Random,
  keys: { readonly publicKey: unknown; readonly privateKey: unknown },
): Inputs {
  const text = (name: string): string => hex(random(name, 4));
  const bytes = (length: number, names: readonly string[]): Inputs =>
    Object.fromEntries(names.map((name) => [name, hex(random(name, length))]));
  return {
    // At the ends, what one idea of white space removes and another keeps; within, what normal forms and mappings change.
    email: `\t\ufeffJANE Ａ.ΟΔΥΣΣΕΥΣ+İe\u0301\u00c9.straße-😀${text('email')}@Example.COM\ufeff\u001f\u0085\u00a0`,
    // No longer than the 64 bytes that HMAC takes as they are.
    passphrase: `\ufeff\u00a0\u00a8Pa\u0308ﬁ \u00e9각Å²😀${text('passphrase')}\u0001 `,
    ...bytes(32, [
      'SLT_Auth_1',
      'SLT_Auth_2',
      'SLT_Enc',
      'a',
      'b',
      'SYM_Account',
      'SYM_ResourceGroup',
      'SYM_Link.seed',
    ]),
    ...bytes(12, ['encSymmetricKey.iv', 'encPrivateKey.iv', 'encContent.iv']),
    PUB_Account: keys.publicKey,
    PRV_Account: keys.privateKey,
    M_Resource: {
      z: [1, { y: true, x: null }],
      name: `Träff "punkt" 😀 ${text('M_Resource')}`,
      url: "https://example.com/a?b=c d+e:f,~!*'()",
    },
  };
}

/** Value → the input that is tried again until the value begins with a zero byte. What stands for itself is set. */
const VARIED: Readonly<Record<string, string>> = {
  SLT_Auth_1: 'SLT_Auth_1',
  SLT_Auth_2: 'SLT_Auth_2',
  SLT_Enc: 'SLT_Enc',
  SYM_Account: 'SYM_Account',
  SYM_ResourceGroup: 'SYM_ResourceGroup',
  SEC_PWD_Auth: 'SEC_PWD_Auth',
  SLT_TMP_1: 'SLT_Auth_1',
  SLT_TMP_2: 'SLT_Enc',
  'srp.H_I': 'email',
  // The passphrase would do too, but costs a run of PBKDF2 for each try: 256 of them.
  'srp.inner': 'SEC_PWD_Auth',
  'srp.x': 'SLT_Auth_2',
  SRP_Verifier: 'SLT_Auth_2',
  'srp.A': 'a',
  'srp.B': 'b',
  'srp.u': 'a',
  'srp.S': 'a',
  'srp.K': 'a',
  'srp.M1': 'a',
  'srp.M2': 'a',
  SYM_Link: 'SYM_Link.seed',
};

/**
 * Changes one input, so that a value begins with a zero byte; most values do so once in 256 times.
 *
 * @param cache - results of PBKDF2
 * @throws Error for a value for which no input is known to vary
 */
export function withLeadingZero(
  profile: ProfileName,
  inputs: Inputs,
  name: string,
  random: Random,
  cache: Pbkdf2Cache = results,
): Inputs {
  const input = VARIED[name];
  if (input === undefined)
    throw new Error(`${name}: no input is known that could make it begin with a zero byte`);
  const begins = (value: Value | undefined): boolean => value instanceof Uint8Array && value[0] === 0;
  const graph = loadGraph(profile);
  const others = unmoved(profile, inputs, input, cache);
  for (let attempt = 0; ; attempt++) {
    const bytes = (length: number): Uint8Array => random(`${name} ${input} ${attempt}`, length);
    const tried = { ...inputs, [input]: varied(inputs, input, bytes) };
    const given = { ...others, ...readGiven(graph, tried) };
    if (input === name || begins(createDerivation(profile, given, cache).value(name))) return tried;
  }
}
const results = new Map<string, Uint8Array>();

/** The values in which an input has no part: they need not be computed for every try. */
function unmoved(profile: ProfileName, inputs: Inputs, input: string, cache: Pbkdf2Cache): Given {
  const graph = loadGraph(profile);
  const derivation = createDerivation(profile, readGiven(graph, inputs), cache);
  const found = [...graph.nodes.keys()].flatMap((name) => {
    const value = name === input || upstream(name, graph).has(input) ? undefined : derivation.value(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
}

function varied(inputs: Inputs, input: string, random: (length: number) => Uint8Array): string {
  if (input === 'email') return String(inputs['email']).replace('@', `${hex(random(4))}@`);
  const bytes = hex(random(32));
  return VARIED[input] === input ? `000${bytes.slice(3)}` : bytes;
}
