import type { FoundLogFile } from '../../importers/pipeline/log-files.ts';
import type { LogCursor } from '../../importers/pipeline/log-reader.ts';
import { keyOf } from '../../ledger/identity.ts';
import { createPacker, type PackedRows, type PackerOptions, packedWidth } from '../../ledger/packed.ts';
import type { LogImporter, RowOutcome } from '../../platform/importer.ts';
import { mergeRecords } from '../../platform/merge.ts';
import type { ImportedRecord } from '../../platform/record.ts';
import { refusedRawLimit } from '../../store/imports.ts';
import { createIdentify } from '../identify.ts';
import { troubleIn } from '../limits.ts';
import type { Origin } from '../source-finder.ts';

/** A log to read, and where the last reading ended. */
export interface LogToRead {
  readonly file: FoundLogFile;
  readonly cursor: LogCursor | null;
}

/** What a line came to that is no single record with a key of its own. */
export interface LooseLine {
  readonly line: number;
  readonly outcome: RowOutcome;
  /** The line, where its identity or the user needs it. */
  readonly raw: string;
}

/** A part of what a file held, in the order of its lines. Loose lines come before packed ones. */
export interface Piece {
  readonly loose: readonly LooseLine[];
  readonly packed: PackedRows | null;
  /** Lines merged into one that is packed are among them. */
  readonly duplicate: number;
  readonly skipped: number;
}

export interface GathererOptions extends Pick<PackerOptions, 'costOf'> {
  readonly importer: LogImporter;
  /** Where records of this origin go: the id of their source. */
  readonly sourceOf: (origin: Origin) => number;
  readonly post: (piece: Piece) => void;
}

/** Gathers what lines of a file came to into pieces. Lines of one reply are merged where the format's rule gives the same in any order. */
export interface Gatherer {
  take(line: number, outcome: RowOutcome, raw: string): void;
  /** Posts what is left of a file. */
  end(): void;
}

type KeyedRecord = ImportedRecord & { readonly key: string };

interface Open {
  readonly line: number;
  record: ImportedRecord;
}

export const pieceRows = 2_000;
const pieceCharacters = 4 * 1024 ** 2;

/** Whether two records of one key go to one source: only then are they one, whatever else they say. */
function haveOneOrigin(a: ImportedRecord, b: ImportedRecord): boolean {
  return a.provider === b.provider && a.cut === b.cut && a.coveredByPlan === b.coveredByPlan;
}

export function createGatherer({ importer, sourceOf, costOf, post }: GathererOptions): Gatherer {
  const identify = createIdentify({ importer, addsUp: false });
  const numbers = new Float64Array(pieceRows * packedWidth);
  const packer = createPacker({ numbers, costOf, evidence: importer.evidence });
  const byKey = new Map<string, Open>();
  /** Rows that later lines can add to. Others are packed at once, so that nothing outlives its line. */
  let open: Open[] = [];
  let loose: LooseLine[] = [];
  let characters = 0;
  let [duplicate, skipped] = [0, 0];

  const rowsSoFar = (): number => open.length + packer.count;

  const pack = ({ line, record }: Open): void => {
    const sourceId = sourceOf(record);
    packer.add(record, { key: keyOf(identify(record, sourceId, null)), sourceId, line });
  };

  /** The packer's numbers are used again: what is posted is a copy of those it has. */
  const packedRows = (): PackedRows | null => {
    for (const one of open) pack(one);
    if (packer.count === 0) return null;
    const packed = packer.cut(numbers);
    return { ...packed, numbers: numbers.slice(0, packed.count * packedWidth) };
  };

  const cut = (): void => {
    post({ loose, packed: packedRows(), duplicate, skipped });
    [open, loose, characters, duplicate, skipped] = [[], [], 0, 0, 0];
    byKey.clear();
  };

  const addLoose = (line: number, outcome: RowOutcome, raw: string): void => {
    loose.push({ line, outcome, raw });
    characters += raw.length;
  };

  const takeLoose = (line: number, outcome: RowOutcome, raw: string): void => {
    // In the order of the file: what is packed is posted before it.
    if (rowsSoFar() > 0) cut();
    addLoose(line, outcome, raw);
  };

  const keepOpen = (line: number, record: KeyedRecord): void => {
    const first = byKey.get(record.key);
    if (first !== undefined && haveOneOrigin(first.record, record)) {
      first.record = mergeRecords('max', first.record, record);
      duplicate++;
      return;
    }
    const one = { line, record };
    open.push(one);
    byKey.set(record.key, one);
  };

  return {
    take(line, outcome, raw) {
      const records = recordsIn(outcome);
      // What the ledger would refuse is refused before it is merged with lines that are well.
      const reason = outcome.kind === 'refuse' ? outcome.reason : troubleIn(records);
      const [record] = records;
      if (reason !== null) addLoose(line, { kind: 'refuse', reason }, raw.slice(0, refusedRawLimit));
      else if (outcome.kind === 'duplicate') duplicate++;
      else if (record === undefined) skipped++;
      else if (outcome.kind !== 'record' || !hasKey(record)) takeLoose(line, outcome, raw);
      else if (importer.merge === 'max') keepOpen(line, record);
      else pack({ line, record });
      if (rowsSoFar() + loose.length >= pieceRows || characters >= pieceCharacters) cut();
    },
    end: cut,
  };
}

function recordsIn(outcome: RowOutcome): readonly ImportedRecord[] {
  if (outcome.kind === 'record') return [outcome.record];
  return outcome.kind === 'records' ? outcome.records : [];
}

function hasKey(record: ImportedRecord): record is KeyedRecord {
  return record.key !== undefined;
}
