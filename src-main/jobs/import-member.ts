import type { Member } from '../importers/pipeline/member.ts';
import type { Cost } from '../ledger/cost.ts';
import { dayText } from '../ledger/day.ts';
import { AppError } from '../platform/error.ts';
import type { RowOutcome } from '../platform/importer.ts';
import { listAccounts } from '../store/accounts.ts';
import { dropImport, finishImport, importsOfContent, insertImport } from '../store/imports.ts';
import { listSources, markRead } from '../store/sources.ts';
import { openBook, readPrices, type TaskContext } from './context.ts';
import {
  createIntake,
  doesAddUp,
  type Intake,
  type IntakeOptions,
  type Refusal,
  type SeenRecord,
} from './intake.ts';
import { createPlaces } from './place.ts';
import { readMember } from './read-member.ts';
import type { Recognised } from './recognise.ts';
import { canReadInThread, type RowReaders, startRowReader, worthThreadBytes } from './rows/read-in-thread.ts';
import { noteMoney, type Tally, toTotals } from './tally.ts';

export interface MemberImport {
  /** Null when the file brought nothing: then nothing of it is kept. */
  readonly importId: number | null;
  readonly tally: Tally;
  readonly accountId: number | null;
  readonly accountName: string;
  readonly firstRows: readonly (SeenRecord & { readonly cost: Cost })[];
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly string[];
}

export interface MemberOptions {
  readonly recognised: Extract<Recognised, { kind: 'table' | 'log' }>;
  readonly path: string | null;
  readonly account?: string | undefined;
  readonly sample?: boolean;
  /** Whether another thread reads the rows; left out, the size of the file decides. */
  readonly inThread?: boolean;
  readonly readers?: RowReaders | undefined;
}

const shownRows = 50;
const shownRefusals = 200;

export function stopIfAsked(context: Pick<TaskContext, 'stop'>): void {
  if (context.stop()) throw new AppError('CANCELLED', 'Cancelled. Nothing was changed.');
}

/** A cancel says what was finished before it, so that nobody takes it for undone. */
export function cancelledAfter(error: unknown, finished: number, what: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'CANCELLED' || finished === 0) return error;
  return new AppError(
    'CANCELLED',
    `Cancelled. What was read before (${finished} ${what}) is kept and can be undone in the history.`,
  );
}

/** The same content under another account would count twice: say so before it happens. */
function twiceWarning(context: TaskContext, member: Member, accountId: number | null): readonly string[] {
  const sources = new Map(listSources(context.db).map((source) => [source.id, source.account_id]));
  const names = new Map(listAccounts(context.db).map((account) => [account.id, account.name]));
  return importsOfContent(context.db, member.sha256).flatMap((row) => {
    const other = sources.get(row.source_id ?? 0);
    if (other === undefined || other === accountId) return [];
    return [
      `This very file was imported on ${dayText(Math.floor(row.at / 86_400_000))} into ${names.get(other)}. Importing it here as well counts it twice.`,
    ];
  });
}

/** Money in currencies without a rate: unpriced until there is one. */
function rateWarnings(context: TaskContext, importId: number): readonly string[] {
  const rows = context.db
    .prepare(
      `SELECT currency, count(*) AS rows FROM record_rows r
       WHERE r.import_id = @id AND r.id >= (SELECT first_record FROM imports WHERE id = @id)
         AND r.cost_nano_usd IS NULL AND currency IS NOT NULL GROUP BY currency`,
    )
    .all({ id: importId }) as { currency: string; rows: number }[];
  return rows.map(
    ({ currency, rows: count }) =>
      `No exchange rate for ${currency}: ${count} ${count === 1 ? 'row has' : 'rows have'} no price until one is added in Settings.`,
  );
}

interface Reading extends MemberOptions {
  readonly intake: Intake;
  readonly placeOf: IntakeOptions['placeOf'];
}

/** Whether a thread of its own saves time: not for a small file. */
function isWorthThread(member: Member, { recognised, inThread }: MemberOptions): boolean {
  if (recognised.kind !== 'table') return false;
  return inThread ?? (member.bytes >= worthThreadBytes && canReadInThread());
}

