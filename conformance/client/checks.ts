/** Every check of a client, in the order in which they run. */
import type { Check } from '../check.ts';
import { answerChecks } from './answer-checks.ts';
import type { ClientBench } from './bench.ts';
import { changeChecks } from './change-checks.ts';
import { endingChecks } from './ending-checks.ts';
import { freshCheck, randomBitsCheck } from './fresh-check.ts';
import { groupChecks } from './group-checks.ts';
import { hostileChangeChecks } from './hostile-change-checks.ts';
import { hostileChecks } from './hostile-checks.ts';
import { hostileNetworkChecks } from './hostile-network-checks.ts';
import { hostileShareChecks } from './hostile-share-checks.ts';
import { hostileTransportChecks } from './hostile-transport-checks.ts';
import { inputChecks } from './input-checks.ts';
import { documentLeakCheck, leakCheck, logLeakCheck, sessionLeakCheck } from './leak-check.ts';
import { linkChecks } from './link-checks.ts';
import { loginChecks } from './login-checks.ts';
import { mediaTypeCheck } from './media-type-check.ts';
import { pullChecks } from './pull-checks.ts';
import { dupesChecks } from './dupes-checks.ts';
import { pushChecks } from './push-checks.ts';
import { shareChecks } from './share-checks.ts';
import { signupChecks } from './signup-checks.ts';
import { storyCheck } from './story-check.ts';
import { contentChecks } from './content-checks.ts';
import { whoamiChecks } from './whoami-checks.ts';
import { signupKeyChecks } from './signup-key-checks.ts';
import { zeroChecks } from './zero-checks.ts';
import { chosenBChecks } from './chosen-b-checks.ts';
import { hostileSyncChecks } from './hostile-sync-checks.ts';
import { documentChecks } from './document-checks.ts';
import { syncEdgeChecks } from './sync-edge-checks.ts';
import { removalConflictChecks } from './removal-conflict-checks.ts';

/** Those that look back on the whole run come last. */
export const clientChecks: readonly Check<ClientBench>[] = [
  ...signupChecks,
  ...signupKeyChecks,
  ...loginChecks,
  ...zeroChecks,
  ...chosenBChecks,
  ...inputChecks,
  ...hostileChecks,
  ...changeChecks,
  ...hostileChangeChecks,
  ...whoamiChecks,
  ...groupChecks,
  ...pushChecks,
  ...pullChecks,
  ...dupesChecks,
  ...syncEdgeChecks,
  ...removalConflictChecks,
  ...shareChecks,
  ...contentChecks,
  ...hostileSyncChecks,
  ...documentChecks,
  ...linkChecks,
  ...hostileShareChecks,
  ...hostileNetworkChecks,
  ...hostileTransportChecks,
  ...answerChecks,
  ...endingChecks,
  storyCheck,
  mediaTypeCheck,
  documentLeakCheck,
  sessionLeakCheck,
  leakCheck,
  logLeakCheck,
  // The last: it starts the client again, and the sessions that others look at are gone.
  freshCheck,
  randomBitsCheck,
];
