/** Clients that let a removal win or lose for being one, whichever edit was the later (8.7). */
import type { Steps, Winner } from '../../reference/index.ts';
import { withSteps, type ClientFault } from './client-parts.ts';

/** What is settled has more than the moment that decides. */
export const isRemoval = (edited: object): boolean => 'removed' in edited && edited.removed === true;

/** A client that decides by who removed, where somebody did, and by the moment else. */
const decidingBy = (decide: (here: boolean, elsewhere: boolean) => Winner | undefined) =>
  withSteps((own: Steps) => ({
    ...own,
    winner: (client, server) => decide(isRemoval(client), isRemoval(server)) ?? own.winner(client, server),
  }));

export const removalConflictFaults: readonly ClientFault[] = [
  {
    id: 'removal-elsewhere-loses',
    title: 'lets an own edit win over every removal by another device',
    requirement: 'SYNC-03',
    create: decidingBy((_here, elsewhere) => (elsewhere ? 'client' : undefined)),
  },
  {
    id: 'removal-elsewhere-wins',
    title: 'lets every removal by another device win over an own edit',
    requirement: 'SYNC-03',
    create: decidingBy((_here, elsewhere) => (elsewhere ? 'server' : undefined)),
  },
  {
    id: 'own-removal-wins',
    title: 'lets an own removal win over every edit by another device',
    requirement: 'SYNC-03',
    create: decidingBy((here) => (here ? 'client' : undefined)),
  },
  {
    id: 'own-removal-loses',
    title: 'lets every edit by another device win over an own removal',
    requirement: 'SYNC-03',
    create: decidingBy((here) => (here ? 'server' : undefined)),
  },
];
