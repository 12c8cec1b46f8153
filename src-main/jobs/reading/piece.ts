import type { FoundLogFile } from '../../importers/pipeline/log-files.ts';
import type { LogCursor } from '../../importers/pipeline/log-reader.ts';
import type { LogImporter, RowOutcome } from '../../platform/importer.ts';
import { mergeRecords } from '../../platform/merge.ts';
import type { ImportedRecord } from '../../platform/record.ts';
import { refusedRawLimit } from '../../store/imports.ts';
import { troubleIn } from '../limits.ts';

/** A log to read, and where the last reading ended. */
export interface LogToRead {
  readonly file: FoundLogFile;
  readonly cursor: LogCursor | null;
}

/** What one line, or several lines of one reply, came to. */
export interface Taken {
  readonly line: number;
  readonly outcome: RowOutcome;
  /** The line, where its identity or the user needs it; null else. */
  readonly raw: string | null;
  /** Further lines that say the same reply, merged into this one. */
  readonly repeats: number;
}

/** A part of what a file held, in the order of its lines. */
export interface Piece {
  readonly taken: readonly Taken[];
  readonly duplicate: number;
  readonly skipped: number;
}

interface Open {
  outcome: RowOutcome;
  repeats: number;
  readonly line: number;
  readonly raw: string | null;
}

/** Gathers outcomes into pieces. Lines of one reply are merged where the format's rule gives the same in any order. */
export interface Gatherer {
  take(line: number, outcome: RowOutcome, raw: string): void;
  /** What was gathered since the last call. */
  cut(): Piece;
  /** Whether it is time to cut: pieces wait in memory, and cross threads as one text each. */
  readonly isFull: boolean;
}

const pieceRows = 2_000;
const pieceCharacters = 4 * 1024 ** 2;

/** Whether two records of one key go to one source: only then are they one, whatever else they say. */
export function haveOneOrigin(a: ImportedRecord, b: ImportedRecord): boolean {
  return a.provider === b.provider && a.cut === b.cut && a.coveredByPlan === b.coveredByPlan;
}

/** What the ledger would refuse is refused here, before it is merged with lines that are well. */
function refusedIfTroubled(outcome: RowOutcome): RowOutcome {
  const records =
    outcome.kind === 'record' ? [outcome.record] : outcome.kind === 'records' ? outcome.records : [];
  const reason = troubleIn(records);
  return reason === null ? outcome : { kind: 'refuse', reason };
}

export function createGatherer(importer: Pick<LogImporter, 'merge'>): Gatherer {
  let taken: Open[] = [];
  let byKey = new Map<string, Open>();
  let duplicate = 0;
  let skipped = 0;
  let characters = 0;

  const add = (line: number, outcome: RowOutcome, raw: string | null): Open => {
    const open = { line, outcome, raw, repeats: 0 };
    taken.push(open);
    characters += raw?.length ?? 0;
    return open;
  };

  const addRecord = (line: number, record: ImportedRecord, raw: string): void => {
    const { key } = record;
    const outcome = { kind: 'record', record } as const;
    if (key === undefined || importer.merge !== 'max') {
      add(line, outcome, key === undefined ? raw : null);
      return;
    }
    const first = byKey.get(key);
    if (first?.outcome.kind === 'record' && haveOneOrigin(first.outcome.record, record)) {
      first.outcome = { kind: 'record', record: mergeRecords('max', first.outcome.record, record) };
      first.repeats++;
    } else byKey.set(key, add(line, outcome, null));
  };

  return {
    get isFull() {
      return taken.length >= pieceRows || characters >= pieceCharacters;
    },
    take(line, given, raw) {
      const outcome = refusedIfTroubled(given);
      if (outcome.kind === 'duplicate') duplicate++;
      else if (outcome.kind === 'skip') skipped++;
      else if (outcome.kind === 'refuse') add(line, outcome, raw.slice(0, refusedRawLimit));
      else if (outcome.kind === 'records') add(line, outcome, raw);
      else addRecord(line, outcome.record, raw);
    },
    cut() {
      const piece = { taken, duplicate, skipped };
      taken = [];
      byKey = new Map();
      duplicate = 0;
      skipped = 0;
      characters = 0;
      return piece;
    },
  };
}
