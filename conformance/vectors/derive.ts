/** Values of the derivation graph by the steps of the reference, from any of them that are given (chapters 4 to 6). */
import { fromHex, toHex, utf8, type RsaPrivateJwk, type Steps } from '../../reference/index.ts';

type Inputs = Readonly<Record<string, unknown>>;
type Value = Uint8Array | string;

/** Asks for values; each is computed once. */
export interface Derivation {
  bytes(name: string): Promise<Uint8Array>;
  text(name: string): Promise<string>;
  /** JSON, which is always given. */
  json(name: string): unknown;
}

type Rule = (value: Derivation, steps: Steps) => Promise<Value> | Value;

/** Each value from those before it. */
const RULES: Readonly<Record<string, Rule>> = {
  'normalized.email': async (v, { email }) => email(await v.text('email')),
  'normalized.passphrase': async (v, { passphrase }) => passphrase(await v.text('passphrase')),
  SLT_TMP_1: async (v, { SLT_TMP }) => SLT_TMP(await v.bytes('SLT_Auth_1'), await v.text('normalized.email')),
  SLT_TMP_2: async (v, { SLT_TMP }) => SLT_TMP(await v.bytes('SLT_Enc'), await v.text('normalized.email')),
  SEC_PWD_Auth: async (v, { SEC_PWD }) =>
    SEC_PWD(await v.text('normalized.passphrase'), await v.bytes('SLT_TMP_1')),
  SEC_PWD_Enc: async (v, { SEC_PWD }) =>
    SEC_PWD(await v.text('normalized.passphrase'), await v.bytes('SLT_TMP_2')),
  'srp.I': async (v, { I }) => I(await v.text('normalized.email')),
  'srp.P': async (v, { P }) => P(await v.bytes('SEC_PWD_Auth')),
  'srp.x': async (v, { srp }) =>
    srp.x(await v.bytes('SLT_Auth_2'), await v.bytes('srp.I'), await v.bytes('srp.P')),
  SRP_Verifier: async (v, { srp }) => srp.SRP_Verifier(await v.bytes('srp.x')),
  'srp.k': (_, { srp }) => srp.k(),
  'srp.A': async (v, { srp }) => srp.A(await v.bytes('a')),
  'srp.B': async (v, { srp }) => srp.B(await v.bytes('b'), await v.bytes('SRP_Verifier')),
  'srp.u': async (v, { srp }) => srp.u(await v.bytes('srp.A'), await v.bytes('srp.B')),
  'srp.S': async (v, { srp }) =>
    srp.S({
      B: await v.bytes('srp.B'),
      a: await v.bytes('a'),
      u: await v.bytes('srp.u'),
      x: await v.bytes('srp.x'),
    }),
  'srp.S_server': async (v, { srp }) =>
    srp.S_server({
      A: await v.bytes('srp.A'),
      b: await v.bytes('b'),
      u: await v.bytes('srp.u'),
      v: await v.bytes('SRP_Verifier'),
    }),
  'srp.K': async (v, { srp }) => srp.K(await v.bytes('srp.S')),
  'srp.M1': async (v, { srp }) =>
    srp.M1({
      I: await v.bytes('srp.I'),
      s: await v.bytes('SLT_Auth_2'),
      A: await v.bytes('srp.A'),
      B: await v.bytes('srp.B'),
      S: await v.bytes('srp.S'),
      K: await v.bytes('srp.K'),
    }),
  'srp.M2': async (v, { srp }) =>
    srp.M2(await v.bytes('srp.A'), await v.bytes('srp.M1'), await v.bytes('srp.K')),
  'session.id': (v) => v.bytes('srp.K'),
  'encSymmetricKey.plaintext': async (v, { profile }) => profile.encodeKey(await v.bytes('SYM_Account')),
  encSymmetricKey: async (v, { wrap }) =>
    wrap.sealKey(await v.bytes('SEC_PWD_Enc'), await v.bytes('SYM_Account'), await iv(v, 'encSymmetricKey')),
  'encPrivateKey.plaintext': (v, { profile }) => profile.encodeText(JSON.stringify(v.json('PRV_Account'))),
  encPrivateKey: async (v, { wrap }) =>
    wrap.sealJson(await v.bytes('SYM_Account'), v.json('PRV_Account'), await iv(v, 'encPrivateKey')),
  'encContent.plaintext': (v, { profile }) => profile.encodeText(JSON.stringify(v.json('M_Resource'))),
  encContent: async (v, { wrap }) =>
    wrap.sealJson(await v.bytes('SYM_ResourceGroup'), v.json('M_Resource'), await iv(v, 'encContent')),
  'SYM_Link.plaintext': async (v, { profile }) => profile.encodeKey(await v.bytes('SYM_ResourceGroup')),
};