function readInto(context: TaskContext, member: Member, reading: Reading): readonly string[] {
  const { recognised, intake } = reading;
  if (recognised.kind === 'table' && isWorthThread(member, reading))
    return readTableInThread(context, member, { ...reading, recognised });
  const sink = {
    outcome: (outcome: RowOutcome, line: number, raw: string | null) => intake.take(outcome, line, raw),
    rows: (done: number) => context.progress(done, null, 'rows'),
  };
  return readMember(member, recognised, sink, context.stop, context.now());
}

type TableReading = Reading & { readonly recognised: Extract<Recognised, { kind: 'table' }> };

function readTableInThread(
  context: TaskContext,
  member: Member,
  { recognised, intake, placeOf, readers }: TableReading,
): readonly string[] {
  const { importer, facts, mapping } = recognised;
  let done = 0;
  const rows = {
    ...{ path: member.path, fileName: member.name, importer: importer.id, mapping, facts },
    ...{ prices: readPrices(context.db, context.resourcesDir), rates: context.settings.rates },
    ...{ addsUp: doesAddUp(importer, { claims: true }), shown: shownRows, now: context.now() },
  };
  const takePacked = intake.packedStream();
  using reader = readers?.next() ?? startRowReader();
  return reader.read(rows, {
    sourceOf: (origin) => placeOf(origin).sourceId,
    stop: context.stop,
    piece({ loose, packed, shown, refused, duplicate, skipped, rows: more }) {
      for (const { records, identities, line } of loose) intake.takeIdentified(records, identities, line);
      if (packed !== null) takePacked(packed, { shown });
      for (const { line, reason, raw } of refused) intake.take({ kind: 'refuse', reason }, line, raw);
      intake.tally.duplicate += duplicate;
      intake.tally.skipped += skipped;
      done += more;
      context.progress(done, null, 'rows');
    },
  });
}

/** Imports one plain file inside the caller's transaction. Every row is accepted, a duplicate, refused, or empty by its format. */
export function importMember(context: TaskContext, member: Member, options: MemberOptions): MemberImport {
  const { importer } = options.recognised;
  const now = context.now();
  const book = openBook(context);
  const placed = createPlaces(context.db, importer, {
    account: options.account,
    sample: options.sample ?? false,
    now,
  });
  let accountId: number | null = null;
  let sourceId: number | null = null;
  const importId = insertImport(context.db, {
    kind: 'file',
    importer: importer.id,
    importer_label: importer.label,
    source_id: null,
    file_name: member.name,
    path: options.path,
    sha256: member.sha256,
    at: now,
    sample: Number(options.sample ?? false),
  });
  const placeOf: IntakeOptions['placeOf'] = (record) => {
    const place = placed(record);
    accountId ??= place.accountId;
    sourceId ??= place.sourceId;
    return place;
  };
  const refusals: Refusal[] = [];
  const intake = createIntake({
    db: context.db,
    book,
    importer,
    importId,
    claims: true,
    placeOf,
    shown: shownRows,
    refused: (refusal) => void (refusals.length < shownRefusals && refusals.push(refusal)),
  });
  const checks = readInto(context, member, { ...options, intake, placeOf });
  stopIfAsked(context);
  book.settle();
  const { tally } = intake;
  noteMoney(tally, book.brought(importId));
  const warnings = [
    ...emptyWarning(options.recognised, tally),
    ...checks,
    ...twiceWarning(context, member, accountId),
    ...(tally.unpriced > 0 ? rateWarnings(context, importId) : []),
  ];
  finishImport(context.db, importId, toTotals(tally));
  if (sourceId !== null) {
    context.db.prepare('UPDATE imports SET source_id = ? WHERE id = ?').run(sourceId, importId);
    markRead(context.db, sourceId, now, null);
  }
  const broughtNothing = tally.accepted === 0 && (tally.refused === 0 || tally.duplicate > 0);
  if (broughtNothing) dropImport(context.db, importId);
  const accountName =
    listAccounts(context.db).find((account) => account.id === accountId)?.name ?? options.account ?? '';
  return {
    importId: broughtNothing ? null : importId,
    tally,
    accountId,
    accountName,
    firstRows: intake.firstRecords.map((seen) => ({ ...seen, cost: book.costOf(seen.record) })),
    refusals,
    warnings,
  };
}

/** Else counts that are all zero read as if every row had been known already. */
function emptyWarning({ kind }: MemberOptions['recognised'], tally: Tally): readonly string[] {
  const rows = tally.accepted + tally.duplicate + tally.refused + tally.skipped;
  return kind === 'table' && rows === 0 ? ['This export has a header and no rows.'] : [];
}
