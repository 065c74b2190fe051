/** Rows of one table as records. */
import type { SqlValue } from './driver.ts';
import type { Database } from './database.ts';

/** A table and its columns: the members of its record, each one once. */
export interface TableDescription<Row> {
  readonly name: string;
  /** `flag` for a boolean, which SQLite keeps as 0 or 1. */
  readonly columns: Readonly<Record<keyof Row & string, 'value' | 'flag'>>;
  /** The columns of which no two rows have the same. */
  readonly key: readonly (keyof Row & string)[];
}

/** Statements over one table; conditions are SQL with `?` for each value. */
export interface Rows<Row> {
  /** Stores a row in place of the one with the same key, whose place in the order it takes. */
  put(row: Row): void;
  /** The rows for which a condition holds, the oldest first. */
  all(condition: string): (...values: readonly SqlValue[]) => readonly Row[];
  /** The one row for which a condition holds. */
  one(condition: string): (...values: readonly SqlValue[]) => Row | undefined;
  /** Drops the rows for which a condition holds. */
  drop(condition: string): (...values: readonly SqlValue[]) => void;
}

export function rowsOf<Row>(db: Database, { name, columns, key }: TableDescription<Row>): Rows<Row> {
  const names = Object.keys(columns) as (keyof Row & string)[];
  const others = names.filter((column) => !key.includes(column));
  const change = others.map((column) => `${column} = excluded.${column}`).join(', ');
  const put = db.prepare(
    `INSERT INTO ${name} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
     ON CONFLICT (${key.join(', ')}) DO ${change === '' ? 'NOTHING' : `UPDATE SET ${change}`}`,
  );
  // A row comes as one JSON text, in which a zero byte is escaped: the driver cuts plain text off at one.
  const members = names.map((column) =>
    columns[column] === 'flag'
      ? `'${column}', json(iif(${column}, 'true', 'false'))`
      : `'${column}', ${column}`,
  );
  const select = (condition: string) =>
    db.prepare(
      `SELECT json_object(${members.join(', ')}) AS row FROM ${name} WHERE ${condition} ORDER BY ${name}.rowid`,
    );
  const read = (found: unknown): Row => JSON.parse((found as { row: string }).row) as Row;
  return {
    put: (row) => {
      put.run(...names.map((column) => valueOf(row[column])));
    },
    all(condition) {
      const statement = select(condition);
      return (...values) => statement.all(...values).map(read);
    },
    one(condition) {
      const statement = select(condition);
      return (...values) => {
        const found = statement.get(...values);
        return found === undefined ? undefined : read(found);
      };
    },
    drop(condition) {
      const statement = db.prepare(`DELETE FROM ${name} WHERE ${condition}`);
      return (...values) => {
        statement.run(...values);
      };
    },
  };
}

const valueOf = (member: unknown): SqlValue =>
  typeof member === 'boolean' ? Number(member) : (member as SqlValue);
