/** Inputs on which a mistake shows, the same in every run, and the values that it yields. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  createDerivation,
  loadGraph,
  readGiven,
  tellingInputs,
  valueToHex,
  withLeadingZero,
  type Derivation,
  type Inputs,
  type Mistake,
  type ProfileName,
  type Random,
  type Value,
} from '../index.ts';
import { quickPbkdf2 } from '../quick-pbkdf2.ts';

export const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];
export const SLOW = process.env['SLOW'] === '1';
export const cache = quickPbkdf2;

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const keys = {
  publicKey: publicKey.export({ format: 'jwk' }),
  privateKey: privateKey.export({ format: 'jwk' }),
};

/** Bytes that depend on the seed alone. */
export const seeded =
  (seed: string): Random =>
  (label, length) =>
    Uint8Array.from(createHash('sha512').update(`${seed} ${label}`).digest().subarray(0, length));

/** One of a list, chosen by the seed. */
export function pick<T>(list: readonly T[], seed: string): T {
  const number = Buffer.from(seeded(seed)('pick', 4)).readUInt32BE();
  const found = list[number % list.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

export const inputsOf = (seed: string): Inputs => tellingInputs(seeded(seed), keys);
export const derivationOf = (profile: ProfileName, inputs: Inputs): Derivation =>
  createDerivation(profile, readGiven(loadGraph(profile), inputs), cache);
export const hexOf = (value: Value | undefined): string | undefined =>
  value === undefined ? undefined : valueToHex(value);

/** The values that mistakes change, as hex. What they leave nothing to compute of is left out. */
export function changed(
  profile: ProfileName,
  inputs: Inputs,
  mistakes: readonly Mistake[],
): Record<string, string> {
  const derivation = derivationOf(profile, inputs);
  return Object.fromEntries(
    [...loadGraph(profile).nodes.keys()].flatMap((name) => {
      const value = hexOf(derivation.value(name, mistakes));
      return value === undefined || value === hexOf(derivation.value(name)) ? [] : [[name, value]];
    }),
  );
}

/** Inputs on which a mistake shows: some show once in 256 times, some every fourth time. */
export function showing(profile: ProfileName, mistake: Mistake, seed: string): Inputs {
  for (let attempt = 0; attempt < 60; attempt++) {
    const drawn = { ...inputsOf(`${seed} ${attempt}`), ...mistake.inputs };
    const inputs =
      mistake.zero === undefined ? drawn : withZero(profile, drawn, mistake.zero, `${seed} ${attempt}`);
    if (Object.keys(changed(profile, inputs, [mistake])).length > 0) return inputs;
  }
  throw new Error(`${mistake.id} shows on none of the inputs tried`);
}

function withZero(profile: ProfileName, inputs: Inputs, name: string, seed: string): Inputs {
  const key = JSON.stringify([profile, name, inputs]);
  const found = zeros.get(key) ?? withLeadingZero(profile, inputs, name, seeded(seed), cache);
  zeros.set(key, found);
  return found;
}
const zeros = new Map<string, Inputs>();
