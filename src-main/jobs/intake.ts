import type { Book, Entered } from '../ledger/book.ts';
import { createRowKeys, keyOf } from '../ledger/identity.ts';
import type { Importer, RowOutcome } from '../platform/importer.ts';
import { type ImportedRecord, tokenBuckets } from '../platform/record.ts';
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
  /** Whether that a record is stated again is a claim of its own: not for logs read again. */
  readonly claims: boolean;
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

/** One record and where it stands. */
interface Said {
  readonly record: ImportedRecord;
  readonly line: number;
  readonly raw: string | null;
  readonly file: string | undefined;
}

/** At the dearest rate there is, the cost of more would not be an exact number. */
const mostTokens = 10_000_000_000;

export function createIntake(options: IntakeOptions): Intake {
  const { book, importer, importId } = options;
  const tally = newTally();
  const refuse = createRefusals(options.db);
  const rowKeys = new Map<string, RowKeys>();

  const scopeOf = (place: Place): string =>
    importer.keyScope === 'global' ? (importer.keySpace ?? importer.id) : `${importer.id}#${place.sourceId}`;

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

  const enter = ({ record, line, raw, file }: Said): Entered => {
    const place = options.placeOf(record);
    const entered = book.enter({
      importId,
      sourceId: place.sourceId,
      importer,
      key: keyFor(record, place, raw),
      claims: options.claims,
      file,
      line,
      record,
    });
    noteEntered(tally, entered);
    options.seen?.({ line, record, entered });
    return entered;
  };

  /** A row that states several records is one row: it is new when any of them is. */
  const enterAll = (records: readonly ImportedRecord[], row: Omit<Said, 'record'>): void => {
    const outcomes = records.map((record, i) => {
      const raw = row.raw === null ? null : `${row.raw}\u0000${i}`;
      return enter({ ...row, record, raw }).outcome;
    });
    if (outcomes.includes('accepted')) tally.accepted++;
    else if (outcomes.includes('updated')) {
      tally.accepted++;
      tally.updated++;
    } else tally.duplicate++;
  };

  const turnDown = (line: number, reason: string, raw: string | null, file: string | undefined): void => {
    tally.refused++;
    const refusal = { file: file ?? null, line, reason, raw: importer.holdsPrompts ? null : raw };
    refuse(importId, refusal);
    options.refused?.(refusal);
  };

  const takeRecords = (records: readonly ImportedRecord[], row: Omit<Said, 'record'>): void => {
    const large = records.some(({ tokens }) => tokenBuckets.some((bucket) => tokens[bucket] > mostTokens));
    if (large) turnDown(row.line, 'more tokens than one row can hold (10,000,000,000)', row.raw, row.file);
    else enterAll(records, row);
  };

  return {
    tally,
    take(outcome, line, raw, file) {
      const row = { line, raw, file };
      switch (outcome.kind) {
        case 'record':
          return takeRecords([outcome.record], row);
        case 'records':
          return outcome.records.length === 0 ? void tally.skipped++ : takeRecords(outcome.records, row);
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
