/** Every check of a server, in the order in which they run. */
import type { Check } from '../check.ts';
import { storyChecks } from './story-checks.ts';
import { accessChecks } from './access-checks.ts';
import { accountChecks } from './account-checks.ts';
import { accountRaceChecks } from './account-race-checks.ts';
import { addressChecks } from './address-checks.ts';
import { answerChecks } from './answer-checks.ts';
import type { ServerBench } from './bench.ts';
import { durabilityChecks } from './durability-checks.ts';
import { dupesChecks } from './dupes-checks.ts';
import { httpChecks } from './http-checks.ts';
import { groupChecks } from './group-checks.ts';
import { changeChecks } from './change-checks.ts';
import { changeRaceChecks } from './change-race-checks.ts';
import { codeChecks } from './code-checks.ts';
import { emailChecks } from './email-checks.ts';
import { endingChecks } from './ending-checks.ts';
import { changeRefusalChecks } from './change-refusal-checks.ts';
import { confirmChecks } from './confirm-checks.ts';
import { socketChecks } from './socket-checks.ts';
import { generatedChecks } from './generated-checks.ts';
import { loginChecks } from './login-checks.ts';
import { loginFormChecks } from './login-form-checks.ts';
import { loginValueChecks } from './login-value-checks.ts';
import { loginProofChecks } from './login-proof-checks.ts';
import { malformedChecks } from './malformed-checks.ts';
import { memberChecks } from './member-checks.ts';
import { sessionCallChecks } from './session-call-checks.ts';
import { pullChecks } from './pull-checks.ts';
import { pushChecks } from './push-checks.ts';
import { pushRefusalChecks } from './push-refusal-checks.ts';
import { sessionChecks } from './session-checks.ts';
import { signupChecks } from './signup-checks.ts';
import { signupFormChecks } from './signup-form-checks.ts';
import { shareRefusalChecks } from './share-refusal-checks.ts';
import { shareChecks } from './share-checks.ts';
import { starterChecks } from './starter-checks.ts';
import { strangerChecks } from './stranger-checks.ts';
import { syncFormChecks } from './sync-form-checks.ts';
import { teamChecks } from './team-checks.ts';
import { unshareChecks } from './unshare-checks.ts';
import { validAccountChecks } from './valid-account-checks.ts';
import { validSyncChecks } from './valid-sync-checks.ts';
import { versionChecks } from './version-checks.ts';

/** Those that look at every answer come last. */
export const serverChecks: readonly Check<ServerBench>[] = [
  ...accountChecks,
  ...signupChecks,
  ...signupFormChecks,
  ...confirmChecks,
  ...sessionChecks,
  ...sessionCallChecks,
  ...loginValueChecks,
  ...loginChecks,
  ...loginFormChecks,
  ...loginProofChecks,
  ...starterChecks,
  ...strangerChecks,
  ...addressChecks,
  ...groupChecks,
  ...shareChecks,
  ...shareRefusalChecks,
  ...unshareChecks,
  ...teamChecks,
  ...changeChecks,
  ...changeRefusalChecks,
  ...accessChecks,
  ...changeRaceChecks,
  ...accountRaceChecks,
  ...emailChecks,
  ...codeChecks,
  ...endingChecks,
  ...malformedChecks,
  ...memberChecks,
  ...pushChecks,
  ...pushRefusalChecks,
  ...versionChecks,
  ...pullChecks,
  ...dupesChecks,
  ...syncFormChecks,
  ...httpChecks,
  ...socketChecks,
  ...validAccountChecks,
  ...validSyncChecks,
  ...generatedChecks,
  ...storyChecks,
  ...durabilityChecks,
  ...answerChecks,
];
