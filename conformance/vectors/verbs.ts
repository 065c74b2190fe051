/** The reference client's answers to `derive` and `accept`. */
import { createSteps } from '../../reference/index.ts';
import type { VerbTable } from '../target/in-process-target.ts';
import { deriveAll } from './derive.ts';
import { ACCEPTING } from './steps.ts';

/** @param unknown - what is thrown for a step that there is not */
export const vectorVerbs = (
  unknown: (step: string) => Error,
): Required<Pick<VerbTable, 'derive' | 'accept'>> => ({
  derive: async ({ profile, given }) => ({ profile, values: await deriveAll(createSteps(profile), given) }),
  async accept({ profile, step, given }) {
    const run = ACCEPTING[step];
    if (run === undefined) throw unknown(step);
    return { values: await run(createSteps(profile), { inputs: given }) };
  },
});
