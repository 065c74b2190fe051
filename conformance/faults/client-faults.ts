/** Faulty clients, flow by flow: each breaks one requirement by one small change of the reference. */
import { answerFaults } from './answer-faults.ts';
import { changeFaults } from './change-faults.ts';
import { endingFaults } from './ending-faults.ts';
import { groupFaults } from './group-faults.ts';
import { takenKeyFaults } from './taken-key-faults.ts';
import { takenLoginFaults } from './taken-login-faults.ts';
import { takenMessageFaults } from './taken-message-faults.ts';
import { jwkFaults } from './jwk-faults.ts';
import { leakFaults } from './leak-faults.ts';
import { loginFaults } from './login-faults.ts';
import { openingFaults } from './opening-faults.ts';
import { parameterFaults } from './parameter-faults.ts';
import { pullAnswerFaults } from './pull-answer-faults.ts';
import { pullFaults } from './pull-faults.ts';
import { pushFaults } from './push-faults.ts';
import { sessionFaults } from './session-faults.ts';
import { shareFaults } from './share-faults.ts';
import { signupFaults } from './signup-faults.ts';
import { signupKeyFaults } from './signup-key-faults.ts';
import { stageFaults } from './stage-faults.ts';
import { storyFaults } from './story-faults.ts';
import type { ClientFault } from './client-parts.ts';
import { transportFaults } from './transport-faults.ts';
import { linkFaults } from './link-faults.ts';
import { openedLinkFaults } from './opened-link-faults.ts';
import { contentFaults } from './content-faults.ts';
import { whoamiFaults } from './whoami-faults.ts';
import { syncEdgeFaults } from './sync-edge-faults.ts';
import { removalConflictFaults } from './removal-conflict-faults.ts';
import { waitingFaults } from './waiting-faults.ts';
import { dealtFaults } from './dealt-faults.ts';
import { documentFaults } from './document-faults.ts';

export type { ClientFault };

export const clientFaults: readonly ClientFault[] = [
  ...signupFaults,
  ...signupKeyFaults,
  ...storyFaults,
  ...leakFaults,
  ...loginFaults,
  ...openingFaults,
  ...jwkFaults,
  ...takenLoginFaults,
  ...takenMessageFaults,
  ...takenKeyFaults,
  ...parameterFaults,
  ...sessionFaults,
  ...changeFaults,
  ...groupFaults,
  ...pushFaults,
  ...pullFaults,
  ...shareFaults,
  ...endingFaults,
  ...linkFaults,
  ...openedLinkFaults,
  ...dealtFaults,
  ...contentFaults,
  ...waitingFaults,
  ...documentFaults,
  ...transportFaults,
  ...answerFaults,
  ...pullAnswerFaults,
  ...stageFaults,
  ...whoamiFaults,
  ...syncEdgeFaults,
  ...removalConflictFaults,
];
