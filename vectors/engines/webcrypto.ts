/** The WebCrypto of Node: everything but group arithmetic and encryption with a fixed OAEP seed. */
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { derivingEngine } from './engine.ts';

const { subtle } = globalThis.crypto;
const { N, g, PBKDF2_ITERATIONS, GROUP_BYTES } = protocol.constants;
const BITS = 256;

const bytes = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (data: ArrayBuffer | Uint8Array): string => Buffer.from(data as Uint8Array).toString('hex');
const asciiOf = (text: string): string => Buffer.from(text, 'ascii').toString('hex');
const hash = async (...parts: readonly string[]): Promise<string> =>
  hex(await subtle.digest('SHA-256', bytes(parts.join(''))));
const xor = (left: string, right: string): string =>
  hex(bytes(left).map((byte, i) => byte ^ (bytes(right)[i] ?? 0)));

async function hkdf(salt: string, ikm: string): Promise<string> {
  const key = await subtle.importKey('raw', bytes(ikm), 'HKDF', false, ['deriveBits']);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: bytes(salt), info: new Uint8Array() };
  return hex(await subtle.deriveBits(algorithm, key, BITS));
}

const derived = new Map<string, string>();
async function pbkdf2(password: string, salt: string): Promise<string> {
  const id = `${password} ${salt}`;
  const key = await subtle.importKey('raw', bytes(password), 'PBKDF2', false, ['deriveBits']);
  const algorithm = {
    name: 'PBKDF2',
    hash: 'SHA-256',
    salt: bytes(salt),
    iterations: PBKDF2_ITERATIONS.value,
  };
  const found = derived.get(id) ?? hex(await subtle.deriveBits(algorithm, key, BITS));
  derived.set(id, found);
  return found;
}

async function seal(key: string, iv: string, plaintext: string): Promise<string> {
  const imported = await subtle.importKey('raw', bytes(key), 'AES-GCM', false, ['encrypt']);
  return hex(
    await subtle.encrypt({ name: 'AES-GCM', iv: bytes(iv), tagLength: 128 }, imported, bytes(plaintext)),
  );
}

export const webcrypto = derivingEngine(
  'WebCrypto',
  'HKDF, PBKDF2, SHA-256 and AES-GCM of `globalThis.crypto.subtle`',
  async (profile, found) => {
    const documented = profile === 'documented';
    const saltOf = (salt: string): string => (documented ? salt : asciiOf(salt));
    await found.add('SLT_TMP_1', ['SLT_Auth_1', 'srp.I'], (salt = '', ikm = '') => hkdf(saltOf(salt), ikm));
    await found.add('SLT_TMP_2', ['SLT_Enc', 'srp.I'], (salt = '', ikm = '') => hkdf(saltOf(salt), ikm));
    await found.add('SEC_PWD_Auth', ['normalized.passphrase', 'SLT_TMP_1'], (p = '', s = '') => pbkdf2(p, s));
    await found.add('SEC_PWD_Enc', ['normalized.passphrase', 'SLT_TMP_2'], (p = '', s = '') => pbkdf2(p, s));
    await found.add('srp.inner', ['srp.I', 'srp.P'], (I = '', P = '') => hash(I, asciiOf(':'), P));
    await found.add('srp.x', ['SLT_Auth_2', 'srp.inner'], hash);
    await found.add('srp.k', ['srp.k'], () =>
      hash(N.value, documented ? g.value : g.value.padStart(2 * GROUP_BYTES.value, '0')),
    );
    await found.add('srp.u', ['srp.A', 'srp.B'], hash);
    await found.add('srp.K', ['srp.S'], hash);
    await found.add('srp.M2', ['srp.A', 'srp.M1', 'srp.K'], hash);
    if (documented) {
      await found.add('srp.H_I', ['srp.I'], hash);
      await found.add('srp.H_N_xor_H_g', ['srp.H_N_xor_H_g'], async () =>
        xor(await hash(N.value), await hash(g.value)),
      );
      const proved = ['srp.H_N_xor_H_g', 'srp.H_I', 'SLT_Auth_2', 'srp.A', 'srp.B', 'srp.K'];
      await found.add('srp.M1', proved, hash);
    } else await found.add('srp.M1', ['srp.A', 'srp.B', 'srp.S'], hash);
    for (const [name, key] of [
      ['encSymmetricKey', 'SEC_PWD_Enc'],
      ['encPrivateKey', 'SYM_Account'],
      ['encContent', 'SYM_ResourceGroup'],
    ] as const)
      await found.add(
        `${name}.sealed`,
        [key, `${name}.iv`, `${name}.plaintext`],
        (k = '', iv = '', text = '') => seal(k, iv, text),
      );
  },
);
