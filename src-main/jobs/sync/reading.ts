import { contentOf, contentText } from '../../ledger/content.ts';
import { keyOf } from '../../ledger/identity.ts';
import { addParts } from '../../ledger/merge.ts';
import { contentFrom } from '../../ledger/saying.ts';
import { type ImportedRecord, noTokens } from '../../platform/record.ts';
import type { WriteDb } from '../../store/database.ts';
import { createNameReader } from '../../store/names.ts';
import { recordTable } from '../../store/records.ts';
import { type BucketRow, bucketsIn, putBuckets } from '../../store/sync-states.ts';
import { type RecordOrigin, type RecordsToEnter, recordIdentity } from '../vendors/enter-records.ts';

/** Everything a vendor states of one window, as read at one time. */
export interface Reading {
  readonly records: readonly ImportedRecord[];
  readonly problems: RecordsToEnter['problems'];
  /** When it was read, UTC ms. */
  readonly at: number;
  /** The half-open span of which it states everything, UTC ms; null where that is not known. */
  readonly whole: { readonly from: number; readonly to: number } | null;
}

export interface ReadingEntry extends RecordsToEnter {
  /** How many buckets the vendor no longer states. */
  readonly withdrawn: number;
}

const withdrawnStatus = 'withdrawn';

/**
 * A reading as it is entered. The vendor's last word stands, be it higher or lower: what says the same as the ledger is
 * one more saying of it, what says something else outranks it, and a bucket that a whole reading no longer states is
 * set to zero, so that usage filed anew under another name is not counted twice. Notes the buckets of the source.
 */
export function compareReading(
  db: WriteDb,
  origin: RecordOrigin,
  sourceId: number,
  reading: Reading,
): ReadingEntry {
  const { records, rowsOf } = addUp(reading.records);
  const standing = standingRecords(db, origin, sourceId, records);
  const changed = new Set<string>();
  const said = records.map((record) => {
    const old = standing(record);
    if (old !== null && saysTheSame(origin, old, record))
      return { ...record, precedence: old.precedence ?? 0 };
    if (old !== null) changed.add(record.key ?? '');
    return outranking(record, old, reading.at);
  });
  const gone = reading.problems.length > 0 ? [] : vanished(db, sourceId, reading, records);
  const before = gone.flatMap(({ key }) => standing({ key }) ?? []);
  const [still, fresh] = [before.filter(isWithdrawn), before.filter((old) => !isWithdrawn(old))];
  // Nobody states them: they are no rows of this reading.
  for (const { key = '' } of still) rowsOf.set(key, 0);
  for (const { key = '' } of fresh) changed.add(key);
  putBuckets(
    db,
    sourceId,
    records.map(({ key = '', at }) => ({ key, at })),
  );
  return {
    records: [...said, ...still, ...fresh.map((old) => outranking(zeroOf(old), old, reading.at))],
    problems: reading.problems,
    changed,
    rowsOf,
    withdrawn: fresh.length,
  };
}

/** What makes rows one bucket: its key, and what cannot be added up. */
function bucketKey(record: ImportedRecord): string {
  const key = record.key ?? JSON.stringify(record);
  return [key, record.charge ?? 'usage', record.amount?.currency ?? ''].join('\u001f');
}

/** Rows of one bucket within one reading are parts of it; a call that is stated twice, while pages move, is one call. */
function addUp(records: readonly ImportedRecord[]): {
  readonly records: readonly ImportedRecord[];
  readonly rowsOf: Map<string, number>;
} {
  const byKey = new Map<string, ImportedRecord>();
  const rowsOf = new Map<string, number>();
  for (const record of records) {
    const key = bucketKey(record);
    const known = byKey.get(key);
    const isPart = known !== undefined && record.grain !== 'instant';
    byKey.set(key, isPart ? addParts(known, { ...record, key }) : { ...record, key });
    rowsOf.set(key, (rowsOf.get(key) ?? 0) + 1);
  }
  return { records: [...byKey.values()], rowsOf };
}

type Standing = (record: { readonly key?: string }) => ImportedRecord | null;

/** What the ledger holds of a bucket of this source. Which of the records it may hold at all is asked in one go. */
function standingRecords(
  db: WriteDb,
  origin: RecordOrigin,
  sourceId: number,
  records: readonly ImportedRecord[],
): Standing {
  const table = recordTable(db);
  const nameOf = createNameReader(db);
  const keyFor = (key = '') => keyOf(recordIdentity(origin, sourceId, key));
  const asked = new Map(records.map(({ key = '' }) => [key, keyFor(key)]));
  const found = table.find([...asked.values()].map(({ a }) => a));
  return ({ key = '' }) => {
    const known = asked.get(key);
    if (known !== undefined && !found.has(known.a)) return null;
    const row = table.byKey(known ?? keyFor(key));
    return row === undefined ? null : { ...contentOf(row, nameOf), key };
  };
}

function saysTheSame(origin: RecordOrigin, old: ImportedRecord, record: ImportedRecord): boolean {
  const text = contentText({ ...contentFrom(record, origin), precedence: old.precedence ?? 0 });
  return text === contentText(old);
}

/** Above what is there, also when the clock went back in between. */
function outranking(record: ImportedRecord, old: ImportedRecord | null, at: number): ImportedRecord {
  return { ...record, precedence: Math.max(at, (old?.precedence ?? 0) + 1) };
}

function vanished(
  db: WriteDb,
  sourceId: number,
  { whole }: Reading,
  records: readonly ImportedRecord[],
): readonly BucketRow[] {
  if (whole === null) return [];
  const stated = new Set(records.map(({ key }) => key));
  return bucketsIn(db, sourceId, whole.from, whole.to).filter(({ key }) => !stated.has(key));
}

function isWithdrawn({ status }: ImportedRecord): boolean {
  return status === withdrawnStatus;
}

function zeroOf(old: ImportedRecord): ImportedRecord {
  return {
    ...old,
    requests: 0,
    tokens: noTokens,
    // Stated, so that it needs no price of a model nobody knows, and no exchange rate.
    amount: { value: '0', currency: 'USD' },
    status: withdrawnStatus,
  };
}
