/** Ways in which the answer of any call can be no success: its status, its media type, its form (9.2, 9.5). */
import type { Stage } from '../../reference/index.ts';
import { LOGIN_A, LOGIN_M1, LOGIN_S, WHOAMI } from '../peer/calls.ts';
import type { Lie } from '../peer/lies.ts';

export interface WrongAnswer {
  /** Unique; the last part of the ids of the checks. */
  readonly id: string;
  /** How the call is answered, to follow «is answered». */
  readonly how: string;
  /** The requirement that a client breaks by taking it for success. */
  readonly requirement: string;
  /** The stages at which it may be refused. */
  readonly stages: readonly Stage[];
  /**
   * @param lacks - a member that the form of the answer requires; none where the empty object is the answer, which is
   * given without doing what was asked
   */
  readonly tell: (lacks: string | undefined) => Lie['tell'];
}

/** What an honest server would answer; the call is not made where that is the empty object. */
const honestly =
  (status: number, type: string): WrongAnswer['tell'] =>
  (lacks) =>
  async ({ honest }) => ({
    status,
    headers: { 'content-type': type },
    body: JSON.stringify(lacks === undefined ? {} : await honest()),
  });

/** An answer, or each item of one that is a list, without a member. */
function without(answer: unknown, name: string): unknown {
  if (Array.isArray(answer)) return answer.map((item) => without(item, name));
  return Object.fromEntries(Object.entries(answer as object).filter(([member]) => member !== name));
}

export const wrongAnswers: readonly WrongAnswer[] = [
  {
    id: 'failed',
    how: 'with status 500, whatever its body says',
    requirement: 'HTTP-13',
    stages: ['network'],
    tell: honestly(500, 'application/json'),
  },
  {
    id: 'html',
    how: 'as text/html, whatever its body says',
    requirement: 'HTTP-24',
    stages: ['network'],
    tell: honestly(200, 'text/html'),
  },
  {
    id: 'unformed',
    how: 'with JSON of another form',
    requirement: 'HTTP-09',
    stages: ['schema'],
    tell:
      (lacks) =>
      async ({ honest }) => ({
        body: JSON.stringify(lacks === undefined ? [] : without(await honest(), lacks)),
      }),
  },
];

/** A call that is given wrong answers. */
export interface AnsweredCall {
  /** Unique; the checks and the faults go by it. */
  readonly id: string;
  readonly call: string;
  /** A member that the form of the answer requires; none where the answer is the empty object. */
  readonly lacks?: string;
  /** The wrong answers that it is given, where not all: the others have checks of their own. */
  readonly only?: readonly WrongAnswer['id'][];
  readonly profile?: 'deployed';
}

/** All but `fixDupes`, which is answered in the middle of a pull. */
export const answeredCalls = [
  { id: 'signup', call: 'POST /auth/signup', lacks: 'email', only: ['failed', 'html'] },
  { id: 'login-s', call: LOGIN_S, lacks: 'saltAuth', only: ['failed', 'html'] },
  { id: 'login-a', call: LOGIN_A, lacks: 'srpB', only: ['failed', 'html'] },
  { id: 'login-m1', call: LOGIN_M1, lacks: 'srpM2', only: ['failed', 'html'] },
  // The first of a session, by which the account is unlocked, and a later one.
  { id: 'unlock', call: WHOAMI, lacks: 'isVerified' },
  { id: 'whoami', call: WHOAMI, lacks: 'publicKey' },
  { id: 'logout', call: 'POST /auth/logout', only: ['html', 'unformed'] },
  { id: 'change-password', call: 'POST /auth/change-password' },
  { id: 'send-code', call: 'POST /auth/send-password-code', only: ['failed'], profile: 'deployed' },
  { id: 'create-group', call: 'POST /api/resource_groups', lacks: 'encSymmetricKey' },
  { id: 'share-a', call: 'POST /api/resource_groups/:id/share-a', lacks: 'keys' },
  { id: 'share-b', call: 'POST /api/resource_groups/:id/share-b' },
  { id: 'unshare', call: 'PUT /api/resource_groups/:id/unshare' },
  { id: 'create-team', call: 'POST /api/teams', lacks: 'ownerAccountId' },
  { id: 'teams', call: 'GET /api/teams', lacks: 'ownerAccountId' },
  { id: 'push', call: 'POST /sync/push', lacks: 'conflicts', only: ['html', 'unformed'] },
  { id: 'reset', call: 'POST /auth/reset' },
  { id: 'delete-account', call: 'DELETE /auth/delete-account' },
] as const satisfies readonly AnsweredCall[];

export const fixDupes = {
  id: 'fix-dupes',
  call: 'POST /sync/fix-dupes',
  lacks: 'deleteResourceGroupIds',
} as const satisfies AnsweredCall;

/** The wrong answers that a call is given. */
export const wrongAnswersTo = ({ only }: AnsweredCall): readonly WrongAnswer[] =>
  wrongAnswers.filter(({ id }) => only?.includes(id) ?? true);
