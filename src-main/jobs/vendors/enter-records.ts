import { createZone, utcDay } from '../../ledger/day.ts';
import { evidenceIndex, usageRanks } from '../../ledger/evidence.ts';
import { type Identity, identityOf } from '../../ledger/identity.ts';
import type { CostReport } from '../../platform/provider.ts';
import type { ImportedRecord } from '../../platform/record.ts';
import {
  createRefusals,
  createRefusedCounter,
  dropImport,
  finishImport,
  type ImportRow,
  insertImport,
  reopenImport,
} from '../../store/imports.ts';
import { findSource, insertSource, markRead } from '../../store/sources.ts';
import { openBook, type TaskContext } from '../context.ts';
import { troubleIn } from '../limits.ts';
import { addTotals, newTally, noteDay, noteMoney, type Tally, toTotals } from '../tally.ts';

/** What brings records of a connection into the ledger: one report of its vendor, or the calls made through it. */
export interface RecordOrigin extends Pick<CostReport, 'evidence' | 'coverage' | 'usage'> {
  readonly kind: 'sync' | 'calls';
  /** Stands where importers' ids stand: `sync:VENDOR:REPORT`, `calls`. */
  readonly id: string;
  readonly label: string;
  /** Whose calls it tells of, as the ledger names vendors. */
  readonly vendor: string;
  readonly accountId: number;
  /** What the history calls it; imports of one name and day are one. */
  readonly importName: string;
  /** `last`: a later reading of a bucket replaces the earlier; `first`: a call is told once. */
  readonly merge: 'first' | 'last';
}

export interface EnteredRecords {
  readonly importId: number | null;
  readonly sourceId: number;
  readonly tally: Tally;
}

export interface RecordsToEnter {
  /** Each with a key that is its own within the source. */
  readonly records: readonly ImportedRecord[];
  /** Rows that claim money or usage and cannot be trusted. */
  readonly problems: readonly { readonly reason: string; readonly raw: string | null }[];
  /** Keys of records that say something else than the ledger holds: they count as updated, also within one import. */
  readonly changed?: ReadonlySet<string>;
  /** How many rows one record stands for, where that is not one. */
  readonly rowsOf?: ReadonlyMap<string, number>;
}

/**
 * Takes records into the ledger under the source and the day's import of their origin, both made when missing. Runs in
 * the caller's transaction; accepted + duplicate + refused is everything given.
 */
export function enterRecords(
  context: TaskContext,
  origin: RecordOrigin,
  given: RecordsToEnter | ((sourceId: number) => RecordsToEnter),
): EnteredRecords {
  const { db } = context;
  const sourceId = sourceOf(context, origin);
  const { records, problems, changed, rowsOf } = typeof given === 'function' ? given(sourceId) : given;
  const opened = openImportOfDay(context, origin, sourceId);
  const tally = newTally();
  const book = openBook(context);
  const refuse = createRefusals(db);
  // A call is told once; two that say the same are two.
  const isKnown = origin.kind === 'sync' ? knownProblems(db, sourceId) : () => false;
  const turnDown = (reason: string, raw: string | null): void => {
    if (isKnown({ reason, raw })) {
      tally.duplicate++;
      return;
    }
    tally.refused++;
    refuse(opened.id, { file: null, line: 0, reason, raw });
  };
  for (const { reason, raw } of problems) turnDown(reason, raw);
  for (const record of records) {
    const trouble = troubleIn([record]);
    if (trouble !== null) {
      turnDown(trouble, JSON.stringify(record));
      continue;
    }
    noteDay(tally, utcDay(record.at));
    book.enter({
      importId: opened.id,
      sourceId,
      importer: origin,
      identity: recordIdentity(origin, sourceId, record.key ?? JSON.stringify(record)),
      claims: true,
      line: 0,
      record,
      settled(outcome) {
        const rows = rowsOf?.get(record.key ?? '') ?? 1;
        const isChanged = outcome === 'updated' || changed?.has(record.key ?? '') === true;
        if (outcome === 'duplicate' && !isChanged) tally.duplicate += rows;
        else tally.accepted += rows;
        if (isChanged) tally.updated += rows;
      },
    });
  }
  book.settle();
  noteMoney(tally, book.brought(opened.id));
  // A book counts from where it was opened.
  finishImport(db, opened.id, addTotals(opened.before, toTotals(tally)));
  markRead(db, sourceId, context.now(), null);
  const broughtNothing = tally.accepted === 0 && tally.refused === 0;
  if (broughtNothing && opened.before === null) dropImport(db, opened.id);
  return { importId: broughtNothing ? null : opened.id, sourceId, tally };
}

/** A row that cannot be read comes again with every reading of its day: it is kept once, like any row. */
function knownProblems(
  db: TaskContext['db'],
  sourceId: number,
): (problem: RecordsToEnter['problems'][number]) => boolean {
  const countRefused = createRefusedCounter(db);
  const left = new Map<string, number>();
  return (problem) => {
    const text = JSON.stringify([problem.reason, problem.raw]);
    const known = left.get(text) ?? countRefused(sourceId, problem);
    left.set(text, known - 1);
    return known > 0;
  };
}

/** Who the record with this key is within a source. */
export function recordIdentity({ id }: Pick<RecordOrigin, 'id'>, sourceId: number, key: string): Identity {
  return identityOf(`${id}#${sourceId}`, key);
}

function sourceOf({ db }: TaskContext, origin: RecordOrigin): number {
  const { id, vendor, accountId, evidence } = origin;
  const known = findSource(db, {
    importer: id,
    sample: false,
    vendor,
    accountId,
    evidence: evidenceIndex(evidence),
  });
  return (
    known?.id ??
    insertSource(db, {
      importer: id,
      sample: 0,
      label: origin.label,
      vendor,
      kind: origin.kind,
      account_id: accountId,
      evidence: evidenceIndex(evidence),
      coverage: origin.coverage,
      usage_rank: usageRanks.indexOf(origin.usage),
      cut: '',
    })
  );
}

interface OpenImport {
  readonly id: number;
  /** What it had before; null when it was made for these records. */
  readonly before: ImportRow | null;
}

/** One import per origin and day, so that the history stays readable and a day can be taken back as a whole. */
function openImportOfDay(context: TaskContext, origin: RecordOrigin, sourceId: number): OpenImport {
  const { db } = context;
  const now = context.now();
  const newest = db
    .prepare(
      `SELECT * FROM imports WHERE kind = ? AND importer = ? AND source_id = ? AND file_name = ?
         AND undone_at IS NULL ORDER BY id DESC LIMIT 1`,
    )
    .get(origin.kind, origin.id, sourceId, origin.importName) as ImportRow | undefined;
  const zone = createZone(context.settings.zone);
  if (newest !== undefined && zone.at(newest.at).day === zone.at(now).day) {
    reopenImport(db, newest.id);
    return { id: newest.id, before: newest };
  }
  const id = insertImport(db, {
    kind: origin.kind,
    importer: origin.id,
    importer_label: origin.label,
    source_id: sourceId,
    file_name: origin.importName,
    path: null,
    sha256: null,
    at: now,
    sample: 0,
  });
  return { id, before: null };
}
