/** Clients that take one wrong answer to one call for success, and no other (9.2, 9.5): a fault for each that is given. */
import type { Fetch } from '../../reference/index.ts';
import { kindOf } from '../peer/lies.ts';
import { withOverrides, type ClientFault } from './client-parts.ts';
import { answeredCalls, fixDupes, wrongAnswersTo, type AnsweredCall } from '../lies/wrong-answers.ts';

type Answer = Readonly<Record<string, unknown>>;
type IsMeant = (request: Request) => boolean;

/** What an answer lacks is taken from the one before, or from what was sent; a list stands for the empty object. */
function completed(call: string, answer: unknown, known: Answer): unknown {
  if (!Array.isArray(answer)) return { ...known, ...(answer as Answer) };
  const ownerAccountId = `act_${'0'.repeat(64)}`;
  return call === 'GET /api/teams' ? answer.map((team: Answer) => ({ ownerAccountId, ...team })) : {};
}

/** Makes calls, and completes the JSON that comes. @param isMeant - which calls */
export function completing(isMeant: IsMeant = () => true): Fetch {
  const before = new Map<string, Answer>();
  return async (request) => {
    if (!isMeant(request)) return await fetch(request);
    const call = `${request.method} ${new URL(request.url).pathname}`;
    const sent = JSON.parse((await request.clone().text()) || '{}') as Answer;
    const response = await fetch(request);
    if (!response.ok || response.headers.get('content-type') !== 'application/json') return response;
    const answer = completed(call, await response.json(), { ...before.get(call), ...sent });
    if (!Array.isArray(answer)) before.set(call, answer as Answer);
    return Response.json(answer);
  };
}

/** What a client does that takes one of them: by the id of the wrong answer. */
const TAKING: Readonly<Record<string, (isMeant: IsMeant) => Fetch>> = {
  failed: (isMeant) => async (request) => {
    const meant = isMeant(request);
    const response = await fetch(request);
    const { status, headers } = response;
    return meant && status === 500 ? new Response(await response.arrayBuffer(), { headers }) : response;
  },
  html: (isMeant) => async (request) => {
    const meant = isMeant(request);
    const response = await fetch(request);
    const isPage = response.ok && response.headers.get('content-type') === 'text/html';
    return meant && isPage ? Response.json(await response.json()) : response;
  },
  unformed: completing,
};

/** Whether a request makes a call. The first `whoami` of a session unlocks the account, and is another call than the others. */
function making({ id, call }: AnsweredCall): IsMeant {
  const unlocked = new Set<string>();
  return (request) => {
    if (kindOf(request) !== call) return false;
    const session = request.headers.get('x-session-id') ?? '';
    const isFirst = !unlocked.has(session);
    unlocked.add(session);
    return id === 'unlock' ? isFirst : id !== 'whoami' || !isFirst;
  };
}

const takingOne = (called: AnsweredCall): readonly ClientFault[] =>
  wrongAnswersTo(called).map(({ id, how, requirement }) => ({
    id: `answer-taken.${called.id}-${id}`,
    title: `takes ${called.call} for done where it is answered ${how}${called.id === 'unlock' ? ' in a login' : ''}`,
    requirement,
    ...(called.profile !== undefined && { profile: called.profile }),
    create: withOverrides(() => ({ fetch: TAKING[id]?.(making(called)) })),
  }));

export const answerFaults: readonly ClientFault[] = [...answeredCalls, fixDupes].flatMap(takingOne);
