/** The reference client behind the pipe: every verb, in both profiles. */
import { runAdapter } from './adapter.ts';
import { referenceVerbs } from '../target/reference-target.ts';

await runAdapter(referenceVerbs());
