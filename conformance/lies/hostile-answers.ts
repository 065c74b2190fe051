/** The table of dishonest answers in a login: each alters one answer of an otherwise honest server. */
import { WHOAMI } from '../peer/calls.ts';
import { type AnswerFault } from './answers.ts';
import { jwkAnswers } from './jwk-answers.ts';
import { loginAnswers } from './login-answers.ts';
import { messageAnswers } from './message-answers.ts';
import { plaintextAnswers } from './plaintext-answers.ts';

/** Those that a client must refuse. */
export const hostileAnswers: readonly AnswerFault[] = [
  ...loginAnswers,
  ...[...messageAnswers, ...plaintextAnswers, ...jwkAnswers].map((fault) => ({
    ...fault,
    call: WHOAMI,
    before: 'unlock' as const,
  })),
];
