import type { WriteDb } from './database.ts';
import { type RecordRow, recordHash } from './record-row.ts';

type Value = number | string | null;

/** Columns that hold something in every row. */
const always = ['key_a', 'key_b', 'facet_id', 'line', 'at', 'input', 'output', 'cost_nano_usd'];
/** Columns that hold the same in all rows of most files, and what that is. The order is that of the bits of a mask. */
const optional = [
  ['cache_read', '0'],
  ['reasoning', '0'],
  ['amount', 'NULL'],
  ['vendor_call_id', 'NULL'],
  ['session_id', '0'],
  ['file_id', '0'],
  ['extras', 'NULL'],
  ['cache_write_5m', '0'],
  ['cache_write_1h', '0'],
  ['cache_write_unknown', '0'],
  ['precedence', '0'],
  ['requests', '1'],
] as const;

/** Which optional columns a row has another value in, a bit for each. Written out, as is all that runs for every row of every import. */
function maskOf(r: RecordRow): number {
  return (
    (r.cache_read === 0 ? 0 : 1) |
    (r.reasoning === 0 ? 0 : 2) |
    (r.amount === null ? 0 : 4) |
    (r.vendor_call_id === null ? 0 : 8) |
    (r.session_id === 0 ? 0 : 16) |
    (r.file_id === 0 ? 0 : 32) |
    (r.extras === null ? 0 : 64) |
    (r.cache_write_5m === 0 ? 0 : 128) |
    (r.cache_write_1h === 0 ? 0 : 256) |
    (r.cache_write_unknown === 0 ? 0 : 512) |
    (r.precedence === 0 ? 0 : 1024) |
    (r.requests === 1 ? 0 : 2048)
  );
}

/** Writes what a row binds from `at` on, and answers where the next one begins. */
function putRow(into: Value[], from: number, mask: number, r: RecordRow): number {
  let at = from;
  into[at++] = r.key_a;
  into[at++] = r.key_b;
  into[at++] = r.facet_id;
  into[at++] = r.line;
  into[at++] = r.at;
  into[at++] = r.input;
  into[at++] = r.output;
  into[at++] = r.cost_nano_usd;
  into[at++] = recordHash(r);
  if ((mask & 1) !== 0) into[at++] = r.cache_read;
  if ((mask & 2) !== 0) into[at++] = r.reasoning;
  if ((mask & 4) !== 0) into[at++] = r.amount;
  if ((mask & 8) !== 0) into[at++] = r.vendor_call_id;
  if ((mask & 16) !== 0) into[at++] = r.session_id;
  if ((mask & 32) !== 0) into[at++] = r.file_id;
  if ((mask & 64) !== 0) into[at++] = r.extras;
  if ((mask & 128) !== 0) into[at++] = r.cache_write_5m;
  if ((mask & 256) !== 0) into[at++] = r.cache_write_1h;
  if ((mask & 512) !== 0) into[at++] = r.cache_write_unknown;
  if ((mask & 1024) !== 0) into[at++] = r.precedence;
  if ((mask & 2048) !== 0) into[at++] = r.requests;
  return at;
}

/** The import is part of the statement: all its rows share it. */
function insertSql(importId: number, mask: number, rows: number): string {
  const columns = ['import_id', ...always, 'row_hash', ...optional.map(([column]) => column)];
  const marks = optional.map(([, nothing], bit) => ((mask & (1 << bit)) === 0 ? nothing : '?'));
  const one = `(${Math.trunc(importId)}, ${always.map(() => '?').join(', ')}, ?, ${marks.join(', ')})`;
  return `INSERT INTO records (${columns.join(', ')}) VALUES ${Array(rows).fill(one).join(', ')}
    ON CONFLICT (key_a, key_b) DO NOTHING`;
}

/** The rows from one place to before another. */
interface Span {
  readonly rows: readonly RecordRow[];
  readonly from: number;
  readonly to: number;
}

interface Shape {
  readonly insert: (values: readonly Value[]) => {
    readonly changes: number;
    readonly lastInsertRowid: number;
  };
  /** What it binds, made once: only its content changes. */
  readonly values: Value[];
}

/**
 * Rows of one statement. What costs is each value handed to SQLite, so columns without content are part of the
 * statement; then 80 rows are some hundredths faster than 40 and as fast as more (measured).
 */
const rowsAtOnce = 80;

/** Inserts the first `count` rows, except those whose identity is known, and answers at which places those stand. */
export type InsertRecords = (rows: readonly RecordRow[], count?: number) => readonly number[];

export function createRecordInsert(db: WriteDb): InsertRecords {
  const shapes = new Map<string, Shape>();
  const keysAbove = db.prepare('SELECT key_a, key_b FROM records WHERE id > ? ORDER BY id').raw();

  const shapeOf = (importId: number, mask: number, rows: number): Shape => {
    const name = `${importId}|${mask}|${rows}`;
    const known = shapes.get(name);
    if (known !== undefined) return known;
    const statement = db.prepare(insertSql(importId, mask, rows));
    // Arguments one by one: SQLite's binding takes far longer to ask an array for its elements (measured).
    const insert = (values: readonly Value[]) => statement.run(...values) as ReturnType<Shape['insert']>;
    const shape = { insert, values: [] };
    shapes.set(name, shape);
    return shape;
  };

  const insertSpan = (span: Span, known: number[]): void => {
    const { rows, from, to } = span;
    let mask = 0;
    for (let i = from; i < to; i++) mask |= maskOf(rows[i] as RecordRow);
    const { insert, values } = shapeOf((rows[from] as RecordRow).import_id, mask, to - from);
    let at = 0;
    for (let i = from; i < to; i++) at = putRow(values, at, mask, rows[i] as RecordRow);
    const { changes, lastInsertRowid } = insert(values);
    if (changes === to - from) return;
    // Where nothing was inserted, the last id is that of an earlier statement, perhaps on another table.
    const fresh = changes === 0 ? [] : (keysAbove.all(lastInsertRowid - changes) as [number, number][]);
    addKnown(known, span, fresh);
  };

  return (rows, count = rows.length) => {
    const known: number[] = [];
    for (let from = 0; from < count; ) {
      const isWhole = from + rowsAtOnce <= count && isOfOneImport({ rows, from, to: from + rowsAtOnce });
      const to = isWhole ? from + rowsAtOnce : from + 1;
      insertSpan({ rows, from, to }, known);
      from = to;
    }
    return known;
  };
}

/** Rows that were inserted stand in their order: the others are those in between. */
function addKnown(known: number[], { rows, from, to }: Span, fresh: readonly (readonly number[])[]): void {
  let next = 0;
  for (let i = from; i < to; i++) {
    const [a, b] = fresh[next] ?? [];
    if (rows[i]?.key_a === a && rows[i]?.key_b === b) next++;
    else known.push(i);
  }
}

function isOfOneImport({ rows, from, to }: Span): boolean {
  const { import_id } = rows[from] as RecordRow;
  for (let i = from + 1; i < to; i++) if (rows[i]?.import_id !== import_id) return false;
  return true;
}
