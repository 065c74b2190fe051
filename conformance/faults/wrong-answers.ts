/** Ways in which the answer of any call can be no success: its status, its media type, its form (9.2, 9.5). */
import type { Stage } from '../../reference/index.ts';
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
