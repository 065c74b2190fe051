/** The four numbers of the README: what the suite holds implementations to, and how far it is held to that itself. */
import { listedFaults, listedMistakes, listedRequirements } from '../catalogue.ts';
import { readMatrix } from '../kill-matrix/record.ts';
import { vectorFiles } from '../vectors/files.ts';

export interface Numbers {
  /** Requirements that a check is bound to, of all. */
  readonly bound: readonly [count: number, all: number];
  readonly vectors: number;
  /** Named mistakes that a wrong value is traced to. */
  readonly mistakes: number;
  /** Faults that the suite kills, of all. */
  readonly killed: readonly [count: number, all: number];
}

export function numbers(): Numbers {
  const { faults } = readMatrix();
  const groups = [...vectorFiles().values()].flatMap((file) => file.groups);
  return {
    bound: [listedRequirements.filter(({ checks }) => checks.length > 0).length, listedRequirements.length],
    vectors: groups.reduce((sum, { vectors }) => sum + vectors.length, 0),
    mistakes: listedMistakes.length,
    killed: [faults.filter(({ status }) => status === 'killed').length, listedFaults.length],
  };
}

/** As they stand in the README. */
export const numbersText = ({ bound, vectors, mistakes, killed }: Numbers): string =>
  [
    `**${bound[0]} of ${bound[1]} requirements** are judged by checks, **${vectors} vectors** give known answers,`,
    `**${mistakes} mistakes** are told by their wrong values, and **${killed[0]} of ${killed[1]} faulty clients and servers**`,
    'are caught by a check of the very requirement that they break.',
  ].join('\n');
