/** The reference as an implementation that vectors are held against. */
import {
  createSteps,
  native,
  ProtocolError,
  toHex,
  utf8,
  type Primitives,
  type ProfileName,
  type Steps,
} from '../../reference/index.ts';
import { Refused, STEPS } from './steps.ts';
import type { Implementation } from './verify.ts';

/** The steps of the reference over a provider of primitives. */
export function referenceImplementation(primitives: Primitives = native): Implementation {
  const profiles = new Map<ProfileName, Steps>();
  return async (profile, vector) => {
    const step = STEPS[vector.step];
    if (step === undefined) throw new Error(`${vector.step} is not a step`);
    const steps = profiles.get(profile) ?? remembering(createSteps(profile, rememberingPowers(primitives)));
    profiles.set(profile, steps);
    try {
      return { values: await step(steps, vector) };
    } catch (error) {
      if (error instanceof ProtocolError) return { refusal: error.message, stage: error.stage };
      if (error instanceof Refused) return { refusal: error.message, error: error.error };
      throw error;
    }
  };
}

/** Vectors about one login have the same powers. */
function rememberingPowers(primitives: Primitives): Primitives {
  const powers = new Map<string, bigint>();
  return {
    ...primitives,
    modExp(base, exponent, modulus) {
      const name = [base, exponent, modulus].map((number) => number.toString(16)).join(' ');
      const power = powers.get(name) ?? primitives.modExp(base, exponent, modulus);
      powers.set(name, power);
      return power;
    },
  };
}

/** PBKDF2 is the slow step, and many vectors are about one account: each key is derived once. */
function remembering(steps: Steps): Steps {
  const keys = new Map<string, Promise<Uint8Array>>();
  return {
    ...steps,
    SEC_PWD(passphrase, SLT_TMP) {
      const name = `${toHex(utf8(passphrase))} ${toHex(SLT_TMP)}`;
      const key = keys.get(name) ?? steps.SEC_PWD(passphrase, SLT_TMP);
      keys.set(name, key);
      return key;
    },
  };
}
