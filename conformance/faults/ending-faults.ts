/** Clients that end an account on their own side only (7.9, 7.10). */
import { withVerbs, type ClientFault } from './client-parts.ts';

export const endingFaults: readonly ClientFault[] = [
  {
    id: 'reset-local',
    title: 'resets without telling the server',
    requirement: 'RESET-05',
    create: withVerbs(() => ({ reset: () => Promise.resolve({}) })),
  },
  {
    id: 'deletion-local',
    title: 'deletes the account without telling the server',
    requirement: 'DELETE-03',
    create: withVerbs(() => ({ deleteAccount: () => Promise.resolve({}) })),
  },
];
