/** What outlives a server in this process: the writes to its store, done again in a new one after a restart (HTTP-14). */
import { createMemoryStore, type Store } from '../../reference/index.ts';

/** Everything that writes; a read and what only forgets what has expired leave nothing to do again. */
const WRITES = [
  ...(['addAccount', 'replaceAccount', 'setVerified', 'dropAccount'] as const),
  ...(['addStarter', 'takeStarter', 'dropStarters', 'addSession', 'dropSession', 'dropSessions'] as const),
  ...(['addConfirmation', 'takeConfirmation', 'dropConfirmations'] as const),
  ...(['addCode', 'countWrongCode', 'dropCode'] as const),
  ...(['addGroup', 'dropGroup', 'putLink', 'dropLink', 'putResource'] as const),
  ...(['addTeam', 'leaveTeams', 'secret'] as const),
] satisfies (keyof Store)[];

/** One write, as it was made. */
export type Write = {
  readonly [Name in (typeof WRITES)[number]]: {
    readonly name: Name;
    readonly given: Readonly<Parameters<Store[Name]>>;
  };
}[(typeof WRITES)[number]];

/** How a process ends. */
export type Signal = 'SIGTERM' | 'SIGKILL';

/** What of the writes is there after a restart. */
export type Survives = (writes: readonly Write[], signal: Signal) => readonly Write[];

export interface Disk {
  /** The store of the server that runs; a new one with every restart. */
  open(): Store;
  /** Ends the store, so that nothing that its server still does counts; the next one holds what outlives it. */
  restart(signal: Signal): void;
  /** Ends the store for good. */
  close(): void;
}

/** What a right server has after a restart: everything but the logins that were begun. */
export const surviving = (writes: readonly Write[]): readonly Write[] =>
  writes.filter(({ name }) => !['addStarter', 'takeStarter', 'dropStarters'].includes(name));

/** @param survives - what of the writes is there after a restart; everything but starters by default */
export function createDisk(survives: Survives = surviving): Disk {
  let writes: Write[] = [];
  return {
    open() {
      const store = createMemoryStore();
      for (const { name, given } of writes) (store[name] as (...given: unknown[]) => unknown)(...given);
      return noting(store, writes);
    },
    restart(signal) {
      writes = [...survives(writes, signal)];
    },
    close: () => undefined,
  };
}

/** A store whose writes are noted, but for those that a transaction takes back. */
function noting(store: Store, writes: Write[]): Store {
  const noted = WRITES.map((name) => {
    const write = (...given: unknown[]): unknown => {
      writes.push({ name, given } as unknown as Write);
      return (store[name] as (...given: unknown[]) => unknown)(...given);
    };
    return [name, write] as const;
  });
  return {
    ...store,
    ...(Object.fromEntries(noted) as unknown as Pick<Store, (typeof WRITES)[number]>),
    transaction(act) {
      const before = writes.length;
      try {
        return store.transaction(act);
      } catch (error) {
        writes.length = before;
        throw error;
      }
    },
  };
}
