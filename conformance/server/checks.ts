/** Every check of a server, in the order in which they run. */
import type { Check } from '../check.ts';
import { storyChecks } from './story/story-checks.ts';
import { accessChecks } from './groups/access-checks.ts';
import { accountChecks } from './account/account-checks.ts';
import { accountRaceChecks } from './account/account-race-checks.ts';
import { addressChecks } from './account/address-checks.ts';
import { answerChecks } from './http/answer-checks.ts';
import type { ServerBench } from './bench/bench.ts';
import { durabilityChecks } from './durability/durability-checks.ts';
import { dupesChecks } from './sync/dupes-checks.ts';
import { httpChecks } from './http/http-checks.ts';
import { groupChecks } from './groups/group-checks.ts';
import { changeChecks } from './change/change-checks.ts';
import { changeRaceChecks } from './change/change-race-checks.ts';
import { codeChecks } from './change/code-checks.ts';
import { codeRandomCheck } from './change/code-random-check.ts';
import { emailChecks } from './change/email-checks.ts';
import { expiryChecks } from './durability/expiry-checks.ts';
import { endingChecks } from './account/ending-checks.ts';
import { changeRefusalChecks } from './change/change-refusal-checks.ts';
import { changedAddressChecks } from './account/changed-address-checks.ts';
import { confirmChecks } from './account/confirm-checks.ts';
import { confirmRandomCheck } from './account/confirm-random-check.ts';
import { socketChecks } from './http/socket-checks.ts';
import { generatedChecks } from './http/generated-checks.ts';
import { lookalikeChecks } from './sync/lookalike-checks.ts';
import { loginChecks } from './login/login-checks.ts';
import { loginFormChecks } from './login/login-form-checks.ts';
import { loginValueChecks } from './login/login-value-checks.ts';
import { loginProofChecks } from './login/login-proof-checks.ts';
import { malformedChecks } from './http/malformed-checks.ts';
import { memberChecks } from './http/member-checks.ts';
import { sessionCallChecks } from './login/session-call-checks.ts';
import { pullChecks } from './sync/pull-checks.ts';
import { pushChecks } from './sync/push-checks.ts';
import { pushRefusalChecks } from './sync/push-refusal-checks.ts';
import { sessionChecks } from './login/session-checks.ts';
import { signupChecks } from './account/signup-checks.ts';
import { signupFormChecks } from './account/signup-form-checks.ts';
import { shareRefusalChecks } from './groups/share-refusal-checks.ts';
import { shareChecks } from './groups/share-checks.ts';
import { starterChecks } from './login/starter-checks.ts';
import { strangerChecks } from './login/stranger-checks.ts';
import { syncFormChecks } from './sync/sync-form-checks.ts';
import { teamChecks } from './groups/team-checks.ts';
import { unshareChecks } from './groups/unshare-checks.ts';
import { validAccountChecks } from './account/valid-account-checks.ts';
import { validSyncChecks } from './sync/valid-sync-checks.ts';
import { versionChecks } from './sync/version-checks.ts';
import { withdrawnChecks } from './groups/withdrawn-checks.ts';

/** Those that set the clock ahead come when nobody uses an older session any more, and those that look at every answer last. */
export const serverChecks: readonly Check<ServerBench>[] = [
  ...accountChecks,
  ...signupChecks,
  ...signupFormChecks,
  ...confirmChecks,
  ...changedAddressChecks,
  confirmRandomCheck,
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
  ...withdrawnChecks,
  ...changeRaceChecks,
  ...accountRaceChecks,
  ...emailChecks,
  ...codeChecks,
  codeRandomCheck,
  ...endingChecks,
  ...malformedChecks,
  ...memberChecks,
  ...pushChecks,
  ...pushRefusalChecks,
  ...versionChecks,
  ...pullChecks,
  ...dupesChecks,
  ...lookalikeChecks,
  ...syncFormChecks,
  ...httpChecks,
  ...socketChecks,
  ...validAccountChecks,
  ...validSyncChecks,
  ...generatedChecks,
  ...storyChecks,
  ...durabilityChecks,
  ...expiryChecks,
  ...answerChecks,
];
