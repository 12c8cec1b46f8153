import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';

const folder = join(import.meta.dirname, 'fixtures', 'samples');

/** A tool's database as its sample writes it down: the statements that make its tables, and rows by table. */
export interface SampleDump {
  readonly ddl: readonly string[];
  readonly [table: string]: readonly (string | Readonly<Record<string, unknown>>)[];
}

export function sampleDump(name: string): SampleDump {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

type Cell = string | number | Uint8Array | null;

/** SQLite has no booleans and no objects: tools keep them as 0 and 1, and as JSON text. */
function cellOf(value: unknown): Cell {
  if (typeof value === 'boolean') return Number(value);
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return value;
  return typeof value === 'object' ? JSON.stringify(value) : (value as Cell);
}

/** Makes a real SQLite database at `path` from a dump and answers with the path. */
export function makeDatabase(path: string, dump: SampleDump): string {
  mkdirSync(dirname(path), { recursive: true });
  const db = new Database(path);
  for (const ddl of dump.ddl) db.exec(ddl);
  for (const [table, rows] of Object.entries(dump)) {
    if (table === 'ddl') continue;
    for (const row of rows) {
      const columns = Object.keys(row);
      const marks = columns.map(() => '?').join(', ');
      const cells = Object.values(row).map(cellOf);
      db.prepare(`INSERT INTO "${table}" (${columns.map((c) => `"${c}"`).join(', ')}) VALUES (${marks})`).run(
        ...cells,
      );
    }
  }
  db.close();
  return path;
}
