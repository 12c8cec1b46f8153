import type { Book, Outcome } from '../ledger/book.ts';
import { utcDay } from '../ledger/day.ts';
import type { PackedEntry } from '../ledger/enter-packed.ts';
import type { Identity } from '../ledger/identity.ts';
import type { PackedRows } from '../ledger/packed.ts';
import type { Importer, RowOutcome } from '../platform/importer.ts';
import type { ImportedRecord } from '../platform/record.ts';
import type { WriteDb } from '../store/database.ts';
import { createRefusals } from '../store/imports.ts';
import { createIdentify, rawOf } from './identify.ts';
import { troubleIn } from './limits.ts';
import type { Place } from './place.ts';
import type { ShownRow } from './rows/piece.ts';
import type { Origin } from './source-finder.ts';
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
  readonly placeOf: (record: Origin) => Place;
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
  /** Takes the records of one row, of which is known already that the ledger can hold them, and who they are. */
  takeIdentified(records: readonly ImportedRecord[], identities: readonly Identity[], line: number): void;
  /** A way in for rows that one thread packs, of an import whose rows do not add up. */
  packedStream(): TakePacked;
}

/** Where packed rows stand, and which of them are shown. */
export interface PackedFrom {
  /** Path of the log file; left out for an imported file. */
  readonly file?: string;
  readonly shown?: readonly ShownRow[];
}

export type TakePacked = (packed: PackedRows, from: PackedFrom) => void;

type Settled = (outcome: Outcome) => void;

/** One record and where it stands. */
interface Said {
  readonly record: ImportedRecord;
  readonly line: number;
  readonly raw: string | null;
  readonly file: string | undefined;
  /** Where another thread worked it out already. */
  readonly identity?: Identity | undefined;
}

type RowOf = Omit<Said, 'record' | 'identity'>;

/** Whether rows of one key are parts of one charge. */
export function doesAddUp(importer: Importer, { claims }: Pick<IntakeOptions, 'claims'>): boolean {
  return importer.rowsAddUp === true && claims;
}

export function createIntake(options: IntakeOptions): Intake {
  const { book, importer, importId } = options;
  const tally = newTally();
  const refuse = createRefusals(options.db);
  const firstRecords: SeenRecord[] = [];
  const shown = options.shown ?? 0;

  const addsUp = doesAddUp(importer, options);
  const identify = createIdentify({ importer, addsUp });

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

  const enter = ({ record, line, raw, file, identity }: Said, settled: Settled): void => {
    const place = options.placeOf(record);
    noteDay(tally, utcDay(record.at));
    book.enter({
      importId,
      sourceId: place.sourceId,
      importer,
      identity: identity ?? identify(record, place.sourceId, raw),
      claims: options.claims,
      addsUp,
      file,
      line,
      record,
      settled: show(record, line, settled),
    });
  };

  /** A row that states several records is one row: it is new when any of them is. */
  const enterAll = (records: readonly ImportedRecord[], row: RowOf, known?: readonly Identity[]): void => {
    const outcomes = new Set<Outcome>();
    let open = records.length;
    const settled = (outcome: Outcome): void => {
      outcomes.add(outcome);
      if (--open > 0) return;
      countRow((['accepted', 'updated'] as const).find((each) => outcomes.has(each)) ?? 'duplicate');
    };
    for (const [i, record] of records.entries())
      enter({ ...row, record, raw: rawOf(row.raw, i), identity: known?.[i] }, settled);
  };

  const turnDown = (line: number, reason: string, raw: string | null, file: string | undefined): void => {
    tally.refused++;
    const refusal = { file: file ?? null, line, reason, raw: importer.holdsPrompts ? null : raw };
    refuse(importId, refusal);
    options.refused?.(refusal);
  };

  const takeRecords = (records: readonly ImportedRecord[], row: RowOf): void => {
    const [record] = records;
    const trouble = troubleIn(records);
    if (trouble !== null) turnDown(row.line, trouble, row.raw, row.file);
    else if (records.length === 1 && record !== undefined)
      enter({ record, line: row.line, raw: rawOf(row.raw, 0), file: row.file }, countRow);
    else enterAll(records, row);
  };

  let packedEntry: PackedEntry | undefined;
  const packedStream = (): TakePacked => {
    packedEntry ??= book.packed({ importId, importer, claims: options.claims });
    const enterPacked = packedEntry.stream();
    return (packed, { file, shown: toShow = [] }) => {
      const settledBy = new Map(
        toShow.map(({ place, line, record }) => [place, show(record, line, countRow)] as const),
      );
      let place = 0;
      const settled = (at: number, outcome: Outcome): void => {
        noteDay(tally, utcDay(at));
        const settledRow = settledBy.size === 0 ? countRow : (settledBy.get(place++) ?? countRow);
        settledRow(outcome);
      };
      enterPacked(packed, settled, file);
    };
  };

  return {
    tally,
    firstRecords,
    takeIdentified: (records, identities, line) =>
      enterAll(records, { line, raw: null, file: undefined }, identities),
    packedStream,
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
