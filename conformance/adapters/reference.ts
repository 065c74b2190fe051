/** The reference client behind the pipe: every verb, in both profiles. */
import { referenceVerbs } from '../target/reference-target.ts';
import { vectorVerbs } from '../vectors/verbs.ts';
import { runAdapter, UnknownStep } from './adapter.ts';

const verbs = referenceVerbs();
await runAdapter({
  ...verbs,
  ...vectorVerbs((step) => new UnknownStep(step)),
  async describe() {
    const description = await verbs.describe({});
    return { ...description, capabilities: [...description.capabilities, 'derive', 'accept'] };
  },
});
