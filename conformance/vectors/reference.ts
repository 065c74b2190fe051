/** The reference as an implementation that vectors are held against. */
import { createSteps, native, ProtocolError, type Primitives } from '../../reference/index.ts';
import { Refused, STEPS } from './steps.ts';
import type { Implementation } from './verify.ts';

/** The steps of the reference over a provider of primitives. */
export const referenceImplementation =
  (primitives: Primitives = native): Implementation =>
  async (profile, vector) => {
    const step = STEPS[vector.step];
    if (step === undefined) throw new Error(`${vector.step} is not a step`);
    try {
      return { values: await step(createSteps(profile, primitives), vector) };
    } catch (error) {
      if (error instanceof ProtocolError) return { refusal: error.message, stage: error.stage };
      if (error instanceof Refused) return { refusal: error.message, error: error.error };
      throw error;
    }
  };
