import { type Identity, keyOf } from '../../ledger/identity.ts';
import { createPacker, type PackedRows, type PackerOptions, packedWidth } from '../../ledger/packed.ts';
import type { RowOutcome } from '../../platform/importer.ts';
import type { ImportedRecord } from '../../platform/record.ts';
import { type Identify, rawOf } from '../identify.ts';
import { troubleIn } from '../limits.ts';

/** The records of one row that are not packed: one of several, or parts that are put together before they are stored. */
export interface LooseRow {
  readonly line: number;
  readonly records: readonly ImportedRecord[];
  readonly identities: readonly Identity[];
}

/** A packed row whose record is shown. */
export interface ShownRow {
  /** Its place among the packed rows. */
  readonly place: number;
  readonly line: number;
  readonly record: ImportedRecord;
}

export interface RefusedRow {
  readonly line: number;
  readonly reason: string;
  readonly raw: string;
}

/** A part of what a file held. Loose rows come before packed ones. */
export interface Piece {
  readonly loose: readonly LooseRow[];
  readonly packed: PackedRows | null;
  readonly shown: readonly ShownRow[];
  readonly refused: readonly RefusedRow[];
  readonly duplicate: number;
  readonly skipped: number;
  /** Rows of the file it stands for. */
  readonly rows: number;
}

export interface GathererOptions extends Pick<PackerOptions, 'costOf' | 'evidence'> {
  readonly identify: Identify;
  /** Where records of this origin go: the id of their source. */
  readonly sourceOf: (record: ImportedRecord) => number;
  /** Whether rows of one key are parts of one charge: then all are loose. */
  readonly addsUp: boolean;
  /** So many of the first records are shown. */
  readonly shownRecords: number;
  /** Room for the next piece's numbers. */
  readonly nextNumbers: () => Float64Array;
  readonly post: (piece: Piece) => void;
}

/** Gathers what rows came to into pieces, and posts each when it is full. */
export interface Gatherer {
  take(outcome: RowOutcome, line: number, raw: string): void;
  /** Posts what is left. */
  end(): void;
}

/** Rows of one piece. */
export const pieceRows = 2_000;
const pieceCharacters = 2 * 1024 ** 2;
export const pieceNumbers = pieceRows * packedWidth;

export function createGatherer(options: GathererOptions): Gatherer {
  const { identify, sourceOf, costOf, evidence } = options;
  const packer = createPacker({ numbers: options.nextNumbers(), costOf, evidence });
  let loose: LooseRow[] = [];
  let shown: ShownRow[] = [];
  let refused: RefusedRow[] = [];
  let characters = 0;
  let [duplicate, skipped, rows, shownSoFar] = [0, 0, 0, 0];

  const cut = (): void => {
    const packed = packer.count === 0 ? null : packer.cut(options.nextNumbers());
    options.post({ loose, packed, shown, refused, duplicate, skipped, rows });
    [loose, shown, refused, characters, duplicate, skipped, rows] = [[], [], [], 0, 0, 0, 0];
  };

  const refuse = (line: number, reason: string, raw: string): void => {
    refused.push({ line, reason, raw });
    characters += raw.length;
  };

  const takeLoose = (records: readonly ImportedRecord[], line: number, raw: string): void => {
    // In the order of the file: what was packed before it is posted before it.
    if (packer.count > 0) cut();
    const identities = records.map((record, i) => identify(record, sourceOf(record), rawOf(raw, i)));
    loose.push({ line, records, identities });
    shownSoFar += records.length;
    characters += raw.length;
  };

  const pack = (record: ImportedRecord, line: number, raw: string): void => {
    const sourceId = sourceOf(record);
    const key = keyOf(identify(record, sourceId, rawOf(raw, 0)));
    if (shownSoFar < options.shownRecords) {
      shownSoFar++;
      shown.push({ place: packer.count, line, record });
    }
    packer.add(record, { key, sourceId, line });
  };

  const takeRecords = (records: readonly ImportedRecord[], line: number, raw: string): void => {
    const [record] = records;
    const trouble = troubleIn(records);
    if (record === undefined) skipped++;
    else if (trouble !== null) refuse(line, trouble, raw);
    else if (records.length > 1 || options.addsUp) takeLoose(records, line, raw);
    else pack(record, line, raw);
  };

  return {
    take(outcome, line, raw) {
      rows++;
      if (outcome.kind === 'record') takeRecords([outcome.record], line, raw);
      else if (outcome.kind === 'records') takeRecords(outcome.records, line, raw);
      else if (outcome.kind === 'duplicate') duplicate++;
      else if (outcome.kind === 'skip') skipped++;
      else refuse(line, outcome.reason, raw);
      if (rows >= pieceRows || characters + packer.characters >= pieceCharacters) cut();
    },
    end: cut,
  };
}
