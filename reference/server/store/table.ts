/** Tables in memory whose changes can be taken back. */

/** What to do to take back the changes of the transaction that is under way. */
export interface Journal {
  /** Notes how a change is taken back. */
  record(undo: () => void): void;
  /** Takes back every change that `act` made, where it throws. One inside another is part of the outer one. */
  transaction<T>(act: () => T): T;
}

export function createJournal(): Journal {
  let undos: (() => void)[] | undefined;
  return {
    record: (undo) => void undos?.push(undo),
    transaction(act) {
      if (undos !== undefined) return act();
      undos = [];
      try {
        return act();
      } catch (error) {
        for (const undo of undos.reverse()) undo();
        throw error;
      } finally {
        undos = undefined;
      }
    },
  };
}

/** Rows under one key, in the order in which they were added. */
export interface Table<V> {
  get(key: string): V | undefined;
  set(key: string, row: V): void;
  delete(key: string): void;
  entries(): Iterable<readonly [key: string, row: V]>;
}

export function createTable<V>(journal: Journal): Table<V> {
  const rows = new Map<string, V>();
  const write = (key: string, row: V | undefined): void => {
    if (row === undefined) rows.delete(key);
    else rows.set(key, row);
  };
  const change = (key: string, row: V | undefined): void => {
    const before = rows.get(key);
    journal.record(() => {
      write(key, before);
    });
    write(key, row);
  };
  return {
    get: (key) => rows.get(key),
    set: change,
    delete: (key) => {
      change(key, undefined);
    },
    entries: () => rows,
  };
}

/** Rows under two keys: all of one first key are found without a look at the others. */
export interface Index<V> {
  get(first: string, second: string): V | undefined;
  set(first: string, second: string, row: V): void;
  delete(first: string, second: string): void;
  /** The rows of a first key by their second, as they are now. */
  of(first: string): readonly (readonly [second: string, row: V])[];
}

export function createIndex<V>(journal: Journal): Index<V> {
  const tables = new Map<string, Map<string, V>>();
  const write = (first: string, second: string, row: V | undefined): void => {
    const table = tables.get(first) ?? new Map<string, V>();
    if (row === undefined) table.delete(second);
    else table.set(second, row);
    if (table.size === 0) tables.delete(first);
    else tables.set(first, table);
  };
  const change = (first: string, second: string, row: V | undefined): void => {
    const before = tables.get(first)?.get(second);
    journal.record(() => {
      write(first, second, before);
    });
    write(first, second, row);
  };
  return {
    get: (first, second) => tables.get(first)?.get(second),
    set: change,
    delete: (first, second) => {
      change(first, second, undefined);
    },
    of: (first) => [...(tables.get(first) ?? [])],
  };
}

/** Hands out a row and forgets it. */
export function take<V>(table: Table<V>, key: string): V | undefined {
  const found = table.get(key);
  table.delete(key);
  return found;
}

export function dropWhere<V>(table: Table<V>, holds: (row: V) => boolean): void {
  for (const [key, row] of table.entries()) if (holds(row)) table.delete(key);
}

/** Forgets rows that have expired. All rows of a table last equally long, so those that have expired stand in front. */
export function dropFront(table: Table<{ readonly expires: number }>, now: number): void {
  for (const [key, { expires }] of table.entries()) {
    if (expires > now) return;
    table.delete(key);
  }
}
