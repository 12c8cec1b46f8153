import { mappedImporterId } from '../importers/index.ts';
import type { Book, Outcome } from '../ledger/book.ts';
import { utcDay } from '../ledger/day.ts';
import { createRowIds, type Identity, identityOf } from '../ledger/identity.ts';
import type { Importer, RowOutcome } from '../platform/importer.ts';
import type { ImportedRecord } from '../platform/record.ts';
import type { WriteDb } from '../store/database.ts';
import { createRefusals } from '../store/imports.ts';
import { troubleIn } from './limits.ts';
import type { Place } from './place.ts';
import { newTally, noteDay, type Tally } from './tally.ts';

export interface SeenRecord {
  readonly line: number;
  readonly record: ImportedRecord;
  /** Known once the book is settled. */
  outcome: Outcome;
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
  /** Keeps this many of the first records to show. */
  readonly shown?: number;
  /** Called for every row refused. */
  readonly refused?: (refusal: Refusal) => void;
}

/** Takes one import's outcomes into the book and keeps the tally: accepted + duplicate + refused is every row with usage. */
export interface Intake {
  /** Right once the book is settled, as is `firstRecords`. */
  readonly tally: Tally;
  readonly firstRecords: readonly SeenRecord[];
  take(outcome: RowOutcome, line: number, raw: string | null, file?: string): void;
}

type Settled = (outcome: Outcome) => void;

/** One record and where it stands. */
interface Said {
  readonly record: ImportedRecord;
  readonly line: number;
  readonly raw: string | null;
  readonly file: string | undefined;
}

/** What stands for a row's text where it is a record's identity: a row can state several. */
function rawOf(raw: string | null, record: number): string | null {
  return raw === null ? null : `${raw}\u0000${record}`;
}

/** What adds up has to be of one kind: of one charge and currency, and priced alike. */
function partKey(key: string, { charge = 'usage', amount, model, provider }: ImportedRecord): string {
  return [key, charge, amount?.currency ?? '', provider, model ?? ''].join('\u001f');
}

export function createIntake(options: IntakeOptions): Intake {
  const { book, importer, importId } = options;
  const tally = newTally();
  const refuse = createRefusals(options.db);
  const rowIds = new Map<string, ReturnType<typeof createRowIds>>();
  const firstRecords: SeenRecord[] = [];
  const shown = options.shown ?? 0;

  const scopeOf = (place: Place): string =>
    importer.keyScope === 'global' ? (importer.keySpace ?? importer.id) : `${importer.id}#${place.sourceId}`;

  // The day is part of what a table's row is; columns of a file that was mapped by hand can be understood anew, and
  // ids shared with importers of another kind must come out the same.
  const isWithinDay =
    importer.kind === 'table' && importer.keySpace === undefined && importer.id !== mappedImporterId;

  const addsUp = importer.rowsAddUp === true && options.claims;

  const identityFor = (record: ImportedRecord, place: Place, raw: string | null): Identity => {
    const scope = scopeOf(place);
    const day = isWithinDay ? utcDay(record.at) : null;
    if (record.key !== undefined && addsUp) return identityOf(scope, partKey(record.key, record), day);
    if (record.key !== undefined) return identityOf(scope, record.key, day);
    let ids = rowIds.get(scope);
    if (ids === undefined) {
      ids = createRowIds();
      rowIds.set(scope, ids);
    }
    return identityOf(scope, ids(raw ?? JSON.stringify(record)), day);
  };

  const countRow = (outcome: Outcome): void => {
    if (outcome === 'duplicate') tally.duplicate++;
    else tally.accepted++;
    if (outcome === 'updated') tally.updated++;
  };

  /** Keeps a record to show; what became of it is filled in when that is known. */
  const show = (record: ImportedRecord, line: number, settled: Settled): Settled => {
    if (firstRecords.length >= shown) return settled;
    const seen: SeenRecord = { line, record, outcome: 'duplicate' };
    firstRecords.push(seen);
    return (outcome) => {
      seen.outcome = outcome;
      settled(outcome);
    };
  };

  const enter = ({ record, line, raw, file }: Said, settled: Settled): void => {
    const place = options.placeOf(record);
    noteDay(tally, utcDay(record.at));
    book.enter({
      importId,
      sourceId: place.sourceId,
      importer,
      identity: identityFor(record, place, raw),
      claims: options.claims,
      addsUp,
      file,
      line,
      record,
      settled: show(record, line, settled),
    });
  };

  /** A row that states several records is one row: it is new when any of them is. */
  const enterAll = (records: readonly ImportedRecord[], row: Omit<Said, 'record'>): void => {
    const outcomes = new Set<Outcome>();
    let open = records.length;
    const settled = (outcome: Outcome): void => {
      outcomes.add(outcome);
      if (--open > 0) return;
      countRow((['accepted', 'updated'] as const).find((each) => outcomes.has(each)) ?? 'duplicate');
    };
    for (const [i, record] of records.entries()) enter({ ...row, record, raw: rawOf(row.raw, i) }, settled);
  };

  const turnDown = (line: number, reason: string, raw: string | null, file: string | undefined): void => {
    tally.refused++;
    const refusal = { file: file ?? null, line, reason, raw: importer.holdsPrompts ? null : raw };
    refuse(importId, refusal);
    options.refused?.(refusal);
  };

  const takeRecords = (records: readonly ImportedRecord[], row: Omit<Said, 'record'>): void => {
    const [record] = records;
    const trouble = troubleIn(records);
    if (trouble !== null) turnDown(row.line, trouble, row.raw, row.file);
    else if (records.length === 1 && record !== undefined)
      enter({ record, line: row.line, raw: rawOf(row.raw, 0), file: row.file }, countRow);
    else enterAll(records, row);
  };

  return {
    tally,
    firstRecords,
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
