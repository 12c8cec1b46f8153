import type { WriteDb } from './database.ts';

/** What one import says of a record another import already brought; a null body says exactly the same. */
export interface Observation {
  readonly record_id: number;
  readonly import_id: number;
  readonly source_id: number;
  readonly file_id: number;
  readonly line: number | null;
  readonly body: string | null;
}

export interface ObservationTable {
  get(recordId: number, importId: number): Observation | undefined;
  ofRecord(recordId: number): readonly Observation[];
  /** Records this import also saw, without being their owner. */
  recordsOf(importId: number): readonly number[];
  put(observation: Observation): void;
  /** Gives every observation that said "the same" the content it meant, before that content changes. */
  pin(recordId: number, body: string): void;
  remove(recordId: number, importId: number): void;
}

export function observationTable(db: WriteDb): ObservationTable {
  const get = db.prepare('SELECT * FROM observations WHERE record_id = ? AND import_id = ?');
  const ofRecord = db.prepare('SELECT * FROM observations WHERE record_id = ? ORDER BY import_id');
  const recordsOf = db.prepare('SELECT record_id FROM observations WHERE import_id = ?').pluck();
  const put = db.prepare(
    `INSERT OR REPLACE INTO observations (record_id, import_id, source_id, file_id, line, body)
     VALUES (@record_id, @import_id, @source_id, @file_id, @line, @body)`,
  );
  const pin = db.prepare('UPDATE observations SET body = ? WHERE record_id = ? AND body IS NULL');
  const remove = db.prepare('DELETE FROM observations WHERE record_id = ? AND import_id = ?');
  return {
    get: (recordId, importId) => get.get(recordId, importId) as Observation | undefined,
    ofRecord: (recordId) => ofRecord.all(recordId) as Observation[],
    recordsOf: (importId) => recordsOf.all(importId) as number[],
    put: (observation) => void put.run(observation),
    pin: (recordId, body) => void pin.run(body, recordId),
    remove: (recordId, importId) => void remove.run(recordId, importId),
  };
}
