/** Faulty servers that are named mistakes of the derivation graph: those that show only where a zero byte leads (5.1). */
import { namedMistakesOfServers } from '../../spec/mutate.ts';
import { serverOfEdit } from './server-of-edit.ts';
import type { ServerFault } from './server-parts.ts';

const IDS: readonly string[] = [
  'u-not-padded',
  'M1-A-B-not-padded',
  'M1-salt-strip-zeros',
  'M2-A-strip-zeros',
];

export const editServerFaults: readonly ServerFault[] = namedMistakesOfServers('documented')
  .filter(({ id }) => IDS.includes(id))
  .map((edit) => ({
    id: `computes-${edit.id}`,
    title: `computes a login with ${edit.title}`,
    requirement: edit.requirement,
    create: serverOfEdit(edit),
  }));
