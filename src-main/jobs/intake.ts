import type { Book, Entered } from '../ledger/book.ts';
import { createRowKeys, keyOf } from '../ledger/identity.ts';
import type { Importer, RowOutcome } from '../platform/importer.ts';
import type { ImportedRecord } from '../platform/record.ts';
import type { WriteDb } from '../store/database.ts';
import { createRefusals } from '../store/imports.ts';
import type { Place } from './place.ts';
import { newTally, noteEntered, type Tally } from './tally.ts';

export interface SeenRecord {
  readonly line: number;
  readonly record: ImportedRecord;
  readonly entered: Entered;
}

export interface Refusal {
  readonly file: string | null;
  readonly line: number;
  readonly reason: string;
  readonly raw: string | null;
}

export interface IntakeOptions {
  readonly db: WriteDb;
  readonly book: Book;
  readonly importer: Importer;
  readonly importId: number;
  readonly placeOf: (record: Pick<ImportedRecord, 'provider' | 'cut' | 'coveredByPlan'>) => Place;
  /** Called for every record entered and every row refused. */
  readonly seen?: (seen: SeenRecord) => void;
  readonly refused?: (refusal: Refusal) => void;
}

/** Takes one import's outcomes into the book and keeps the tally: accepted + duplicate + refused is every row with usage. */
export interface Intake {
  readonly tally: Tally;
  take(outcome: RowOutcome, line: number, raw: string | null, file?: string): void;
}

type RowKeys = (raw: string) => Buffer;

export function createIntake(options: IntakeOptions): Intake {
  const { book, importer, importId } = options;
  const tally = newTally();
  const refuse = createRefusals(options.db);
  const rowKeys = new Map<string, RowKeys>();

  const scopeOf = (place: Place): string =>
    importer.keyScope === 'global' ? importer.id : `${importer.id}#${place.sourceId}`;

  const keyFor = (record: ImportedRecord, place: Place, raw: string | null): Buffer => {
    const scope = scopeOf(place);
    if (record.key !== undefined) return keyOf(scope, record.key);
    let keys = rowKeys.get(scope);
    if (keys === undefined) {
      keys = createRowKeys(scope);
      rowKeys.set(scope, keys);
    }
    return keys(raw ?? JSON.stringify(record));
  };

  const enter = (record: ImportedRecord, line: number, raw: string | null): Entered => {
    const place = options.placeOf(record);
    const entered = book.enter({
      importId,
      sourceId: place.sourceId,
      importer,
      key: keyFor(record, place, raw),
      line,
      record,
    });
    noteEntered(tally, entered);
    options.seen?.({ line, record, entered });
    return entered;
  };

  /** A row that states several records is one row: it is new when any of them is. */
  const enterAll = (records: readonly ImportedRecord[], line: number, raw: string | null): void => {
    const outcomes = records.map(
      (record, i) => enter(record, line, raw === null ? null : `${raw}\u0000${i}`).outcome,
    );
    if (outcomes.includes('accepted')) tally.accepted++;
    else if (outcomes.includes('updated')) {
      tally.accepted++;
      tally.updated++;
    } else tally.duplicate++;
  };

  const turnDown = (line: number, reason: string, raw: string | null, file: string | undefined): void => {
    tally.refused++;
    const refusal = { file: file ?? null, line, reason, raw };
    refuse(importId, refusal);
    options.refused?.(refusal);
  };

  return {
    tally,
    take(outcome, line, raw, file) {
      switch (outcome.kind) {
        case 'record':
          return enterAll([outcome.record], line, raw);
        case 'records':
          return outcome.records.length === 0 ? void tally.skipped++ : enterAll(outcome.records, line, raw);
        case 'duplicate':
          return void tally.duplicate++;
        case 'skip':
          return void tally.skipped++;
        case 'refuse':
          return turnDown(line, outcome.reason, raw, file);
      }
    },
  };
}
