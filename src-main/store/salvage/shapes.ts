import type { ReadDb } from '../database.ts';
import type { Cell, Value } from './cells.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  readonly pk: number;
}

/** How rows of a table lie in the file: enough to tell them from those of other tables. */
export interface Shape {
  readonly table: string;
  readonly columns: readonly string[];
  readonly hasRowid: boolean;
  /** The row in the order of `columns`; null when the cell cannot be one of this table. */
  rowOf(cell: Cell): readonly Value[] | null;
}

function fits({ type, notnull }: Column, value: Value): boolean {
  if (value === null) return notnull === 0;
  if (type === 'INTEGER') return typeof value === 'number' && Number.isSafeInteger(value);
  return type === 'TEXT' ? typeof value === 'string' : Buffer.isBuffer(value);
}

/** What a column added later reads as in rows written before it. */
function defaultOf({ dflt_value: text }: Column): Value {
  if (text === null) return null;
  return /^-?\d+$/.test(text) ? Number(text) : text.replace(/^'|'$/g, '');
}

function shapeOf(table: string, columns: readonly Column[], hasRowid: boolean): Shape {
  const keys = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  const stored = hasRowid ? columns : [...keys, ...columns.filter(({ pk }) => pk === 0)];
  const places = columns.map((column) => stored.indexOf(column));
  // With one whole-number key the row's id stands for it, and the column itself is stored empty.
  const idAt = hasRowid && keys.length === 1 && keys[0]?.type === 'INTEGER' ? columns.indexOf(keys[0]) : -1;
  return {
    table,
    columns: columns.map(({ name }) => name),
    hasRowid,
    rowOf({ rowid, values }) {
      if ((rowid !== null) !== hasRowid || values.length > columns.length) return null;
      if (idAt >= 0 && values[idAt] !== null) return null;
      const row: Value[] = [];
      for (const [i, column] of columns.entries()) {
        const at = places[i] ?? 0;
        const value = i === idAt ? rowid : at < values.length ? values[at] : defaultOf(column);
        if (value === undefined || !fits(column, value)) return null;
        row.push(value);
      }
      return row;
    },
  };
}

/** The tables of a database, as its schema says. */
export function shapesOf(db: ReadDb): readonly Shape[] {
  const tables = db
    .prepare(
      "SELECT name, wr FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%'",
    )
    .all() as { name: string; wr: number }[];
  const columns = db.prepare('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)');
  return tables.map(({ name, wr }) => shapeOf(name, columns.all(name) as Column[], wr === 0));
}
