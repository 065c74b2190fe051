/** The numbers of the README: what the suite holds implementations to, and how far it is held to that itself. */
import { listedFaults, listedMistakes, listedRequirements } from '../catalogue.ts';
import { namedOf, readDiagnoses } from '../kill-matrix/diagnoses.ts';
import { readMatrix } from '../kill-matrix/record.ts';
import type { Row } from '../kill-matrix/row.ts';
import { vectorFiles } from '../vectors/files.ts';

export interface Numbers {
  /** Requirements that a check is bound to, of all. */
  readonly bound: readonly [count: number, all: number];
  readonly vectors: number;
  /**
   * Named mistakes that the vectors hold a wrong value of, of all: `vectors/test/wrong-answers.test.ts` holds them to it. That
   * the value is traced back to them is tried by `spec/test/diagnose.test.ts`, with `SLOW=1` for all of them.
   */
  readonly mistakes: readonly [count: number, all: number];
  /** Named mistakes that each client and server that makes them is told of (`telling.ts`), of all that one can see. */
  readonly named: readonly [count: number, all: number];
  /** Faults that the suite kills, of all. */
  readonly killed: readonly [count: number, all: number];
  /** Edits of the derivation graph that it kills, as clients and as servers, of all that are faults. */
  readonly edits: readonly [count: number, all: number];
  /** Edits that do not count, each for a reason that was computed. */
  readonly harmless: number;
}

export function numbers(): Numbers {
  const { faults, harmless } = readMatrix();
  const written = new Set(listedFaults.map(({ id }) => id));
  const edits = faults.filter(({ id }) => !written.has(id));
  const killed = (rows: readonly Row[]): number => rows.filter(({ status }) => status === 'killed').length;
  const groups = [...vectorFiles().values()].flatMap((file) => file.groups);
  const wrong = new Set(
    groups.flatMap(({ vectors }) =>
      vectors.flatMap(({ mistake }) => (mistake === undefined ? [] : [mistake])),
    ),
  );
  return {
    bound: [listedRequirements.filter(({ checks }) => checks.length > 0).length, listedRequirements.length],
    vectors: groups.reduce((sum, { vectors }) => sum + vectors.length, 0),
    mistakes: [listedMistakes.filter(({ id }) => wrong.has(id)).length, listedMistakes.length],
    named: namedOf(readDiagnoses()),
    killed: [killed(faults) - killed(edits), listedFaults.length],
    edits: [killed(edits), edits.length],
    harmless: harmless.length,
  };
}

/** As they stand in the README. */
export const numbersText = ({ bound, vectors, mistakes, named, killed, edits, harmless }: Numbers): string =>
  [
    `**${bound[0]} of ${bound[1]} requirements** are judged by checks, and **${vectors} vectors** give known answers, among them a wrong one`,
    `of ${mistakes[0]} of ${mistakes[1]} known mistakes. **${named[0]} of ${named[1]} known mistakes** that show in what a client sends or a server answers are named`,
    `by the first diagnosis of each client and server that makes them, and nothing else is. **${killed[0]} of ${killed[1]} faulty clients and servers**`,
    'are caught by a check of the very requirement that they break, and so are',
    `**${edits[0]} of ${edits[1]} edits of the derivation graph**, run as clients and as servers; ${harmless} more do not count, each for a reason`,
    'that was computed: nobody can tell it from what is right, or it takes a value that its side does not know.',
  ].join('\n');