/** The IV as the random bytes that are asked for. */
async function iv(value: Derivation, message: string): Promise<() => Uint8Array> {
  const bytes = await value.bytes(`${message}.iv`);
  return () => bytes;
}

/** What an input becomes first: all that is asked of one that must be refused. */
export const FIRST: Readonly<Record<string, string>> = {
  email: 'normalized.email',
  passphrase: 'normalized.passphrase',
};

/** The named values, as hex; what the reference has no name for is left out. */
export async function derive(
  steps: Steps,
  inputs: Inputs,
  names: readonly string[],
): Promise<Record<string, string>> {
  const value = derivation(steps, inputs);
  const known = names.filter((name) => name in RULES);
  const values = await Promise.all(
    known.map(async (name) => [name, toHex(await value.bytes(name))] as const),
  );
  return Object.fromEntries(values);
}

/** Every value that follows from the inputs, as hex; what is given is left out. */
export async function deriveAll(steps: Steps, inputs: Inputs): Promise<Record<string, string>> {
  const value = derivation(steps, inputs);
  const values: Record<string, string> = {};
  for (const name of Object.keys(RULES).filter((one) => !Object.hasOwn(inputs, one)))
    try {
      values[name] = toHex(await value.bytes(name));
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
    }
  return values;
}

/** A value that follows from nothing that is given. */
class Missing extends Error {
  constructor(name: string) {
    super(`${name} is neither given nor computed`);
    this.name = 'Missing';
  }
}

function derivation(steps: Steps, inputs: Inputs): Derivation {
  const found = new Map<string, Promise<Value>>();
  const compute = async (name: string): Promise<Value> => {
    const rule = RULES[name];
    if (rule === undefined) throw new Missing(name);
    return await rule(value, steps);
  };
  const computed = (name: string): Promise<Value> => {
    const known = found.get(name) ?? compute(name);
    found.set(name, known);
    return known;
  };
  const value: Derivation = {
    json(name) {
      if (!Object.hasOwn(inputs, name)) throw new Missing(name);
      return inputs[name];
    },
    async bytes(name) {
      const given = inputs[name];
      if (typeof given === 'string') return TEXTS.has(name) ? utf8(given) : fromHex(given, name);
      const known = await computed(name);
      return typeof known === 'string' ? utf8(known) : known;
    },
    async text(name) {
      const text = inputs[name] ?? (await computed(name));
      if (typeof text === 'string') return text;
      throw new Error(`${name} is not text`);
    },
  };
  return value;
}

/** Values that are text. */
const TEXTS = new Set(['email', 'passphrase', 'normalized.email', 'normalized.passphrase']);

/** As long as the modulus of a key. */
const LINK_BYTES = 256;

/** Whether a link opens to the plaintext that was encrypted: links are not the same twice. */
export function opensLink(steps: Steps, privateKey: unknown, link: string): string | undefined {
  const bytes = fromHex(link, 'SYM_Link');
  // Some libraries open a link that has lost a zero byte; it is none.
  if (bytes.length !== LINK_BYTES) return undefined;
  const plaintext = steps.primitives.rsaOaepDecrypt(privateKey as RsaPrivateJwk, bytes);
  return plaintext && toHex(plaintext);
}
