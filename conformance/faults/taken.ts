/**
 * What clients are made of that take one wrong answer, and refuse every other: a fault for each row of the tables that a client
 * is judged by.
 */
import type { FlowVerbs } from '../target/in-process-target.ts';
import type { AlteredAnswer, Answer } from '../lies/answers.ts';
import { answerChanged, whileCalled, type ClientFault } from './client-parts.ts';
import { hostileAnswers } from '../lies/hostile-answers.ts';

/** What of a row a fault is made from. */
type Row = Pick<AlteredAnswer, 'id' | 'title' | 'requirements' | 'profile'>;

/** A fault by the row of a table that it alone does not heed. @throws Error where there is no such row */
export const taking =
  (family: string, rows: readonly Row[]) =>
  (id: string, create: ClientFault['create'], requirement?: string): ClientFault => {
    const row = rows.find((one) => one.id === id);
    const [first = ''] = row?.requirements ?? [];
    if (row === undefined) throw new Error(`there is no ${id} among ${family}`);
    return {
      id: `${family}.${id}`,
      title: `does otherwise in one case alone: ${row.title.replace(/^A/, 'a').replace(/\.$/, '')}`,
      requirement: requirement ?? first,
      ...(row.profile !== undefined && { profile: row.profile }),
      create,
    };
  };

/** Of the answers of a login. */
export const takes = taking('taken', hostileAnswers);

/** An answer brought into form where it looks so, while this is called and nowhere else. */
export const brought = (
  verb: keyof FlowVerbs,
  call: string,
  looks: (answer: Answer) => boolean,
  form: (answer: Answer) => Answer,
): ClientFault['create'] =>
  whileCalled(verb, (isCalled) => ({
    fetch: (request) =>
      answerChanged(request, isCalled() ? (call.split(' ')[1] ?? '') : '', (body) =>
        looks(body) ? form(body) : body,
      ),
  }));

const UPPER_CASE = /^(?=.*[A-F])[0-9A-F]*$/;
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export const ofLength =
  (bytes: number) =>
  (value: unknown): boolean =>
    typeof value === 'string' && value.length === 2 * bytes;
export const inUpperCase = (value: unknown): boolean => UPPER_CASE.test(text(value));
