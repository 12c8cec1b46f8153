import type { Json } from '../platform/json.ts';
import type { ReadDb, WriteDb } from './database.ts';

/** How far each log file was read, per importer; opaque JSON of the log reader. */
export function loadCursors(db: ReadDb, importer: string): Map<string, Json> {
  const rows = db.prepare('SELECT path, cursor FROM cursors WHERE importer = ?').all(importer) as {
    path: string;
    cursor: string;
  }[];
  return new Map(rows.map((row) => [row.path, JSON.parse(row.cursor) as Json]));
}

/** The same of the named files only: a tool can have ten thousand. */
export function loadCursorsOf(db: ReadDb, importer: string, paths: readonly string[]): Map<string, Json> {
  const get = db.prepare('SELECT cursor FROM cursors WHERE importer = ? AND path = ?').pluck();
  const found = paths.flatMap((path) => {
    const cursor = get.get(importer, path) as string | undefined;
    return cursor === undefined ? [] : [[path, JSON.parse(cursor) as Json] as const];
  });
  return new Map(found);
}

/** Whether anything of an importer, or of any, has been read and not been taken back. */
export function hasCursors(db: ReadDb, importer: string | null): boolean {
  return (
    db
      .prepare('SELECT EXISTS (SELECT 1 FROM cursors WHERE @importer IS NULL OR importer = @importer)')
      .pluck()
      .get({ importer }) === 1
  );
}

export function createCursorWriter(db: WriteDb): (importer: string, path: string, cursor: Json) => void {
  const put = db.prepare('INSERT OR REPLACE INTO cursors (importer, path, cursor) VALUES (?, ?, ?)');
  return (importer, path, cursor) => void put.run(importer, path, JSON.stringify(cursor));
}

/** Forgets how far an importer has read, so that the next scan starts over; known records come out as duplicates. */
export function clearCursors(db: WriteDb, importer: string): void {
  db.prepare('DELETE FROM cursors WHERE importer = ?').run(importer);
}
